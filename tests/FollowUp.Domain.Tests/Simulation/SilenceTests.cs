using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Simulation;

/// <summary>SPEC §5.4–5.7: silence after the bot's message.</summary>
public sealed class SilenceTests
{
    [Fact]
    public void Silence_is_counted_from_the_bots_last_message_and_each_step_from_the_one_before() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T18:00 sent nudge-1 liveChat", "21T18:00 sent nudge-2 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40 a month. Shall I show you?").Until("25T00:00").Lines());

    [Fact]
    public void A_reply_cancels_the_plan_and_the_bots_next_message_lays_a_new_one() =>
        Assert.Equal(
            [
                "20T16:00 planned nudge-1 → 20T18:00", "20T17:00 cancelled nudge-1 contactReplied", "20T17:10 planned nudge-1 → 20T19:10",
                "20T19:10 sent nudge-1 liveChat", "20T20:00 cancelled nudge-2 contactReplied",
            ],
            new Play(Some.Bot) { Channel = Channel.LiveChat }
                .Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40 a month. Shall I show you?")
                .Contact("20T17:00", "what does it include?").Bot("20T17:10", "Everything. Shall we book?")
                .Contact("20T20:00", "which colours are there?").Until("25T00:00").Lines());

    [Fact]
    public void A_later_message_of_the_same_burst_re_dates_the_plan_until_step_one_is_sent() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T17:30 redated nudge-1 → 20T19:30", "20T19:30 sent nudge-1 liveChat", "21T19:30 sent nudge-2 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }
                .Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40 a month.").Bot("20T17:30", "Shall I show you?")
                .Bot("20T22:00", "By the way, we open at nine.").Until("25T00:00").Lines());

    [Fact]
    public void Nobody_is_chased_who_has_never_written() =>
        Assert.Empty(new Play(Some.Bot).Bot("20T16:00", "Hello! Can I help?").Until("25T00:00").Lines());

    [Fact]
    public void When_the_contact_wrote_last_nothing_is_chased() =>
        Assert.Empty(new Play(Some.Bot).Contact("20T16:00", "how much is it?").Until("25T00:00").Lines());

    [Fact]
    public void A_persons_message_starts_no_plan_and_ends_the_live_one() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T17:00 cancelled nudge-1 humanTookOver"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40 a month. Ok?").Agent("20T17:00", "Hi, Sam here.").Until("25T00:00").Lines());

    [Fact]
    public void After_a_persons_message_the_bot_rests_and_its_steps_wait() =>
        Assert.Equal(
            ["20T18:00 planned nudge-1 → 20T20:00", "20T20:00 held nudge-1 → 21T05:00 botAsleep", "21T05:00 sent nudge-1 liveChat"],
            new Play(Some.Bot.Nudging(Some.Step("nudge-1", 2, DelayUnit.Hours))) { Channel = Channel.LiveChat }
                .Contact("20T15:59", "how much is it?").Agent("20T17:00", "Hi, Sam here.").Bot("20T18:00", "Shall I show you?").Until("25T00:00").Lines());

    [Fact]
    public void Nothing_is_armed_while_a_person_has_taken_over_until_they_release_and_the_bot_speaks() =>
        Assert.Equal(
            ["20T20:00 planned nudge-1 → 20T22:00"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?").Do("20T16:00", ScriptVerb.TakeOver).Bot("20T16:10", "Shall I show you?")
                .Do("20T19:00", ScriptVerb.Release).Bot("20T20:00", "Shall we go on?").Until("20T21:00").Lines());

    [Fact]
    public void A_redelivered_message_changes_nothing() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?", id: "m1").Bot("20T16:00", "From 40. Ok?").Contact("20T17:00", "how much is it?", id: "m1").Until("20T17:30").Lines());

    [Fact]
    public void A_late_message_still_cancels_the_plan_that_was_laid_in_the_belief_of_silence() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T17:00 cancelled nudge-1 contactReplied"],
            new Play(Some.Bot).Contact("20T15:50", "how much is it?").Bot("20T16:00", "From 40. Ok?").Contact("20T17:00", "and in blue?", sentAt: "20T15:55").Until("25T00:00").Lines());

    [Fact]
    public void Five_follow_ups_an_episode_at_most()
    {
        var steps = Enumerable.Range(1, 5).Select(number => Some.Step($"n{number}", 1, DelayUnit.Hours)).ToArray();
        var result = new Play(Some.Bot.Nudging(steps)) { Channel = Channel.LiveChat }.Contact("20T08:00", "how much is it?").Bot("20T08:01", "From 40. Ok?").Bot("20T15:00", "Anyone?").Until("25T00:00");
        Assert.Equal(["n1", "n2", "n3", "n4", "n5"], result.Timeline.Where(entry => entry.Kind is HistoryKind.Sent).Select(entry => entry.StepId));
    }

    [Fact]
    public void A_scenario_switched_on_does_not_chase_the_silence_before_it() =>
        Assert.Equal(
            ["20T17:00 note backlogFenced", "20T18:00 planned nudge-1 → 20T20:00"],
            new Play(Some.Bot.Without(stopped: true)).Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Save("20T17:00", Some.Bot).Bot("20T18:00", "Still there?").Until("20T19:00").Lines());

    [Fact]
    public void A_scenario_switched_off_cancels_its_plan_and_on_again_revives_nothing() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T17:00 cancelled nudge-1 scenarioDisabled", "20T17:10 note backlogFenced"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Save("20T17:00", Some.Bot.Without(stopped: true)).Save("20T17:10", Some.Bot).Until("25T00:00").Lines());

    [Fact]
    public void A_deleted_step_is_skipped_and_the_next_counts_from_there() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T18:00 skipped nudge-1 stepDeleted", "21T18:00 sent nudge-2 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?")
                .Save("20T17:00", Some.Bot.Nudging(Some.Step("nudge-2", 1, DelayUnit.Days))).Until("25T00:00").Lines());

    [Fact]
    public void A_text_is_read_when_the_step_fires_and_a_date_stays()
    {
        var edited = Some.Bot.Nudging(Some.Step("nudge-1", 5, DelayUnit.Hours, "A new text?"), Some.Step("nudge-2", 1, DelayUnit.Days));
        var result = new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Save("20T17:00", edited).Until("20T19:00");
        Assert.Equal(["20T16:00 planned nudge-1 → 20T18:00", "20T18:00 sent nudge-1 liveChat"], result.Lines());
        Assert.Equal("A new text?", result.Timeline[1].Text);
    }

    [Fact]
    public void A_step_that_falls_due_while_the_bot_is_inactive_expires_with_its_plan() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T18:00 expired nudge-1 missedWhileInactive"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Do("20T17:00", ScriptVerb.Deactivate).Do("20T19:00", ScriptVerb.Activate).Until("25T00:00").Lines());

    [Fact]
    public void Future_steps_stand_when_the_bot_returns_before_they_are_due() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T18:00 sent nudge-1 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Do("20T16:30", ScriptVerb.Deactivate).Do("20T17:30", ScriptVerb.Activate).Until("20T19:00").Lines());

    [Fact]
    public void A_pause_freezes_the_remaining_delay() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T21:30 sent nudge-1 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Do("20T17:00", ScriptVerb.Pause).Do("20T20:30", ScriptVerb.Resume).Until("20T22:00").Lines());

    [Theory]
    [InlineData(ScriptVerb.Close, "cancelled nudge-1 conversationClosed")]
    [InlineData(ScriptVerb.MarkGoal, "cancelled nudge-1 goalReached")]
    [InlineData(ScriptVerb.TakeOver, "cancelled nudge-1 humanTookOver")]
    [InlineData(ScriptVerb.OptOut, "cancelled nudge-1 optedOut")]
    public void A_persons_hand_ends_the_plan_with_its_reason(ScriptVerb verb, string expected) =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", $"20T17:00 {expected}"],
            new Play(Some.Bot).Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Do("20T17:00", verb, line => line with { Goal = "booked" }).Until("25T00:00").Lines());

    [Fact]
    public void Skip_move_and_send_now_change_the_next_step() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T16:30 skipped nudge-1 manualSkip", "20T20:00 sent nudge-2 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?")
                .Do("20T16:30", ScriptVerb.Skip, line => line with { StepId = "nudge-1" })
                .Do("20T17:00", ScriptVerb.Move, line => line with { StepId = "nudge-2", DueAt = Play.At("22T10:00") })
                .Do("20T20:00", ScriptVerb.SendNow, line => line with { StepId = "nudge-2" }).Until("25T00:00").Lines());
}

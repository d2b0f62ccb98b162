using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Simulation;

/// <summary>SPEC §4, §5.1–5.3: what the contact says decides.</summary>
public sealed class AskedTests
{
    private static readonly ContactData Denver = new() { Name = "Dana Cruz", TimeZone = "America/Denver" };

    [Fact]
    public void Busy_lays_the_busy_steps_from_the_message() =>
        Assert.Equal(
            ["20T16:00 planned busy-1 → 20T16:45", "20T16:45 sent busy-1 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T16:00", "I'm driving").Until("25T00:00").Lines());

    [Fact]
    public void Busy_until_a_time_waits_for_it() =>
        Assert.Equal(
            ["20T16:00 planned busy-1 → 20T17:00"],
            new Play(Some.Bot).Contact("20T16:00", "busy for an hour").Until("20T16:30").Lines());

    [Fact]
    public void A_bots_answer_under_a_busy_plan_starts_no_second_plan() =>
        Assert.Equal(
            ["20T16:00 planned busy-1 → 20T16:45", "20T16:45 sent busy-1 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T16:00", "I'm driving").Bot("20T16:01", "No hurry, drive safely.").Bot("20T18:00", "Are you there?").Until("25T00:00").Lines());

    [Fact]
    public void With_the_busy_scenario_off_silence_counts_no_earlier_than_they_said() =>
        Assert.Equal(
            ["20T16:01 planned nudge-1 → 20T20:00"],
            new Play(Some.Bot.Without(busy: true)).Contact("20T16:00", "busy until 8pm").Bot("20T16:01", "No hurry.").Until("20T17:00").Lines());

    [Fact]
    public void A_requested_time_is_kept_in_the_contacts_zone_and_the_next_step_counts_from_the_send()
    {
        var result = new Play(Some.Bot, Denver) { Channel = Channel.LiveChat }.Contact("20T19:04", "I'm driving, text me tomorrow at 3").Until("25T00:00");
        Assert.Equal(["20T19:04 planned asked-1 → 21T22:00", "21T22:00 sent asked-1 liveChat", "22T22:00 sent asked-2 liveChat"], result.Lines());
        Assert.Equal(Scenario.RequestedFollowUp, result.Timeline[0].Scenario);
    }

    [Fact]
    public void Later_without_a_time_counts_as_busy() =>
        Assert.Equal(["20T16:00 planned busy-1 → 20T16:45"], new Play(Some.Bot).Contact("20T16:00", "can you text me later").Until("20T16:30").Lines());

    [Fact]
    public void With_the_requested_scenario_off_another_one_waits_for_the_named_time() =>
        Assert.Equal(["20T10:00 planned busy-1 → 21T15:00"], new Play(Some.Bot.Without(requested: true)).Contact("20T10:00", "text me tomorrow at 3").Until("20T16:30").Lines());

    [Fact]
    public void A_promise_beyond_a_year_is_a_note_and_no_plan()
    {
        var result = new Play(Some.Bot).Contact("20T16:00", "call me in 2 years").Bot("20T16:01", "Will do. Anything else?").Until("25T00:00");
        Assert.Equal([HistoryKind.Note], result.Timeline.Select(entry => entry.Kind));
    }

    [Fact]
    public void A_message_before_the_promised_time_arms_the_same_promise_anew() =>
        Assert.Equal(
            ["20T10:00 planned asked-1 → 21T15:00", "20T11:00 cancelled asked-1 contactReplied", "20T11:00 planned asked-1 → 21T15:00 promiseRearmed", "21T15:00 sent asked-1 liveChat", "22T15:00 sent asked-2 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T10:00", "text me tomorrow at 3").Contact("20T11:00", "which colours do you have").Bot("20T11:01", "Red and blue. Ok?").Until("25T00:00").Lines());

    [Fact]
    public void A_thank_you_does_not_undo_a_promise() =>
        Assert.Contains(
            "21T15:00 sent asked-1 liveChat",
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T10:00", "text me tomorrow at 3").Bot("20T10:01", "I will.").Contact("20T10:02", "ok thanks").Until("22T00:00").Lines());

    [Theory]
    [InlineData("STOP", "channelOptedOut")]
    [InlineData("never contact me again", "optedOut")]
    [InlineData("not interested", "notInterested")]
    [InlineData("ok thanks", "softClosed")]
    [InlineData("I already booked", "goalReached")]
    [InlineData("you are scammers", "hostile")]
    [InlineData("you have the wrong number", "disqualified")]
    public void What_ends_the_talk_cancels_with_its_reason_and_the_answer_starts_nothing(string text, string reason)
    {
        var lines = new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?").Contact("20T17:00", text).Bot("20T17:01", "Understood. Anything else?").Until("30T00:00").Lines();
        Assert.Equal(["20T16:00 planned nudge-1 → 20T18:00", $"20T17:00 cancelled nudge-1 {reason}"], lines.Take(2));
        Assert.DoesNotContain(lines.Skip(2), line => line.Contains("planned", StringComparison.Ordinal));
    }

    [Fact]
    public void A_refusal_in_free_words_gets_one_confirmation_and_a_keyword_none()
    {
        var free = new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "please stop texting me").Until("25T00:00");
        Assert.Equal(["20T15:59 sent liveChat channelOptedOut"], free.Lines());
        Assert.Empty(new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T15:59", "STOP").Until("25T00:00").Lines());
    }

    [Fact]
    public void An_auto_reply_is_no_reply_and_its_return_date_holds_the_plan() =>
        Assert.Equal(
            ["20T16:00 planned nudge-1 → 20T18:00", "20T16:01 held nudge-1 → 23T10:00", "23T10:00 sent nudge-1 liveChat"],
            new Play(Some.Bot.Nudging(Some.Step("nudge-1", 2, DelayUnit.Hours))) { Channel = Channel.LiveChat }.Contact("20T15:59", "how much is it?").Bot("20T16:00", "From 40. Ok?")
                .Contact("20T16:01", "Automatic reply: I am out of office and will return on 23 November").Until("30T00:00").Lines());

    [Fact]
    public void Asking_for_a_person_hands_over_and_nothing_is_chased()
    {
        var lines = new Play(Some.Bot).Contact("20T15:59", "can I talk to a real person").Bot("20T16:00", "A colleague will be with you. Ok?").Until("25T00:00").Lines();
        Assert.Equal(["20T15:59 note handedOver"], lines);
    }

    [Fact]
    public void A_goodbye_of_the_bot_is_not_chased() =>
        Assert.Empty(new Play(Some.Bot).Contact("20T15:59", "how much is it?").Bot("20T16:00", "It is 40. Have a great day, bye!").Until("25T00:00").Lines());

    [Fact]
    public void A_promise_due_while_the_bot_is_inactive_goes_when_it_returns_within_a_day() =>
        Assert.Equal(
            ["20T10:00 planned asked-1 → 21T15:00", "21T15:00 held asked-1 → 21T15:00 botInactive", "21T20:00 sent asked-1 liveChat"],
            new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T10:00", "text me tomorrow at 3").Do("20T12:00", ScriptVerb.Deactivate).Do("21T20:00", ScriptVerb.Activate).Until("22T00:00").Lines());

    [Fact]
    public void A_promise_more_than_a_day_late_expires() =>
        Assert.Contains(
            "expired asked-1 missedWhileInactive",
            string.Join('\n', new Play(Some.Bot) { Channel = Channel.LiveChat }.Contact("20T10:00", "text me tomorrow at 3").Do("20T12:00", ScriptVerb.Deactivate).Do("23T20:00", ScriptVerb.Activate).Until("25T00:00").Lines()), StringComparison.Ordinal);
}

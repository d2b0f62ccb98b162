using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Workspaces;
using Xunit;

namespace FollowUp.Simulation;

/// <summary>SPEC §6 and §7: hours, limits, channels and what providers answer.</summary>
public sealed class FireCheckTests
{
    private static readonly ContactData Reachable = new()
    {
        TimeZone = "America/Denver",
        Addresses = new Dictionary<Channel, string> { [Channel.Sms] = "+13035550142", [Channel.LiveChat] = "visitor-1" },
        Consent = new Dictionary<Channel, Consent> { [Channel.Sms] = new() },
    };

    [Fact]
    public void Outside_the_hours_a_step_is_held_to_the_opening_and_spread_over_ten_minutes()
    {
        var result = Silent(Some.Bot.NineToSix(), "20T20:00").Until("30T00:00");
        var held = Assert.Single(result.Timeline, entry => entry.Kind is HistoryKind.Held && entry.StepId == "nudge-1");
        Assert.Equal(Reason.OutsideHours, held.Reason);
        Assert.InRange(held.DueAt!.Value, Play.At("21T09:00"), Play.At("21T09:10"));
        Assert.Equal(held.DueAt, result.Timeline.First(entry => entry.Kind is HistoryKind.Sent).At);
    }

    [Fact]
    public void A_day_later_keeps_the_wall_clock_across_the_clock_change()
    {
        // New York, 1 November 2026: 01:59 -04:00 is followed by 01:00 -05:00.
        var bot = Some.Bot.Nudging(Some.Step("nudge-1", 1, DelayUnit.Days));
        var contact = new ContactData { TimeZone = "America/New_York" };
        var result = Simulator.Run(new SimulationRequest
        {
            Bot = bot,
            Contact = contact,
            Script =
            [
                new ScriptLine { At = DateTimeOffset.Parse("2026-10-31T15:00:00Z"), Do = ScriptVerb.Message, Author = Author.Contact, Channel = Channel.LiveChat, Text = "how much is it?" },
                new ScriptLine { At = DateTimeOffset.Parse("2026-10-31T16:00:00Z"), Do = ScriptVerb.Message, Author = Author.Bot, Channel = Channel.LiveChat, Text = "From 40. Ok?" },
            ],
            Until = DateTimeOffset.Parse("2026-11-05T00:00:00Z"),
        }).Value!;
        Assert.Equal(DateTimeOffset.Parse("2026-11-01T17:00:00Z"), result.Timeline[0].DueAt);
    }

    [Fact]
    public void Quiet_hours_of_sms_bind_even_with_the_hours_off() =>
        Assert.Equal(
            Reason.QuietHours,
            new Play(Some.Bot, Reachable) { Channel = Channel.Sms }.Contact("20T03:30", "how much is it?").Bot("20T03:40", "From 40. Ok?").Until("22T00:00").Timeline.First(entry => entry.Kind is HistoryKind.Held).Reason);

    [Fact]
    public void An_honoured_time_goes_outside_the_hours_but_waits_for_the_quiet_hours_to_end()
    {
        var bot = Some.Bot.NineToSix(honour: true);
        Assert.Contains("21T14:00 sent asked-1 liveChat", new Play(bot, Reachable) { Channel = Channel.LiveChat }.Contact("20T18:00", "text me tomorrow at 7 in the morning").Until("22T00:00").Lines());
        Assert.Contains("21T15:00 sent asked-1 sms", new Play(bot, Reachable) { Channel = Channel.Sms }.Contact("20T18:00", "text me tomorrow at 7 in the morning").Until("22T00:00").Lines());
    }

    [Fact]
    public void A_holiday_is_named_as_the_reason()
    {
        var bot = Some.Bot.NineToSix().With(settings => settings with { ActiveHours = settings.ActiveHours with { Exceptions = [new HoursOnDate { Date = new DateOnly(2026, 11, 20) }] } });
        Assert.Equal(Reason.Holiday, Silent(bot, "20T10:00").Until("30T00:00").Timeline.First(entry => entry.Kind is HistoryKind.Held).Reason);
    }

    [Fact]
    public void A_visitor_who_left_is_reached_by_sms_with_who_writes_and_how_to_stop()
    {
        var result = new Play(Some.Bot.Switching(), Reachable) { Channel = Channel.LiveChat }
            .Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Present("20T16:05", false).Until("22T00:00");
        Assert.Equal(["20T16:01 planned nudge-1 → 20T18:01", "20T18:01 switchedChannel nudge-1 sms", "20T18:01 sent nudge-1 sms", "21T18:01 sent nudge-2 sms"], result.Lines());
        Assert.Contains("STOP", result.Timeline[2].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("STOP", result.Timeline[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_visitor_who_is_there_is_written_to_in_the_chat() =>
        Assert.Contains(
            "20T18:01 sent nudge-1 liveChat",
            new Play(Some.Bot.Switching(), Reachable) { Channel = Channel.LiveChat }.Present("20T15:00", true).Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("20T19:00").Lines());

    [Fact]
    public void Without_consent_nobody_is_switched_to_sms() =>
        Assert.Contains(
            "20T18:01 sent nudge-1 liveChat",
            new Play(Some.Bot.Switching(), Reachable with { Consent = null }) { Channel = Channel.LiveChat }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("20T19:00").Lines());

    [Fact]
    public void A_closed_window_moves_to_the_next_channel_or_ends_the_plan_with_one_note()
    {
        var bot = Some.Bot.Nudging(Some.Step("late", 25, DelayUnit.Hours), Some.Step("later", 1, DelayUnit.Hours));
        Assert.Contains("21T17:01 sent late sms", new Play(bot.Switching(), Reachable) { Channel = Channel.WhatsApp }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("30T00:00").Lines());
        Assert.Equal(
            ["20T16:01 planned late → 21T17:01", "21T17:01 skipped late windowClosed", "21T17:01 cancelled later windowClosed", "21T17:01 note windowClosed"],
            new Play(bot, Reachable) { Channel = Channel.WhatsApp }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("30T00:00").Lines());
    }

    [Fact]
    public void The_contacts_daily_cap_holds_until_midnight_of_their_zone()
    {
        var steps = Enumerable.Range(1, 3).Select(number => Some.Step($"n{number}", 1, DelayUnit.Hours)).ToArray();
        var bot = Some.Bot.Nudging(steps).With(settings => settings with { Limits = settings.Limits with { PerContact = [new FollowUpLimit { Count = 2, Per = Delay.Of(1, DelayUnit.Days) }] } });
        var result = new Play(bot, new ContactData { TimeZone = "America/Denver" }) { Channel = Channel.LiveChat }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("30T00:00");
        Assert.Equal(["20T19:01 held n3 → 21T07:00 contactCap", "21T07:00 sent n3 liveChat"], result.Lines()[^2..]);
    }

    [Fact]
    public void The_bots_maximum_of_messages_cancels()
    {
        var bot = Some.Bot.With(settings => settings with { Limits = settings.Limits with { MaximumMessages = 1 } });
        Assert.Equal("20T18:01 cancelled nudge-1 botMessageLimit", Silent(bot, "20T16:01").Until("30T00:00").Lines()[^1]);
    }

    [Fact]
    public void A_lost_answer_is_uncertain_never_sent_again_and_the_plan_goes_on_from_the_attempt() =>
        Assert.Equal(
            ["20T18:01 uncertain nudge-1 sendUncertain", "21T18:01 sent nudge-2 sms"],
            new Play(Some.Bot, Reachable) { Channel = Channel.Sms }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Outcome("20T16:30", SimulatedOutcome.Lost).Until("30T00:00").Lines()[^2..]);

    [Fact]
    public void A_refusal_fails_the_step_and_the_next_counts_from_it() =>
        Assert.Equal(
            ["20T18:01 failed nudge-1 providerFailed", "21T18:01 sent nudge-2 sms"],
            new Play(Some.Bot, Reachable) { Channel = Channel.Sms }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Outcome("20T16:30", SimulatedOutcome.Refused).Until("30T00:00").Lines()[^2..]);

    [Fact]
    public void A_dead_address_sends_the_step_to_the_next_channel_once()
    {
        var contact = Reachable with { Addresses = new Dictionary<Channel, string> { [Channel.Sms] = "+13035550142", [Channel.WhatsApp] = "+13035550142" }, Consent = new Dictionary<Channel, Consent> { [Channel.Sms] = new(), [Channel.WhatsApp] = new() } };
        var bot = Some.Bot.Switching().With(settings => settings with { WhatsAppTemplate = new WhatsAppTemplate { Name = "follow_up_1", Language = "en_US" } });
        var lines = new Play(bot, contact) { Channel = Channel.Sms }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Outcome("20T16:30", SimulatedOutcome.AddressDead).Until("20T19:00").Lines();
        Assert.Equal(["20T18:01 failed nudge-1 addressDead", "20T18:01 switchedChannel nudge-1 whatsApp", "20T18:01 sent nudge-1 whatsApp"], lines[^3..]);
    }

    [Fact]
    public void A_suggestive_bot_drafts_and_waits()
    {
        var result = new Play(Some.Bot with { Mode = BotMode.Suggestive }) { Channel = Channel.LiveChat }.Contact("20T16:00", "how much is it?").Bot("20T16:01", "From 40. Ok?").Until("20T19:00");
        Assert.Equal(["20T16:01 planned nudge-1 → 20T18:01", "20T18:01 awaitingApproval nudge-1"], result.Lines());
        Assert.Equal(StepState.AwaitingApproval, result.Pending[0].State);
    }

    [Fact]
    public void The_bots_own_answer_anchors_the_silence_and_answers_several_messages_once()
    {
        var result = new Play(Some.Bot) { Channel = Channel.LiveChat, OwnAnswers = true }.Contact("20T16:00", "hello there").Contact("20T16:00", "how much is it?").Until("20T19:00");
        Assert.Equal(["20T16:00 answered", "20T16:00 planned nudge-1 → 20T18:00", "20T18:00 sent nudge-1 liveChat"], result.Lines());
    }

    [Fact]
    public void Narrowed_quiet_hours_of_the_workspace_count_too()
    {
        var settings = new WorkspaceSettings { QuietHours = new Dictionary<Channel, HoursWindow> { [Channel.Sms] = new() { From = new TimeOnly(10, 0), To = new TimeOnly(16, 0) } } };
        var held = new Play(Some.Bot, Reachable) { Channel = Channel.Sms, Settings = settings }.Contact("20T21:00", "how much is it?").Bot("20T21:30", "From 40. Ok?").Until("22T00:00").Timeline.First(entry => entry.Kind is HistoryKind.Held);
        Assert.InRange(held.DueAt!.Value, Play.At("21T17:00"), Play.At("21T17:10"));
    }

    private static Play Silent(Bot bot, string botWrote) =>
        new Play(bot) { Channel = Channel.LiveChat }.Contact("20T07:59", "how much is it?").Bot(botWrote, "From 40. Shall I show you?");
}

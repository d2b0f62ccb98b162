using FollowUp.Conversations;
using FollowUp.Simulation;
using Xunit;

namespace FollowUp.Channels;

/// <summary>Every documented code, and what a user reads of it in the Response Info.</summary>
public sealed class TwilioErrorsTests
{
    [Theory]
    [InlineData(21610, Reason.ChannelOptedOut)]
    [InlineData(21211, Reason.AddressDead)]
    [InlineData(21614, Reason.AddressDead)]
    [InlineData(20003, Reason.ProviderFailed)]
    [InlineData(20404, Reason.ProviderFailed)]
    [InlineData(21212, Reason.ProviderFailed)]
    [InlineData(21606, Reason.ProviderFailed)]
    [InlineData(21612, Reason.ProviderFailed)]
    [InlineData(21659, Reason.ProviderFailed)]
    [InlineData(21660, Reason.ProviderFailed)]
    [InlineData(21703, Reason.ProviderFailed)]
    [InlineData(21408, Reason.ProviderFailed)]
    [InlineData(21608, Reason.ProviderFailed)]
    [InlineData(21602, Reason.ProviderFailed)]
    [InlineData(21603, Reason.ProviderFailed)]
    [InlineData(21604, Reason.ProviderFailed)]
    [InlineData(21617, Reason.ProviderFailed)]
    [InlineData(30034, Reason.ProviderFailed)]
    [InlineData(99999, Reason.ProviderFailed)]
    public void A_refused_send_is_failed_with_its_code(int code, Reason reason)
    {
        var sms = new Sending();
        sms.Ends(sms.UntilSending(), Refused(code));
        Assert.Contains((HistoryKind.Failed, reason, $"{code}"), sms.History);
    }

    [Theory]
    [InlineData(30001, Reason.ProviderFailed)]
    [InlineData(30002, Reason.ProviderFailed)]
    [InlineData(30003, Reason.ProviderFailed)]
    [InlineData(30004, Reason.ChannelOptedOut)]
    [InlineData(30005, Reason.AddressDead)]
    [InlineData(30006, Reason.AddressDead)]
    [InlineData(30007, Reason.ProviderFailed)]
    [InlineData(30008, Reason.ProviderFailed)]
    [InlineData(63016, Reason.WindowClosed)]
    [InlineData(99999, Reason.ProviderFailed)]
    public void A_failure_told_later_stands_as_undelivered_with_its_code(int code, Reason reason)
    {
        var sms = SentThenUndelivered(code);
        Assert.Contains((HistoryKind.Undelivered, reason, $"{code}"), sms.History);
    }

    [Theory]
    [InlineData(20003)]
    [InlineData(20404)]
    [InlineData(21212)]
    [InlineData(21606)]
    [InlineData(21612)]
    [InlineData(21659)]
    [InlineData(21660)]
    [InlineData(21703)]
    public void A_refused_account_or_sender_pauses_the_connection_and_tells_the_team(int code)
    {
        var sms = new Sending();
        sms.Ends(sms.UntilSending(), Refused(code));
        Assert.Contains(sms.Conversation.Outbox, entry => entry is { Kind: OutboxKind.PauseConnection, Subject: "Sms" } && entry.Detail == $"{code}");
        Assert.Single(sms.Conversation.Notes);
    }

    [Fact]
    public void A_suspended_account_pauses_the_connection_when_a_callback_tells() =>
        Assert.Contains(SentThenUndelivered(30002).Conversation.Outbox, entry => entry is { Kind: OutboxKind.PauseConnection, Detail: "30002" });

    [Theory]
    [InlineData(21408)]
    [InlineData(21608)]
    public void A_region_that_is_not_enabled_tells_the_team_and_pauses_nothing(int code)
    {
        var sms = new Sending();
        sms.Ends(sms.UntilSending(), Refused(code));
        Assert.DoesNotContain(sms.Conversation.Outbox, entry => entry.Kind is OutboxKind.PauseConnection);
        Assert.Single(sms.Conversation.Notes);
    }

    [Theory]
    [InlineData(21610, true)]
    [InlineData(30004, false)]
    public void An_opt_out_at_twilio_is_one_here(int code, bool answered)
    {
        var sms = answered ? new Sending() : SentThenUndelivered(code);
        if (answered)
        {
            sms.Ends(sms.UntilSending(), Refused(code));
        }

        Assert.Equal([Channel.Sms], sms.Conversation.OptedOut);
        Assert.Null(sms.Info.Plan);
        Assert.Contains(sms.Conversation.Outbox, entry => entry is { Kind: OutboxKind.SuppressAddress, Channel: Channel.Sms });
        Assert.Null(sms.Later(TimeSpan.FromDays(30)));
    }

    [Theory]
    [InlineData(21211)]
    [InlineData(21614)]
    public void A_dead_number_sends_the_follow_up_to_the_next_channel_once(int code)
    {
        var sms = new Sending(Some.Bot.Switching());
        sms.Contact("w1", "hi there", Channel.WhatsApp);
        sms.Ends(sms.UntilSending(), Refused(code));
        Assert.Equal((Channel.WhatsApp, 2), (sms.Asked[^1].Channel, sms.Asked.Count));
        Assert.Equal([Channel.Sms], sms.Conversation.DeadAddresses);

        // And no further: the second refusal ends the step.
        sms.Ends(sms.Asked[^1], new SendResult.Refused(Refusal.AddressDead, "131026"));
        Assert.Equal(2, sms.Asked.Count);
    }

    [Theory]
    [InlineData(30005)]
    [InlineData(30006)]
    public void A_dead_number_told_later_does_the_same(int code)
    {
        var sms = SentThenUndelivered(code, Some.Bot.Switching(), whatsApp: true);
        Assert.Equal([Channel.Sms], sms.Conversation.DeadAddresses);
        Assert.Equal(Channel.WhatsApp, sms.Later(TimeSpan.Zero)!.Channel);
    }

    [Fact]
    public void A_dead_number_without_another_channel_is_one_note_to_the_team()
    {
        var sms = new Sending();
        sms.Ends(sms.UntilSending(), Refused(21211));
        for (var day = 0; day < 10; day++)
        {
            Assert.Null(sms.Later(TimeSpan.FromDays(1)));
        }

        Assert.Single(sms.Conversation.Notes, note => note.Reason is Reason.AddressDead);
        Assert.InRange(sms.Conversation.Notes.Count, 1, 2);
    }

    [Fact]
    public void A_queue_that_overflowed_is_tried_again_as_a_new_attempt()
    {
        var sms = SentThenUndelivered(30001);
        var again = sms.Later(TimeSpan.FromMinutes(5));
        Assert.NotEqual(sms.Asked[0].Id, again!.Id);
    }

    [Fact]
    public void A_phone_that_was_off_gets_one_new_attempt_hours_later()
    {
        var sms = SentThenUndelivered(30003);
        Assert.Null(sms.Later(TimeSpan.FromHours(3)));
        var again = sms.Later(TimeSpan.FromHours(1));
        Assert.NotNull(again);
        sms.Ends(again, new SendResult.Accepted("SM2"));
        sms.CallsBack(again, Delivery.Undelivered, "30003", "SM2");
        Assert.Equal("nudge-2", sms.Conversation.Plan!.Steps.First(step => step.State is Conversations.StepState.Scheduled).Id);
    }

    [Fact]
    public void A_filtered_text_is_counted_against_the_connection_and_never_repeated()
    {
        var sms = SentThenUndelivered(30007);
        Assert.Contains(sms.Conversation.Outbox, entry => entry is { Kind: OutboxKind.CountFiltered, Detail: "30007" });
        Assert.Equal("nudge-2", sms.Later(TimeSpan.FromDays(2))!.StepId);
    }

    [Fact]
    public void Nothing_is_repeated_after_an_unknown_failure() => Assert.Equal("nudge-2", SentThenUndelivered(30008).Later(TimeSpan.FromDays(2))!.StepId);

    [Fact]
    public void Too_many_requests_are_tried_three_times_within_the_hour()
    {
        var sms = new Sending();
        var attempt = sms.UntilSending();
        var ids = new HashSet<string> { attempt.Id };
        for (var tries = 1; tries < 3; tries++)
        {
            sms.Ends(attempt, new SendResult.NotSent("20429", TimeSpan.FromSeconds(1)));
            attempt = sms.Later(TimeSpan.FromMinutes(28))!;
            Assert.True(ids.Add(attempt.Id));
        }

        sms.Ends(attempt, new SendResult.NotSent("20429", TimeSpan.FromSeconds(1)));
        Assert.Contains((HistoryKind.Failed, Reason.ProviderFailed, "20429"), sms.History);
    }

    private static SendResult.Refused Refused(int code) => new(TwilioErrors.Of(code), $"{code}");

    private static Sending SentThenUndelivered(int code, Bots.Bot? bot = null, bool whatsApp = false)
    {
        var sms = new Sending(bot);
        if (whatsApp)
        {
            sms.Contact("w1", "hi there", Channel.WhatsApp);
        }

        var attempt = sms.UntilSending();
        sms.Ends(attempt, new SendResult.Accepted("SM1"));
        sms.CallsBack(attempt, Delivery.Undelivered, $"{code}");
        return sms;
    }
}

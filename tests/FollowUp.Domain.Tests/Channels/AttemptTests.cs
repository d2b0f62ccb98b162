using CsCheck;
using FollowUp.Conversations;
using FollowUp.Simulation;
using Xunit;

namespace FollowUp.Channels;

/// <summary>The life of a send, and the races around it with both orders forced.</summary>
public sealed class AttemptTests
{
    [Fact]
    public void A_reply_before_the_send_is_recorded_cancels_it_and_one_after_it_crosses()
    {
        var before = new Sending();
        before.Contact("m1", "how much is it?");
        before.Bots("From 40. Ok?");
        before.Contact("m2", "which colours?");
        Assert.Null(before.Later(TimeSpan.FromHours(3)));

        var after = new Sending();
        var attempt = after.UntilSending();
        after.Contact("m2", "which colours?");
        after.Ends(attempt, new SendResult.Accepted("SM1"));
        Assert.Contains((HistoryKind.Sent, Reason.CrossedWithReply, null), after.History);
        Assert.Null(after.Later(TimeSpan.FromDays(10)));
    }

    [Fact]
    public void A_stop_before_the_send_is_recorded_cancels_it_and_after_it_nothing_more_goes()
    {
        var before = new Sending();
        before.Contact("m1", "how much is it?");
        before.Bots("From 40. Ok?");
        before.Contact("m2", "STOP");
        Assert.Null(before.Later(TimeSpan.FromHours(3)));
        Assert.Empty(before.Asked);

        var after = new Sending();
        var attempt = after.UntilSending();
        after.Contact("m2", "STOP");
        after.Ends(attempt, new SendResult.NotSent("20429", null));
        Assert.Null(after.Later(TimeSpan.FromDays(10)));
        Assert.Single(after.Asked);
    }

    [Fact]
    public void A_takeover_while_a_retry_waits_ends_it()
    {
        var sms = new Sending();
        var attempt = sms.UntilSending();
        sms.Agent("Sam here, I take care of it.");
        sms.Ends(attempt, new SendResult.NotSent("20429", null));
        Assert.Null(sms.Later(TimeSpan.FromHours(1)));
        Assert.Single(sms.Asked);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_callback_before_or_after_the_answer_ends_in_one_message_sent(bool callbackFirst)
    {
        var sms = new Sending();
        var attempt = sms.UntilSending();
        if (callbackFirst)
        {
            sms.CallsBack(attempt, Delivery.Delivered);
            sms.Ends(attempt, new SendResult.Accepted("SM1"));
        }
        else
        {
            sms.Ends(attempt, new SendResult.Accepted("SM1"));
            sms.CallsBack(attempt, Delivery.Delivered);
        }

        Assert.Equal((StepState.Sent, Delivery.Delivered), (sms.Info.Plan!.Steps[0].State, sms.Info.Plan.Steps[0].Delivery));
        Assert.Single(sms.History, line => line.Kind is HistoryKind.Sent);
        Assert.Single(sms.Conversation.Messages, message => message.Author is Author.FollowUp);
    }

    [Fact]
    public void A_callback_that_comes_before_the_lost_answer_settles_it_and_one_after_it_too()
    {
        var first = new Sending();
        var attempt = first.UntilSending();
        first.CallsBack(attempt, Delivery.Accepted);
        first.Ends(attempt, new SendResult.Uncertain("No answer in time."));
        Assert.DoesNotContain(first.History, line => line.Kind is HistoryKind.Uncertain);

        var late = new Sending();
        attempt = late.UntilSending();
        late.Ends(attempt, new SendResult.Uncertain("No answer in time."));
        late.Later(TimeSpan.FromHours(48));
        late.CallsBack(attempt, Delivery.Delivered);
        Assert.Contains((HistoryKind.Sent, null, "settledByCallback"), late.History);
    }

    [Fact]
    public void A_lost_answer_is_asked_about_three_times_then_shown_and_never_sent_again()
    {
        var sms = new Sending(Some.Bot.Nudging(Some.Step("nudge-1", 2, Bots.DelayUnit.Hours)));
        var attempt = sms.UntilSending();
        sms.Ends(attempt, new SendResult.Uncertain("No answer in time."));
        for (var minute = 0; minute < 60; minute++)
        {
            sms.Later(TimeSpan.FromMinutes(1));
            sms.Happen(new ConversationEvent.StillUncertain(attempt.Id));
        }

        Assert.Single(sms.Asked);
        Assert.Null(Assert.Single(sms.Conversation.Attempts).ReconcileAt);
        Assert.Contains((HistoryKind.Uncertain, Reason.SendUncertain, "No answer in time."), sms.History);

        // The list's word may still come, as may a person's.
        sms.Ends(attempt, new SendResult.Accepted("SM1"));
        Assert.Contains((HistoryKind.Sent, null, "settledByList"), sms.History);
    }

    [Fact]
    public void A_dead_activation_leaves_its_send_uncertain()
    {
        var sms = new Sending();
        sms.UntilSending();
        sms.Recovers();
        Assert.Contains(sms.History, line => line.Kind is HistoryKind.Uncertain);
        Assert.Single(sms.Asked);
    }

    [Theory]
    [InlineData("m1")]
    [InlineData("m-unseen")]
    public void A_week_old_redelivery_moves_no_clock_and_opens_no_window(string id)
    {
        var chat = new Sending(channel: Channel.WhatsApp);
        chat.Contact("m1", "how much is it?");
        chat.Bots("From 40. Ok?");
        chat.Later(TimeSpan.FromDays(7));
        var opened = chat.Conversation.InboundAt[Channel.WhatsApp];
        chat.Contact(id, "how much is it?", sentAt: opened);
        Assert.Equal(opened, chat.Conversation.InboundAt[Channel.WhatsApp]);
        Assert.Empty(chat.Asked.Skip(1));
    }

    [Fact]
    public void Nothing_due_goes_out_before_missed_messages_are_in()
    {
        var sms = new Sending { Behind = true };
        sms.Contact("m1", "how much is it?");
        sms.Bots("From 40. Ok?");
        Assert.Null(sms.Later(TimeSpan.FromHours(2)));

        // The missed reply comes in: the follow-up is off.
        sms.Contact("m2", "which colours?", sentAt: sms.Now.AddHours(-1));
        sms.Behind = false;
        Assert.Null(sms.Later(TimeSpan.FromMinutes(1)));

        // Without one it goes.
        var silent = new Sending { Behind = true };
        silent.Contact("m1", "how much is it?");
        silent.Bots("From 40. Ok?");
        Assert.Null(silent.Later(TimeSpan.FromHours(2)));
        silent.Behind = false;
        Assert.NotNull(silent.Later(TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void The_first_message_on_a_channel_says_who_writes_once_also_when_it_goes_out_again()
    {
        var sms = new Sending(Some.Bot.Switching(), channel: Channel.WhatsApp);
        sms.Contact("m1", "how much is it?");
        sms.Bots("From 40. Ok?");
        var attempt = sms.Later(TimeSpan.FromHours(25))!;
        Assert.Equal(Channel.Sms, attempt.Channel);
        sms.Ends(attempt, new SendResult.NotSent("20429", null));
        var again = sms.Later(TimeSpan.FromMinutes(1))!;
        Assert.Equal(attempt.Text, again.Text);
    }

    [Fact]
    public void Who_opted_out_gets_nothing_by_hand_either_and_an_answer_is_not_owed()
    {
        var sms = new Sending();
        sms.Contact("m1", "STOP");
        var told = ConversationDecider.Decide(sms.Conversation, new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = "x", Author = Author.Agent, Channel = Channel.Sms, Text = "one more thing", Send = true }), new Circumstances
        {
            Now = sms.Now,
            ConversationId = "c-1",
            Bot = sms.Bot,
            Workspace = new Workspaces.WorkspaceSettings(),
            Connections = new Dictionary<Channel, string> { [Channel.Sms] = "sms" },
            Token = "t",
        });
        Assert.Equal("optedOut", told.Problem!.Code);
        sms.Contact("m2", "how much is it?");
        Assert.Null(sms.Conversation.Owed);
        sms.Contact("m3", "START");
        Assert.Empty(sms.Conversation.OptedOut);
    }

    [Fact]
    public void A_suppressed_address_stays_so_after_erasure_until_the_contact_says_start()
    {
        var sms = new Sending();
        sms.Contact("m1", "STOP");
        sms.Does(new PersonAction.Erase());
        Assert.Contains(sms.Conversation.Outbox, entry => entry.Kind is OutboxKind.SuppressAddress);
        Assert.DoesNotContain(sms.Conversation.Outbox, entry => entry.Kind is OutboxKind.LiftSuppression);

        // The same person writes again: a new beginning, but the address remembers.
        var anew = new Sending { Suppressed = [Channel.Sms] };
        anew.Contact("m2", "how much is it?");
        anew.Bots("From 40. Ok?");
        Assert.Null(anew.Later(TimeSpan.FromHours(3)));
        Assert.Contains(anew.History, line => line is { Kind: HistoryKind.Cancelled, Reason: Reason.ChannelOptedOut });
        anew.Contact("m3", "START");
        Assert.Contains(anew.Conversation.Outbox, entry => entry is { Kind: OutboxKind.LiftSuppression, Channel: Channel.Sms });
    }

    // Twilio's own sequences, recorded: any order, any number of times, with the answer anywhere among them, ends as once in order.
    [Fact]
    public void Callbacks_in_any_order_and_number_end_in_one_state()
    {
        var noon = new DateTimeOffset(2026, 11, 24, 14, 5, 0, TimeSpan.Zero);
        (Delivery, string?, DateTimeOffset?)[][] recorded =
        [
            [(Delivery.Accepted, null, null), (Delivery.Accepted, null, null), (Delivery.Delivered, null, noon)],
            [(Delivery.Accepted, null, null), (Delivery.Undelivered, "30008", noon)],
            [(Delivery.Accepted, null, null), (Delivery.Undelivered, "30005", noon), (Delivery.Delivered, null, noon.AddMinutes(2))],
            [(Delivery.Accepted, null, null), (Delivery.Delivered, null, noon), (Delivery.Undelivered, "30008", noon.AddMinutes(2))],
            [(Delivery.Accepted, null, null), (Delivery.Delivered, null, null), (Delivery.Read, null, null)],
            [(Delivery.Undelivered, "30004", null)],
        ];
        var tried = 0;
        Gen.Select(Gen.Int[0, recorded.Length - 1].Select(index => recorded[index]), Gen.Int[0, 2].Array[3], Gen.Int[0, 10_000], Gen.Bool).Sample((sequence, repeats, seed, answered) =>
        {
            var inOrder = StateAfter([.. sequence], answerAt: 0);
            var shuffled = sequence.SelectMany((step, index) => Enumerable.Repeat(step, 1 + repeats[index % 3])).ToArray();
            new Random(seed).Shuffle(shuffled);
            Interlocked.Increment(ref tried);
            return StateAfter(shuffled, answerAt: answered ? seed % (shuffled.Length + 1) : -1) == inOrder;
        }, iter: 2_000);
        Assert.True(tried >= 2_000);
    }

    private static string StateAfter((Delivery State, string? Code, DateTimeOffset? DoneAt)[] callbacks, int answerAt)
    {
        var sms = new Sending();
        var attempt = sms.UntilSending();
        for (var index = 0; index <= callbacks.Length; index++)
        {
            if (index == answerAt)
            {
                sms.Ends(attempt, new SendResult.Accepted("SM1"));
            }

            if (index < callbacks.Length)
            {
                sms.CallsBack(attempt, callbacks[index].State, callbacks[index].Code, doneAt: callbacks[index].DoneAt);
            }
        }

        var message = sms.Conversation.Messages.Single(candidate => candidate.Author is Author.FollowUp);
        return $"{message.Delivery} dead={string.Join(',', sms.Conversation.DeadAddresses)} out={string.Join(',', sms.Conversation.OptedOut)} attempts={sms.Conversation.Attempts.Count} sent={sms.History.Count(line => line.Kind is HistoryKind.Sent)}";
    }
}

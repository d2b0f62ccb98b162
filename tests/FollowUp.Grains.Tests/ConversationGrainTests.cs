using FollowUp.Bots;
using FollowUp.Conversations;
using Xunit;
using static FollowUp.Grains.EngineFixture;

namespace FollowUp.Grains;

public sealed class ConversationGrainTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public async Task An_inbound_message_with_nothing_owed_is_one_state_write_and_no_reminder_write()
    {
        var bot = await engine.BotAsync("count");
        var conversation = engine.Conversation("count-1");
        await conversation.PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550001"));
        var (states, reminders) = (engine.Storage.WritesOf("conversation"), engine.Reminders.Writes);
        await conversation.PostMessageAsync(FromContact("m1", bot, "how much is it?", "+13035550001"));
        Assert.Equal((states + 1, reminders), (engine.Storage.WritesOf("conversation"), engine.Reminders.Writes));
    }

    [Fact]
    public async Task A_reply_that_ends_a_plan_leaves_the_standing_reminder_where_it_is()
    {
        var bot = await engine.BotAsync("lazy");
        var conversation = engine.Conversation("lazy-1");
        await conversation.PostMessageAsync(FromContact("m0", bot, "how much is it?", "+13035550002"));
        await conversation.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        var (states, reminders) = (engine.Storage.WritesOf("conversation"), engine.Reminders.Writes);
        await conversation.PostMessageAsync(FromContact("m1", bot, "which colours?", "+13035550002"));
        await conversation.PostMessageAsync(FromBot("b1", "Red and blue. Ok?"));
        Assert.Equal((states + 2, reminders), (engine.Storage.WritesOf("conversation"), engine.Reminders.Writes));
    }

    [Fact]
    public async Task A_thousand_messages_of_an_evening_cost_at_most_one_reminder_write_a_minute()
    {
        var bot = await engine.BotAsync("evening", OwnAnswers.BuiltIn);
        var conversation = engine.Conversation("evening-1");
        var reminders = engine.Reminders.Writes;
        var started = engine.Time.GetUtcNow();
        for (var i = 0; i < 1_000; i++)
        {
            await conversation.PostMessageAsync(FromContact($"m{i}", bot, "and what about the other one", "+13035550003"));
            engine.Time.Advance(TimeSpan.FromSeconds(7));
        }

        var minutes = (engine.Time.GetUtcNow() - started).TotalMinutes;
        Assert.InRange(engine.Reminders.Writes - reminders, 1, minutes);
    }

    [Fact]
    public async Task A_reply_while_the_text_is_written_is_taken_at_once_and_the_text_is_dropped()
    {
        var bot = await engine.BotAsync("slow");
        var conversation = engine.Conversation("slow-1");
        await conversation.PostMessageAsync(FromContact("m0", bot, "how much is it?", "+13035550004"));
        await conversation.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        var gate = engine.Writer.Gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await engine.AdvanceUntilAsync(() => Task.FromResult(engine.Writer.Asked.IsCompleted), TimeSpan.FromHours(3));

        // The writer holds its text: the reply is answered all the same.
        var taken = await conversation.PostMessageAsync(FromContact("m1", bot, "which colours?", "+13035550004"));
        Assert.False(gate.Task.IsCompleted);
        Assert.Equal(ConversationStatus.WaitingForUs, taken.Value!.Status);
        gate.SetResult();
        engine.Writer.Gate = null;
        engine.Time.Advance(TimeSpan.FromHours(3));
        Assert.DoesNotContain(engine.Twilio.Sent, message => message.To == "+13035550004");
        var info = (await conversation.GetResponseInfoAsync()).Value!;
        Assert.Null(info.Plan);
        Assert.Contains(info.History, line => line is { Kind: HistoryKind.Cancelled, Reason: Reason.ContactReplied });
    }

    [Theory]
    [InlineData("which colours?", true)]
    [InlineData("which colours?", false)]
    [InlineData("STOP", true)]
    [InlineData("STOP", false)]
    public async Task A_reply_or_a_stop_wins_over_a_send_that_is_not_recorded_and_crosses_one_that_is(string text, bool before)
    {
        var name = $"race{text.Length}{before}".ToLowerInvariant();
        var number = $"+1303555{(before ? 1 : 2)}{text.Length:D3}";
        var bot = await engine.BotAsync(name);
        var conversation = engine.Conversation($"{name}-1");
        await conversation.PostMessageAsync(AtTen(FromContact("m0", bot, "how much is it?", number)));
        await conversation.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        if (before)
        {
            await conversation.PostMessageAsync(FromContact("m1", bot, text, number));
            engine.Time.Advance(TimeSpan.FromHours(3));
            Assert.DoesNotContain(engine.Twilio.Sent, message => message.To == number);
            return;
        }

        var hanging = engine.Twilio.Hanging[$"sms-{bot}"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await engine.AdvanceUntilAsync(() => Task.FromResult(engine.Twilio.Sent.Any(message => message.To == number)), TimeSpan.FromHours(3));
        var taken = await conversation.PostMessageAsync(FromContact("m1", bot, text, number));
        Assert.False(taken.Value!.Duplicate);
        hanging.SetResult(new Channels.SendResult.Accepted("SM1"));
        await SettleAsync(async () => (await conversation.GetResponseInfoAsync()).Value!.History.Any(line => line is { Kind: HistoryKind.Sent, Reason: Reason.CrossedWithReply }));
        Assert.Single(engine.Twilio.Sent, message => message.To == number);
        Assert.Null((await conversation.GetResponseInfoAsync()).Value!.Plan);
    }

    [Fact]
    public async Task A_provider_that_hangs_holds_up_nobody_else()
    {
        var (down, up) = (await engine.BotAsync("down"), await engine.BotAsync("up"));
        var hanging = engine.Twilio.Hanging[$"sms-{down}"] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        for (var i = 0; i < 20; i++)
        {
            var stuck = engine.Conversation($"down-{i}");
            await stuck.PostMessageAsync(AtTen(FromContact("m0", down, "how much is it?", $"+1303556{i:D4}")));
            await stuck.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        }

        var other = engine.Conversation("up-1");
        await other.PostMessageAsync(AtTen(FromContact("m0", up, "how much is it?", "+13035570000")));
        await other.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        await engine.AdvanceUntilAsync(async () => (await other.GetResponseInfoAsync()).Value!.History.Any(line => line.Kind is HistoryKind.Sent), TimeSpan.FromHours(3));

        // The hanging one has no more requests under way than its own bound.
        Assert.InRange(engine.Twilio.Sent.Count(message => message.ConnectionId == $"sms-{down}"), 1, 16);
        Assert.DoesNotContain((await engine.Conversation("down-0").GetResponseInfoAsync()).Value!.History, line => line.Kind is HistoryKind.Sent);
        hanging.SetResult(new Channels.SendResult.Accepted("SM2"));
    }

    // As when the connection's silo dies in the very moment.
    [Fact]
    public async Task A_send_whose_connection_cannot_be_read_has_not_left_and_goes_out_later()
    {
        var bot = await engine.BotAsync("locked");
        var conversation = engine.Conversation("locked-1");
        await conversation.PostMessageAsync(AtTen(FromContact("m0", bot, "how much is it?", "+13035550099")));
        await conversation.PostMessageAsync(FromBot("b0", "From 40. Ok?"));
        engine.Protector.IsBroken = true;
        await engine.AdvanceUntilAsync(() => Task.FromResult(engine.Protector.Refused > 0), TimeSpan.FromHours(3));
        engine.Protector.IsBroken = false;
        await engine.AdvanceUntilAsync(() => Task.FromResult(engine.Twilio.Sent.Any(sent => sent.To == "+13035550099")), TimeSpan.FromMinutes(30));
        await EngineFixture.SettleAsync(async () => (await conversation.GetResponseInfoAsync()).Value!.History.Any(line => line is { Kind: HistoryKind.Sent, StepId: "n1" }));
        Assert.Single(engine.Twilio.Sent, sent => sent.To == "+13035550099");
        Assert.DoesNotContain((await conversation.GetResponseInfoAsync()).Value!.History, line => line.Kind is HistoryKind.Uncertain);
    }

    // SMS keeps quiet hours: it is ten in the morning where this contact lives.
    private IncomingMessage AtTen(IncomingMessage message)
    {
        var offset = (10 - engine.Time.GetUtcNow().Hour + 24) % 24;
        var zone = offset == 0 ? "UTC" : offset <= 12 ? $"Etc/GMT-{offset}" : $"Etc/GMT+{24 - offset}";
        return message with { Contact = message.Contact! with { TimeZone = zone } };
    }

    [Fact]
    public async Task A_write_that_fails_answers_an_error_and_the_next_call_reads_what_was_stored()
    {
        var bot = await engine.BotAsync("broken");
        var conversation = engine.Conversation("broken-1");
        await conversation.PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550005"));
        engine.Storage.Failing = "conversation";
        await Assert.ThrowsAnyAsync<Exception>(() => conversation.PostMessageAsync(FromContact("m1", bot, "how much is it?", "+13035550005")));
        engine.Storage.Failing = null;
        await SettleAsync(async () =>
        {
            try
            {
                return (await conversation.GetMessagesAsync(null, 50)).Value is { Items.Count: 1 };
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        });
        var again = await conversation.PostMessageAsync(FromContact("m1", bot, "how much is it?", "+13035550005"));
        Assert.False(again.Value!.Duplicate);
    }

    [Fact]
    public async Task An_address_of_another_conversation_is_refused_and_nothing_is_stored()
    {
        var bot = await engine.BotAsync("taken");
        await engine.Conversation("taken-1").PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550006"));
        var answer = await engine.Conversation("taken-2").PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550006"));
        Assert.Equal("addressTaken", answer.Problem!.Code);
        Assert.Equal(ProblemKind.NotFound, (await engine.Conversation("taken-2").GetAsync()).Problem!.Kind);
    }

    [Fact]
    public async Task A_duplicate_answers_as_the_first_did_and_changes_nothing()
    {
        var bot = await engine.BotAsync("twice");
        var conversation = engine.Conversation("twice-1");
        await conversation.PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550007"));
        var writes = engine.Storage.WritesOf("conversation");
        var again = await conversation.PostMessageAsync(FromContact("m0", bot, "hello there", "+13035550007"));
        Assert.True(again.Value!.Duplicate);
        Assert.Equal(writes, engine.Storage.WritesOf("conversation"));
    }

    [Fact]
    public async Task Old_pages_of_a_transcript_can_be_read_on()
    {
        var bot = await engine.BotAsync("pages");
        var conversation = engine.Conversation("pages-1");
        for (var i = 0; i < 45; i++)
        {
            await conversation.PostMessageAsync(FromContact($"m{i}", bot, "hello there", "+13035550008"));
        }

        var ids = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await conversation.GetMessagesAsync(cursor, 50)).Value!;
            ids.InsertRange(0, page.Items.Select(message => message.MessageId));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 45).Select(i => $"m{i}"), ids);
    }
}

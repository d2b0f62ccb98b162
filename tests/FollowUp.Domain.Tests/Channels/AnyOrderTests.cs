using CsCheck;
using FollowUp.Conversations;
using Xunit;

namespace FollowUp.Channels;

/// <summary>Webhooks come late, twice and in any order: what stands at the end does not depend on it.</summary>
public sealed class AnyOrderTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(Channel.Messenger)]
    [InlineData(Channel.Instagram)]
    [InlineData(Channel.WhatsApp)]
    public void Any_order_and_multiplicity_of_webhooks_ends_in_one_state(Channel channel)
    {
        var (talk, attempt) = Start(channel);
        var recorded = Recorded(channel, attempt, talk.Now);
        var expected = Played(talk, recorded);
        var tried = 0;
        Gen.Select(Gen.Shuffle(Enumerable.Range(0, recorded.Count).ToArray()), Gen.Int[0, recorded.Count - 1].Array[0, 6], Gen.Int[0, recorded.Count - 1].Array[0, 6]).Sample(
            (order, before, after) =>
            {
                Interlocked.Increment(ref tried);
                var (again, _) = Start(channel);
                return Played(again, [.. order.Concat(before).Select(index => recorded[index]), .. after.Select(index => recorded[index])]) == expected;
            },
            iter: 1_000);
        output.WriteLine($"channel={channel} orders={tried} events={recorded.Count}\n{expected}");
        Assert.True(tried >= 1_000);
    }

    [Theory]
    [InlineData("131026")]
    [InlineData("131047")]
    [InlineData("131049")]
    [InlineData("131050")]
    public void A_failed_status_before_the_answer_and_after_it_ends_in_one_state(string code)
    {
        string StateOf(bool failedFirst, int times)
        {
            var (talk, attempt) = Start(Channel.WhatsApp);
            var failed = () => talk.Status("wamid.1", Delivery.Undelivered, code, attempt.Id);
            var answer = () => talk.Answer(attempt, new SendResult.Accepted("wamid.1"));
            Func<Decision>[] order = failedFirst ? [failed, answer] : [answer, failed];
            foreach (var happens in Enumerable.Repeat(order, times).SelectMany(each => each))
            {
                happens();
            }

            return StateIn(talk);
        }

        Assert.Equal(StateOf(failedFirst: false, 1), StateOf(failedFirst: true, 1));
        Assert.Equal(StateOf(failedFirst: false, 1), StateOf(failedFirst: true, 3));
    }

    private static (ProviderTalk ProviderTalk, Attempt Attempt) Start(Channel channel)
    {
        var talk = new ProviderTalk(channel);
        var attempt = talk.NudgeUnderWay();
        talk.Now += Minute;
        return (talk, attempt);
    }

    // What each product really sends around one follow-up and one message of the contact.
    private static List<ConversationEvent> Recorded(Channel channel, Attempt attempt, DateTimeOffset now)
    {
        ConversationEvent Of(ChannelSignalKind kind, DateTimeOffset at, string? id = null, string? text = null) => new ConversationEvent.Signalled(new ChannelSignal { Kind = kind, Channel = channel, At = at, MessageId = id, Text = text });
        ConversationEvent Status(string id, Delivery state, string? code = null, string? attemptId = null) => new ConversationEvent.ReceiptCame(new Receipt { MessageId = id, ProviderMessageId = id, State = state, ErrorCode = code, AttemptId = attemptId });
        var wrote = new ConversationEvent.ContactWrote(
            new IncomingMessage { MessageId = "in-2", Author = Author.Contact, Channel = channel, Text = "which colours?", SentAt = now },
            new Understanding.Detection { Intent = Understanding.Intent.Normal, Confidence = 1, Judge = Understanding.Judge.BuiltIn, Language = "en", Evidence = "" });
        var echo = new IncomingMessage { MessageId = "mid-1", Author = Author.Agent, Channel = channel, Text = attempt.Text, SentAt = now };
        List<ConversationEvent> common = [new ConversationEvent.AttemptEnded(attempt.Id, new SendResult.Accepted("mid-1")), wrote];
        return channel switch
        {
            Channel.Messenger =>
            [
                .. common,
                new ConversationEvent.EchoCame(echo, attempt.Id),
                Status("mid-1", Delivery.Delivered),
                Of(ChannelSignalKind.DeliveredUntil, now),
                Of(ChannelSignalKind.ReadUntil, now + Minute),
                Of(ChannelSignalKind.WindowOpened, now + 2 * Minute),
                Of(ChannelSignalKind.MessageEdited, now + Minute, "in-2", "which colours and sizes?"),
                Of(ChannelSignalKind.MessageEdited, now + 2 * Minute, "in-2", "which sizes?"),
            ],
            Channel.Instagram =>
            [
                .. common,
                new ConversationEvent.EchoCame(echo, null),
                Status("mid-1", Delivery.Read),
                Of(ChannelSignalKind.MessageDeleted, now + Minute, "in-2"),
            ],
            _ =>
            [
                .. common,
                Status("mid-1", Delivery.Accepted, attemptId: attempt.Id),
                Status("mid-1", Delivery.Delivered, attemptId: attempt.Id),
                Status("mid-1", Delivery.Read, attemptId: attempt.Id),
                Of(ChannelSignalKind.OptedOut, now + Minute),
                Of(ChannelSignalKind.OptedIn, now + 2 * Minute),
                Of(ChannelSignalKind.OptedOut, now + 3 * Minute),
            ],
        };
    }

    private static string Played(ProviderTalk talk, IEnumerable<ConversationEvent> events)
    {
        foreach (var @event in events)
        {
            talk.Happen(@event);
        }

        return StateIn(talk);
    }

    private static string StateIn(ProviderTalk talk)
    {
        var conversation = talk.Conversation;
        var messages = conversation.Messages.OrderBy(message => message.ProviderId ?? message.Id, StringComparer.Ordinal).Select(message => $"{message.Author} {message.Channel} {message.Delivery} \"{message.Text}\"");
        return string.Join('\n', messages) + $"""

            plan={(conversation.Plan is { } plan ? string.Join(',', plan.Steps.Select(step => $"{step.State} {step.AskAt is not null}")) : "none")} human={conversation.Human is not null} last={conversation.LastAuthor}
            optedOut={string.Join(',', conversation.OptedOut)} dead={string.Join(',', conversation.DeadAddresses)} opened={conversation.OpenedAt(talk.Channel):O} marks={conversation.MarksOf(talk.Channel)} attempts={conversation.Attempts.Count} parked={conversation.Parked?.Count ?? 0}
            sent={conversation.FollowUpsSentAt.Count}
            """;
    }
}

using FollowUp.Ai;
using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Opinions;
using FollowUp.Understanding;
using FollowUp.Workspaces;
using NodaTime;

namespace FollowUp.Silo.Ai;

/// <summary>One conversation in virtual time whose decisions are the real ones and whose model is asked over real HTTP. Providers take everything.</summary>
internal sealed class PlayedConversation(string id, Bot bot, ContactData contact, Channel channel, ModelUnderstanding reader, ModelWriter writer)
{
    private int tokens;
    private DateTimeOffset now;

    public Conversation Conversation { get; private set; } = new() { BotId = "bot", Contact = contact };

    /// <summary>Everything handed to a provider, with the instant.</summary>
    public List<(Attempt Attempt, DateTimeOffset At)> Sent { get; } = [];

    /// <summary>The first dates of every plan that was ever laid, with the message's instant.</summary>
    public List<(DateTimeOffset MessageAt, DateTimeOffset Due, int Steps)> Planned { get; } = [];

    public List<HistoryEntry> History { get; } = [];

    /// <summary>Second opinions that were believed.</summary>
    public int Opinions { get; private set; }

    public async Task ContactAsync(DateTimeOffset at, string text)
    {
        await UntilAsync(at);
        var detection = Detector.Detect(text, new DetectorContext { SentAt = Instant.FromDateTimeOffset(now), Zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(contact.TimeZone ?? "UTC")! });
        await HappenAsync(new ConversationEvent.ContactWrote(new IncomingMessage { MessageId = $"m-{tokens}", Author = Author.Contact, Channel = channel, Text = text, SentAt = now }, detection));
    }

    public async Task BotAsync(DateTimeOffset at, string text)
    {
        await UntilAsync(at);
        await HappenAsync(new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = $"m-{tokens}", Author = Author.Bot, Channel = channel, Text = text, SentAt = now }));
    }

    /// <summary>Lets everything happen by itself until then.</summary>
    public async Task UntilAsync(DateTimeOffset until)
    {
        while (ConversationDecider.NextWakeUpAt(Conversation) is { } wake && wake <= until)
        {
            now = wake > now ? wake : now;
            await HappenAsync(new ConversationEvent.WokeUp());
        }

        now = until;
    }

    private async Task HappenAsync(ConversationEvent first)
    {
        var events = new Queue<ConversationEvent>([first]);
        while (events.TryDequeue(out var @event))
        {
            var before = Conversation.Plan?.Id;
            var decision = ConversationDecider.Decide(Conversation, @event, Circumstances());
            Conversation = decision.Conversation;
            History.AddRange(decision.Happened.Select(line => line.Entry));
            if (Conversation.Plan is { } plan && plan.Id != before)
            {
                Planned.Add((Conversation.Messages.LastOrDefault(message => message.Author is Author.Contact)?.At ?? now, plan.Steps[0].DueAt ?? now, plan.Steps.Count));
            }

            foreach (var effect in decision.Effects)
            {
                if (await OutcomeAsync(effect) is { } outcome)
                {
                    events.Enqueue(outcome);
                }
            }
        }
    }

    private async Task<ConversationEvent?> OutcomeAsync(Effect effect)
    {
        switch (effect)
        {
            case Effect.Understand understand:
                var opinion = await reader.ReadAsync("default", understand.Brief, CancellationToken.None) is { } reading ? Opinion.Of(reading, understand.Brief) : null;
                Opinions += opinion is null ? 0 : 1;
                return new ConversationEvent.Understood(understand.Brief.MessageId, opinion);
            case Effect.WriteStep write:
                return new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, await writer.WriteAsync("default", write.Brief, CancellationToken.None));
            case Effect.WriteAnswer write:
                return new ConversationEvent.AnswerWritten(write.MessageId, write.PlanVersion, await writer.WriteAsync("default", write.Brief, CancellationToken.None));
            case Effect.Send send:
                Sent.Add((send.Attempt, now));
                return new ConversationEvent.AttemptEnded(send.Attempt.Id, new SendResult.Accepted($"provider-{send.Attempt.Id}"));
            case Effect.DeliverOutbox:
                return new ConversationEvent.OutboxDelivered([.. Conversation.Outbox.Select(entry => entry.Id)]);
            default:
                return null;
        }
    }

    private Circumstances Circumstances() => new()
    {
        Now = now,
        ConversationId = id,
        Bot = new BotSnapshot { Id = "bot", Settings = bot },
        Workspace = new WorkspaceSettings(),
        Connections = Enum.GetValues<Channel>().ToDictionary(each => each, each => each.ToString()),
        HasModel = reader.IsAvailableIn("default"),
        Token = (tokens++).ToString("D8"),
    };
}

using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Understanding;
using FollowUp.Workspaces;
using FollowUp.Writing;

namespace FollowUp.Channels;

/// <summary>One conversation driven event by event: writers write at once, sends wait until the test answers them.</summary>
public sealed class ProviderTalk
{
    /// <summary>Two nudges (2 hours, 1 day); any time; business in UTC; SMS takes over.</summary>
    public static Bot SwitchingBot { get; } = new()
    {
        Name = "Acme",
        TimeZone = "UTC",
        OwnAnswers = OwnAnswers.External,
        FollowUp = new FollowUpSettings
        {
            Scenarios = new Scenarios { StoppedResponding = new ScenarioSettings { Steps = [Nudge("n1", 2, DelayUnit.Hours), Nudge("n2", 1, DelayUnit.Days)] } },
            ChannelSwitching = new ChannelSwitching { Enabled = true },
        },
    };

    private readonly Dictionary<Channel, string> connections = Enum.GetValues<Channel>().ToDictionary(channel => channel, channel => channel is Channel.LiveChat ? "" : $"connection-{channel}");
    private int tokens;

    public ProviderTalk(Channel channel, Bot? bot = null, bool sms = true)
    {
        Channel = channel;
        Bot = new BotSnapshot { Id = "bot", Settings = bot ?? SwitchingBot, Version = 1 };
        var addresses = new Dictionary<Channel, string> { [channel] = channel is Channel.WhatsApp ? "+16505551234" : "2001" };
        if (sms)
        {
            addresses[Channel.Sms] = "+16505551234";
        }

        Conversation = new Conversation { BotId = "bot", Contact = new ContactData { Addresses = addresses, Consent = sms ? new Dictionary<Channel, Consent> { [Channel.Sms] = new() } : null } };
    }

    public Channel Channel { get; }

    public BotSnapshot Bot { get; }

    public Conversation Conversation { get; set; }

    /// <summary>A Tuesday noon.</summary>
    public DateTimeOffset Now { get; set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public List<string> StoppedTemplates { get; } = [];

    /// <summary>Every attempt that was handed to a connector.</summary>
    public List<Attempt> Sends { get; } = [];

    /// <summary>What other grains were asked for.</summary>
    public List<OutboxEntry> Asked { get; } = [];

    public ResponseInfo Info => ResponseInfos.Of(Conversation, Circumstances());

    public Decision Happen(ConversationEvent @event)
    {
        var first = ConversationDecider.Decide(Conversation, @event, Circumstances());
        Follow(first);
        return first;
    }

    /// <summary>The contact writes.</summary>
    public Decision Contact(string text, string? id = null, Channel? channel = null) => Happen(new ConversationEvent.ContactWrote(
        new IncomingMessage { MessageId = id ?? $"in-{tokens}", Author = Author.Contact, Channel = channel ?? Channel, Text = text, SentAt = Now },
        new Detection { Intent = Intent.Normal, Confidence = 1, Judge = Judge.BuiltIn, Language = "en", Evidence = "" }));

    public Decision Told(Author author, string text, bool send = false) =>
        Happen(new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = $"told-{tokens}", Author = author, Channel = Channel, Text = text, SentAt = Now, Send = send }));

    /// <summary>The contact asks, the bot answers, and the nudge falls due: its attempt is with the provider.</summary>
    public Attempt NudgeUnderWay()
    {
        Contact("how much is it?", "in-first");
        Now += TimeSpan.FromMinutes(1);
        Told(Author.Bot, "From 40. Shall I show you?");
        return Due();
    }

    /// <summary>Goes to the next wake-up.</summary>
    public Attempt Due()
    {
        Wake();
        return Sends[^1];
    }

    public void Wake()
    {
        Now = ConversationDecider.NextWakeUpAt(Conversation) is { } at && at > Now ? at : Now;
        Happen(new ConversationEvent.WokeUp());
    }

    public Decision Answer(Attempt attempt, SendResult result) => Happen(new ConversationEvent.AttemptEnded(attempt.Id, result));

    public Decision Status(string id, Delivery state, string? code = null, string? attempt = null) =>
        Happen(new ConversationEvent.ReceiptCame(new Receipt { MessageId = id, ProviderMessageId = id, AttemptId = attempt, State = state, ErrorCode = code }));

    public Decision Echo(string id, string text, string? attempt = null, Author author = Author.Agent) =>
        Happen(new ConversationEvent.EchoCame(new IncomingMessage { MessageId = id, Author = author, Channel = Channel, Text = text, SentAt = Now }, attempt));

    public Decision Signal(ChannelSignalKind kind, DateTimeOffset? at = null, string? id = null, string? text = null) =>
        Happen(new ConversationEvent.Signalled(new ChannelSignal { Kind = kind, Channel = Channel, At = at ?? Now, MessageId = id, Text = text }));

    /// <summary>What a person reads in the Response Info since the plan was laid, and what was asked of others.</summary>
    public string Story()
    {
        var info = Info;
        var lines = info.History
            .Where(line => line.Kind is not (HistoryKind.Planned or HistoryKind.Sent))
            .Select(line => string.Join(' ', new[] { Words(line.Kind), line.Kind is HistoryKind.Note ? null : line.Reason is { } reason ? Words(reason) : null, line.Kind is HistoryKind.SwitchedChannel ? Words(line.Channel!.Value) : null, line.Kind is HistoryKind.Note ? null : line.Detail }.OfType<string>()));
        var waiting = info.Plan?.Steps.Where(step => step.WaitingFor?.StartsWith("another try", StringComparison.Ordinal) is true).Select(step => step.WaitingFor!) ?? [];
        return string.Join(" | ", lines.Concat(waiting).Concat(Asked.Where(entry => entry.Kind is not (OutboxKind.SuppressAddress or OutboxKind.TellTeam)).Select(entry => Words(entry.Kind))));
    }

    public Circumstances Circumstances() => new()
    {
        Now = Now,
        ConversationId = "c-1",
        Bot = Bot,
        Workspace = new WorkspaceSettings(),
        Connections = connections,
        StoppedTemplates = StoppedTemplates,
        Token = (tokens++).ToString("D6"),
    };

    private static FollowUpStep Nudge(string id, int value, DelayUnit unit) => new() { Id = id, Delay = Delay.Of(value, unit), Message = new StepMessage { Kind = MessageKind.Ai } };

    private static string Words<T>(T word)
        where T : Enum => char.ToLowerInvariant(word.ToString()[0]) + word.ToString()[1..];

    private void Follow(Decision decision)
    {
        Conversation = decision.Conversation;
        foreach (var effect in decision.Effects)
        {
            switch (effect)
            {
                case Effect.WriteStep write:
                    Happen(new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, Composer.Compose(write.Brief)));
                    break;
                case Effect.Send send:
                    Sends.Add(send.Attempt);
                    break;
                case Effect.DeliverOutbox:
                    Asked.AddRange(Conversation.Outbox.Where(entry => Asked.All(asked => asked.Id != entry.Id)));
                    break;
            }
        }
    }
}

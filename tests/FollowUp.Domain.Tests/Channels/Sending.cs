using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Simulation;
using FollowUp.Understanding;
using FollowUp.Workspaces;

namespace FollowUp.Channels;

/// <summary>One conversation under a test's hand: it decides, the test plays provider, webhook and clock.</summary>
internal sealed class Sending
{
    private int tokens;

    public Sending(Bot? bot = null, ContactData? contact = null, Channel channel = Channel.Sms)
    {
        Channel = channel;
        Bot = new BotSnapshot { Id = "acme", Settings = bot ?? Some.Bot };
        Conversation = new Conversation
        {
            BotId = "acme",
            Contact = contact ?? new ContactData
            {
                Addresses = new Dictionary<Channel, string> { [Channel.Sms] = "+13035550142", [Channel.WhatsApp] = "+13035550142" },
                Consent = new Dictionary<Channel, Consent> { [Channel.Sms] = new() },
            },
        };
    }

    public Channel Channel { get; }

    public BotSnapshot Bot { get; set; }

    public Conversation Conversation { get; private set; }

    /// <summary>A Tuesday noon, UTC.</summary>
    public DateTimeOffset Now { get; private set; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<string> Repeatable { get; init; } = [];

    public IReadOnlyList<Channel> Suppressed { get; set; } = [];

    public bool Behind { get; set; }

    /// <summary>What the last event asked to be sent.</summary>
    public List<Attempt> Asked { get; } = [];

    public ResponseInfo Info => ResponseInfos.Of(Conversation, Circumstances());

    public IEnumerable<(HistoryKind Kind, Reason? Reason, string? Detail)> History => Info.History.Select(line => (line.Kind, line.Reason, line.Detail));

    /// <summary>The contact writes, the bot answers, two hours pass: the first nudge is with the provider.</summary>
    public Attempt UntilSending()
    {
        Contact("m1", "how much is it?");
        Bots("From 40. Ok?");
        return Later(TimeSpan.FromHours(2)) ?? throw new InvalidOperationException("Nothing was sent.");
    }

    public void Contact(string id, string text, Channel? channel = null, DateTimeOffset? sentAt = null, ProviderKeyword? keyword = null)
    {
        var message = new IncomingMessage { MessageId = id, Author = Author.Contact, Channel = channel ?? Channel, Text = text, SentAt = sentAt ?? Now, Keyword = keyword };
        Happen(new ConversationEvent.ContactWrote(message, Detector.Detect(text, new DetectorContext { SentAt = NodaTime.Instant.FromDateTimeOffset(sentAt ?? Now), Zone = NodaTime.DateTimeZone.Utc })));
    }

    public void Bots(string text) => Happen(new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = $"b{tokens}", Author = Author.Bot, Channel = Channel, Text = text, SentAt = Now }));

    public void Agent(string text) => Happen(new ConversationEvent.OurSideWrote(new IncomingMessage { MessageId = $"g{tokens}", Author = Author.Agent, Channel = Channel, Text = text, SentAt = Now, By = "user-7" }));

    /// <summary>The provider's word on an attempt.</summary>
    public void Ends(Attempt attempt, SendResult result) => Happen(new ConversationEvent.AttemptEnded(attempt.Id, result));

    /// <summary>A status callback, as the gateway makes a receipt of it.</summary>
    public void CallsBack(Attempt attempt, Delivery state, string? code = null, string sid = "SM1", DateTimeOffset? doneAt = null) =>
        Happen(new ConversationEvent.ReceiptCame(new Receipt { MessageId = sid, ProviderMessageId = sid, AttemptId = attempt.Id, State = state, ErrorCode = code, DoneAt = doneAt }));

    public void Does(PersonAction action) => Happen(new ConversationEvent.PersonActed(action));

    /// <summary>Time passes and the conversation wakes; the attempt it then asks to send, if any.</summary>
    public Attempt? Later(TimeSpan time)
    {
        var before = Asked.Count;
        Now += time;
        Happen(new ConversationEvent.WokeUp());
        return Asked.Count > before ? Asked[^1] : null;
    }

    /// <summary>The activation died and another one loads the document.</summary>
    public void Recovers() => Happen(new ConversationEvent.Recovered());

    public void Happen(ConversationEvent first)
    {
        var events = new Queue<ConversationEvent>([first]);
        while (events.TryDequeue(out var @event))
        {
            var decision = ConversationDecider.Decide(Conversation, @event, Circumstances());
            Conversation = decision.Conversation;
            foreach (var effect in decision.Effects)
            {
                switch (effect)
                {
                    case Effect.WriteStep write:
                        events.Enqueue(new ConversationEvent.TextWritten(write.PlanId, write.StepId, write.PlanVersion, new Written.Text($"Still there? ({write.StepId})", BuiltIn: true)));
                        break;
                    case Effect.Send send:
                        Asked.Add(send.Attempt);
                        break;
                }
            }
        }
    }

    private Circumstances Circumstances() => new()
    {
        Now = Now,
        ConversationId = "c-1",
        Bot = Bot,
        Workspace = new WorkspaceSettings { QuietHours = null },
        Connections = Enum.GetValues<Channel>().ToDictionary(channel => channel, channel => channel.ToString()),
        Repeatable = Repeatable,
        Suppressed = Suppressed,
        Behind = Behind,
        Token = (tokens++).ToString("D6"),
    };
}

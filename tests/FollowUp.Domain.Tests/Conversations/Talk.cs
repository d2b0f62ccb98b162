using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Simulation;
using FollowUp.Understanding;
using FollowUp.Workspaces;
using NodaTime;

namespace FollowUp.Conversations;

/// <summary>One WhatsApp conversation told event by event to the decider; from noon of a Tuesday, with <see cref="Some.Bot"/>, whose own answers are given elsewhere.</summary>
public abstract class Talk
{
    private int tokens;

    protected static DateTimeOffset Noon { get; } = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    protected Conversation Conversation { get; private set; } = new() { BotId = "bot", Contact = new ContactData { Name = "Dana Cruz", Addresses = new Dictionary<Channel, string> { [Channel.WhatsApp] = "+13035550142" } } };

    protected DateTimeOffset Now { get; set; } = Noon;

    protected Bot Bot { get; set; } = Some.Bot with { OwnAnswers = OwnAnswers.External };

    protected bool HasModel { get; set; }

    /// <summary>Of the last event.</summary>
    protected IReadOnlyList<Effect> Effects { get; private set; } = [];

    /// <summary>Of the last event.</summary>
    protected Problem? Problem { get; private set; }

    protected Plan? Plan => Conversation.Plan;

    protected void Contact(string text)
    {
        var detection = Detector.Detect(text, new DetectorContext { SentAt = Instant.FromDateTimeOffset(Now), Zone = DateTimeZone.Utc });
        Happen(new ConversationEvent.ContactWrote(Told(Author.Contact, text), detection));
    }

    protected void OurBot(string text) => Happen(new ConversationEvent.OurSideWrote(Told(Author.Bot, text)));

    protected void Agent(string text) => Happen(new ConversationEvent.OurSideWrote(Told(Author.Agent, text)));

    protected void Act(PersonAction action) => Happen(new ConversationEvent.PersonActed(action));

    /// <summary>Moves to when the conversation next wakes by itself, and wakes it.</summary>
    protected void WakeUp()
    {
        Now = ConversationDecider.NextWakeUpAt(Conversation)!.Value;
        Happen(new ConversationEvent.WokeUp());
    }

    protected void Happen(ConversationEvent @event)
    {
        tokens++;
        var decision = ConversationDecider.Decide(Conversation, @event, Circumstances());
        (Conversation, Effects, Problem) = (decision.Conversation, decision.Effects, decision.Problem);
    }

    protected Circumstances Circumstances() => new()
    {
        Now = Now,
        ConversationId = "c-1",
        Bot = BotSaves.New("bot", Bot, Noon.AddDays(-1)),
        Workspace = new WorkspaceSettings(),
        Connections = Enum.GetValues<Channel>().ToDictionary(channel => channel, channel => channel.ToString()),
        HasModel = HasModel,
        Token = tokens.ToString("D4"),
    };

    private IncomingMessage Told(Author author, string text) => new() { MessageId = $"m-{tokens + 1}", Author = author, Channel = Channel.WhatsApp, Text = text, SentAt = Now };
}

using FollowUp.Channels;
using FollowUp.Planning;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>The stored document of one conversation: the contact's one thread with the business over all channels. It is rewritten with every message, so it is kept small: the current page of messages, the live plan, a bounded history.</summary>
public sealed record Conversation
{
    /// <summary>Format of this document; every released one loads for ever.</summary>
    public int Format { get; init; } = 1;

    public string? BotId { get; init; }
    public ContactData Contact { get; init; } = new();

    /// <summary>Raised by any inbound, takeover, edit or cancellation.</summary>
    public long PlanVersion { get; init; }

    public DateTimeOffset LastActivityAt { get; init; }

    /// <summary>The current page; full pages have moved to the transcript store.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>Number of the current page, from 0.</summary>
    public int Page { get; init; }

    /// <summary>The last live chat sequence number given; gap-free from 1.</summary>
    public long LastSequence { get; init; }

    /// <summary>Who stands last, marks and auto-replies aside; null before the first message.</summary>
    public Author? LastAuthor { get; init; }

    /// <summary>When our side's last message stood: the clock that late inbound messages are compared with.</summary>
    public DateTimeOffset? LastOutboundAt { get; init; }

    /// <summary>The latest inbound by channel; never moves backwards.</summary>
    public IReadOnlyDictionary<Channel, DateTimeOffset> InboundAt { get; init; } = new Dictionary<Channel, DateTimeOffset>();

    /// <summary>The channel the contact last wrote on; before that, the one our side did.</summary>
    public Channel? Channel { get; init; }

    /// <summary>The connection last used by channel.</summary>
    public IReadOnlyDictionary<Channel, string> Connections { get; init; } = new Dictionary<Channel, string>();

    /// <summary>Channels on which our side has written before: a first message on a new one says who writes.</summary>
    public IReadOnlyList<Channel> WrittenOn { get; init; } = [];

    public Episode Episode { get; init; } = new();
    public Plan? Plan { get; init; }

    /// <summary>The plan whose last step went out, until the contact writes: a provider may still tell that it failed.</summary>
    public Plan? Finished { get; init; }

    /// <summary>The plan that expired while the bot was inactive, for an explicit resume.</summary>
    public Plan? Missed { get; init; }

    public IReadOnlyList<HistoryEntry> History { get; init; } = [];
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Sends whose outcome is not known yet.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>A follow-up in the live chat that the visitor's widget has not taken yet.</summary>
    public Unacknowledged? Unacknowledged { get; init; }

    /// <summary>The answer the bot owes.</summary>
    public OwedAnswer? Owed { get; init; }

    /// <summary>The model's second opinion that is still out.</summary>
    public OwedOpinion? Opinion { get; init; }

    /// <summary>A suggestive bot's answer that waits for approval.</summary>
    public AnswerDraft? Draft { get; init; }

    public IReadOnlyList<AnswerInfo> Answers { get; init; } = [];

    public HumanInCharge? Human { get; init; }
    public bool HandedOver { get; init; }
    public bool Closed { get; init; }
    public bool Erased { get; init; }

    /// <summary>The conversation this one was merged into.</summary>
    public string? MergedInto { get; init; }

    public string? Goal { get; init; }

    public bool OptedOutOfAll { get; init; }
    public IReadOnlyList<Channel> OptedOut { get; init; } = [];

    /// <summary>Channels whose address can lastingly not be reached.</summary>
    public IReadOnlyList<Channel> DeadAddresses { get; init; } = [];

    /// <summary>What providers told of each channel beside messages.</summary>
    public IReadOnlyDictionary<Channel, ChannelMarks>? Marks { get; init; }

    /// <summary>Receipts of messages whose own acceptance is not stored yet; the latest few.</summary>
    public IReadOnlyList<Receipt>? Parked { get; init; }

    /// <summary>Messages that the contact changed or took back, maybe before they came here; the latest few.</summary>
    public IReadOnlyList<MessageChange>? Changes { get; init; }

    /// <summary>When follow-ups were accepted, for the limits; a year at most.</summary>
    public IReadOnlyList<DateTimeOffset> FollowUpsSentAt { get; init; } = [];

    /// <summary>The owning bot's messages, follow-ups included.</summary>
    public int BotMessages { get; init; }

    /// <summary>The contact's last message as it was understood.</summary>
    public Detection? LastDetection { get; init; }

    /// <summary>Effects on others that are not yet confirmed.</summary>
    public IReadOnlyList<OutboxEntry> Outbox { get; init; } = [];

    public SeenIds Seen { get; init; } = new();

    /// <summary>What the standing reminder stands for; null: there is none.</summary>
    public DateTimeOffset? AlarmAt { get; init; }
}

/// <summary>One line of the transcript as it is stored.</summary>
public sealed record Message
{
    public required string Id { get; init; }
    public required Author Author { get; init; }
    public required Channel Channel { get; init; }
    public string Text { get; init; } = "";
    public required DateTimeOffset At { get; init; }
    public IReadOnlyList<Attachment>? Attachments { get; init; }
    public long? Sequence { get; init; }
    public Delivery? Delivery { get; init; }
    public string? ProviderId { get; init; }
    public string? PlanId { get; init; }
    public string? StepId { get; init; }
    public bool BuiltIn { get; init; }
    public Reason? Reason { get; init; }
    public string? By { get; init; }

    /// <summary>When it was told delivered, by the network's own time; <see cref="DateTimeOffset.MinValue"/> where it gave none.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>The same for undelivered.</summary>
    public DateTimeOffset? UndeliveredAt { get; init; }

    /// <summary>When the request left, for a message the engine sent: a provider's own time of it is never earlier.</summary>
    public DateTimeOffset? AttemptedAt { get; init; }

    /// <summary>The approved template it went as.</summary>
    public string? Template { get; init; }
}

/// <summary>A contact's message was changed, or (no text) taken back.</summary>
public sealed record MessageChange
{
    public required string MessageId { get; init; }
    public required DateTimeOffset At { get; init; }
    public string? Text { get; init; }
}

/// <summary>What a provider told of one channel; each only moves forward, so the order of webhooks does not matter.</summary>
public sealed record ChannelMarks
{
    /// <summary>The contact opened the window without writing.</summary>
    public DateTimeOffset? OpenedAt { get; init; }

    /// <summary>The window was closed for a message sent then, whatever our clock says; what opened it later counts.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>The provider asks to leave the contact alone here until then.</summary>
    public DateTimeOffset? RestsUntil { get; init; }

    /// <summary>Everything of ours up to then was delivered.</summary>
    public DateTimeOffset? DeliveredUntil { get; init; }

    /// <summary>Everything of ours up to then was read.</summary>
    public DateTimeOffset? ReadUntil { get; init; }

    /// <summary>The latest change of the contact's preference at the provider.</summary>
    public DateTimeOffset? PreferenceAt { get; init; }

    /// <summary>When the thread last changed hands.</summary>
    public DateTimeOffset? ThreadAt { get; init; }
}

/// <summary>One stretch of silence, and what was already done about it.</summary>
public sealed record Episode
{
    /// <summary>Nothing is chased until the contact writes again.</summary>
    public bool Over { get; init; }

    /// <summary>A plan was laid in this episode; a second one is not.</summary>
    public bool Planned { get; init; }

    /// <summary>At most five an episode.</summary>
    public int FollowUpsSent { get; init; }

    /// <summary>A goal was reached: booked, paid, a tag, a custom event.</summary>
    public bool GoalReached { get; init; }

    /// <summary>Chasing does not start before: the contact named a time whose scenario is off.</summary>
    public DateTimeOffset? NotBefore { get; init; }
}

/// <summary>A person is in charge, or was: the bot rests.</summary>
public sealed record HumanInCharge
{
    public string? By { get; init; }
    public DateTimeOffset Since { get; init; }

    /// <summary>Taken over explicitly: until released, whatever the clock says.</summary>
    public bool Explicit { get; init; }

    /// <summary>The bot rests until then; null: for ever.</summary>
    public DateTimeOffset? AsleepUntil { get; init; }

    /// <summary>The bot has spoken again by itself: plans are laid again, and held while it is asleep.</summary>
    public bool BotSpoke { get; init; }
}

/// <summary>An answer of the bot's own that is still to be given.</summary>
public sealed record OwedAnswer
{
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The contact's message it answers (the first of several).</summary>
    public required string MessageId { get; init; }

    public int Messages { get; init; } = 1;

    /// <summary>Failed tries.</summary>
    public int Tries { get; init; }
}

/// <summary>A follow-up that stands in the live chat, unacknowledged so far.</summary>
public sealed record Unacknowledged
{
    public required string MessageId { get; init; }

    /// <summary>When to look again; null while it is on its way by another channel.</summary>
    public DateTimeOffset? AskAt { get; init; }

    /// <summary>Looks that found the visitor there.</summary>
    public int Asked { get; init; }

    /// <summary>Attempts on the other channel.</summary>
    public int Tries { get; init; }
}

/// <summary>A drafted answer.</summary>
public sealed record AnswerDraft
{
    /// <summary>Approved, edited or refused by this id, as a step is.</summary>
    public required string Id { get; init; }

    /// <summary>The contact's message it answers.</summary>
    public required string MessageId { get; init; }

    public required string Text { get; init; }

    /// <summary>A person's text, with merge fields.</summary>
    public bool TextByHand { get; init; }

    public bool BuiltIn { get; init; }
    public string? Model { get; init; }
    public required Channel Channel { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Stale from then on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A model's second opinion of the contact's last message, and what stood before that message.</summary>
public sealed record OwedOpinion
{
    public required string MessageId { get; init; }

    /// <summary>The version the first reading left: what was decided since then stands.</summary>
    public required long PlanVersion { get; init; }

    /// <summary>The first reading.</summary>
    public required Detection First { get; init; }

    public required string Language { get; init; }

    /// <summary>Later than this it is not waited for.</summary>
    public required DateTimeOffset Until { get; init; }

    public Plan? PlanBefore { get; init; }
    public required Episode EpisodeBefore { get; init; }
    public Author? LastAuthorBefore { get; init; }
}

/// <summary>What an attempt sends.</summary>
public enum AttemptKind
{
    FollowUp,
    Answer,
    OptOutConfirmation,
    Told,

    /// <summary>A follow-up of the live chat that moved to another channel: the same one, counted once.</summary>
    MovedFollowUp,
}

/// <summary>One send: durable before the request leaves.</summary>
public sealed record Attempt
{
    public required string Id { get; init; }
    public required AttemptKind Kind { get; init; }
    public string? PlanId { get; init; }
    public string? StepId { get; init; }
    public required string MessageId { get; init; }
    public required Author Author { get; init; }
    public required Channel Channel { get; init; }
    public required string To { get; init; }
    public required string ConnectionId { get; init; }
    public required string Text { get; init; }
    public required DateTimeOffset At { get; init; }
    public bool BuiltIn { get; init; }
    public string? By { get; init; }

    /// <summary>The provider may or may not have taken it; it is never sent again by itself.</summary>
    public bool Uncertain { get; init; }

    /// <summary>When to ask the provider next.</summary>
    public DateTimeOffset? ReconcileAt { get; init; }

    /// <summary>A reply was taken while it was with the provider.</summary>
    public bool Crossed { get; init; }

    /// <summary>"Not processed" answers so far.</summary>
    public int Tries { get; init; }

    /// <summary>Sent again not before this instant; null while a request is under way.</summary>
    public DateTimeOffset? RetryAt { get; init; }

    /// <summary>How long the provider may keep it queued; null: no bound.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>The other end knows repeats by this attempt's id: the request may be made again.</summary>
    public bool Repeatable { get; init; }

    /// <summary>A request of it left us, and no answer told what became of it.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>It goes as an approved template; <see cref="Text"/> says so in words.</summary>
    public TemplateMessage? Template { get; init; }
}

/// <summary>An approved template with its values.</summary>
public sealed record TemplateMessage
{
    public required string Name { get; init; }
    public required string Language { get; init; }
    public IReadOnlyList<string> Parameters { get; init; } = [];
}

/// <summary>What an outbox entry does elsewhere.</summary>
public enum OutboxKind
{
    SuppressAddress,
    LiftSuppression,
    ReleaseAddress,
    PauseConnection,
    AdoptConversation,
    StopTemplate,
    CountFiltered,
    TellTeam,
}

/// <summary>An effect on another grain; kept until confirmed, done at least once, each idempotent by its id.</summary>
public sealed record OutboxEntry
{
    public required string Id { get; init; }
    public required OutboxKind Kind { get; init; }
    public Channel? Channel { get; init; }

    /// <summary>The address, connection or conversation it is about.</summary>
    public string? Subject { get; init; }

    public string? Detail { get; init; }
}

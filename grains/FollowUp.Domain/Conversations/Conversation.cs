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

using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>A file that came or goes with a message.</summary>
[GenerateSerializer, Immutable, Alias("followup.Attachment")]
public sealed record Attachment
{
    [Id(0)] public required string Url { get; init; }
    [Id(1)] public string? Type { get; init; }
}

/// <summary>What a provider itself took a contact's message for; it has answered the contact already.</summary>
public enum ProviderKeyword
{
    /// <summary>The contact opted out there.</summary>
    Stop,

    /// <summary>And in again.</summary>
    Start,

    /// <summary>The contact asked what this is.</summary>
    Help,
}

/// <summary>A message told to the engine: a contact's, or one of our side's (SPEC §4).</summary>
[GenerateSerializer, Immutable, Alias("followup.IncomingMessage")]
public sealed record IncomingMessage
{
    /// <summary>The provider's or the caller's id; a duplicate changes nothing. Absent: the gateway makes one.</summary>
    [Id(0)] public string? MessageId { get; init; }

    [Id(1)] public required Author Author { get; init; }

    [Id(2)] public required Channel Channel { get; init; }

    /// <summary>At most 4,096 characters; may be absent with attachments.</summary>
    [Id(3)] public string? Text { get; init; }

    /// <summary>When it was written; absent: the engine's now. Clamped to 7 days before and 5 minutes after.</summary>
    [Id(4)] public DateTimeOffset? SentAt { get; init; }

    /// <summary>Needed with the first message only: the owning bot.</summary>
    [Id(5)] public string? BotId { get; init; }

    /// <summary>Needed with the first message only; what it names is merged into what is known.</summary>
    [Id(6)] public ContactData? Contact { get; init; }

    [Id(7)] public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Asks the engine to send it, for messages of our side.</summary>
    [Id(8)] public bool Send { get; init; }

    /// <summary>The connection it came or goes by; absent: the conversation's.</summary>
    [Id(9)] public string? ConnectionId { get; init; }

    /// <summary>What the provider took it for, when it says so: that counts before our own reading of the words.</summary>
    [Id(20)] public ProviderKeyword? Keyword { get; init; }

    /// <summary>Who wrote it, for a person's message.</summary>
    [Id(10)] public string? By { get; init; }
}

/// <summary>The acknowledgement of a message; it is durable when this is answered.</summary>
[GenerateSerializer, Immutable, Alias("followup.MessageReceived")]
public sealed record MessageReceived
{
    [Id(0)] public required string MessageId { get; init; }
    [Id(1)] public bool Duplicate { get; init; }
    [Id(2)] public long PlanVersion { get; init; }

    /// <summary>Of a contact's message; null for our side's.</summary>
    [Id(3)] public Understanding.Intent? Intent { get; init; }

    [Id(4)] public ConversationStatus Status { get; init; }

    /// <summary>The live chat sequence number given to it; null on other channels.</summary>
    [Id(5)] public long? Sequence { get; init; }
}

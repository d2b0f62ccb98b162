using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>A conversation's state, as <c>GET /conversations/{id}</c> answers.</summary>
[GenerateSerializer, Immutable, Alias("followup.ConversationView")]
public sealed record ConversationView
{
    [Id(0)] public required string ConversationId { get; init; }
    [Id(1)] public required ConversationStatus Status { get; init; }
    [Id(2)] public string? BotId { get; init; }
    [Id(3)] public required ContactData Contact { get; init; }
    [Id(4)] public long PlanVersion { get; init; }
    [Id(5)] public DateTimeOffset LastActivityAt { get; init; }
    [Id(6)] public DateTimeOffset? NextDueAt { get; init; }
    [Id(7)] public IReadOnlyList<Channel> OptedOut { get; init; } = [];

    /// <summary>Opted out of all channels.</summary>
    [Id(8)] public bool OptedOutOfAll { get; init; }

    [Id(9)] public IReadOnlyList<Channel> DeadAddresses { get; init; } = [];
    [Id(10)] public string? Goal { get; init; }
    [Id(11)] public TranscriptMessage? LastMessage { get; init; }

    /// <summary>Channel last written on by the contact.</summary>
    [Id(12)] public Channel? Channel { get; init; }

    /// <summary>The last live chat sequence number given.</summary>
    [Id(13)] public long LastSequence { get; init; }

    /// <summary>The conversation this one was merged into.</summary>
    [Id(20)] public string? MergedInto { get; init; }

    /// <summary>The contact was writing in the last seconds (live chat only).</summary>
    [Id(21)] public bool ContactTyping { get; init; }
}

/// <summary>One row of the inbox.</summary>
[GenerateSerializer, Immutable, Alias("followup.InboxItem")]
public sealed record InboxItem
{
    [Id(0)] public required string ConversationId { get; init; }
    [Id(1)] public string? ContactName { get; init; }
    [Id(2)] public required ConversationStatus Status { get; init; }
    [Id(3)] public string? BotId { get; init; }
    [Id(4)] public TranscriptMessage? LastMessage { get; init; }
    [Id(5)] public DateTimeOffset LastActivityAt { get; init; }
    [Id(6)] public DateTimeOffset? NextDueAt { get; init; }
}

/// <summary>One pending follow-up of the workspace.</summary>
[GenerateSerializer, Immutable, Alias("followup.PendingFollowUp")]
public sealed record PendingFollowUp
{
    [Id(0)] public required string ConversationId { get; init; }
    [Id(1)] public string? ContactName { get; init; }
    [Id(2)] public string? BotId { get; init; }
    [Id(3)] public required string PlanId { get; init; }
    [Id(4)] public required string StepId { get; init; }
    [Id(5)] public required Scenario Scenario { get; init; }
    [Id(6)] public required StepState State { get; init; }
    [Id(7)] public DateTimeOffset? DueAt { get; init; }
    [Id(8)] public Expected? Expected { get; init; }
    [Id(9)] public Channel? Channel { get; init; }

    /// <summary>The draft, when it awaits approval.</summary>
    [Id(10)] public string? Text { get; init; }
}

/// <summary>A note for the team.</summary>
[GenerateSerializer, Immutable, Alias("followup.Note")]
public sealed record Note
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required string Text { get; init; }
    [Id(2)] public Reason? Reason { get; init; }
}

/// <summary>What a channel adapter tells of a message's fate.</summary>
[GenerateSerializer, Immutable, Alias("followup.Receipt")]
public sealed record Receipt
{
    /// <summary>Our message id, or the provider's.</summary>
    [Id(0)] public string? MessageId { get; init; }

    [Id(1)] public required Delivery State { get; init; }

    /// <summary>The provider's error code, with <see cref="Delivery.Undelivered"/>.</summary>
    [Id(2)] public string? ErrorCode { get; init; }

    /// <summary>Our attempt id, when the provider carried it back.</summary>
    [Id(3)] public string? AttemptId { get; init; }

    /// <summary>The provider's own message id, when it differs from <see cref="MessageId"/>.</summary>
    [Id(4)] public string? ProviderMessageId { get; init; }

    /// <summary>The address can lastingly not be reached.</summary>
    [Id(5)] public bool AddressDead { get; init; }

    /// <summary>The provider says that the contact opted out.</summary>
    [Id(6)] public bool OptedOut { get; init; }

    /// <summary>When the network had it delivered, or gave it up: of two receipts that cannot both be true the later counts.</summary>
    [Id(20)] public DateTimeOffset? DoneAt { get; init; }
}

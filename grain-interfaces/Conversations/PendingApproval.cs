using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>What is drafted.</summary>
public enum ApprovalKind
{
    FollowUp,

    /// <summary>An answer to the contact's last message.</summary>
    Answer,
}

/// <summary>A draft that waits for approval, of a follow-up or of an answer. It dies with a reply or with staleness.</summary>
[GenerateSerializer, Immutable, Alias("followup.PendingApproval")]
public sealed record PendingApproval
{
    [Id(0)] public required ApprovalKind Kind { get; init; }
    [Id(1)] public required string ConversationId { get; init; }
    [Id(2)] public string? ContactName { get; init; }
    [Id(3)] public string? BotId { get; init; }

    /// <summary>Null for an answer.</summary>
    [Id(4)] public string? PlanId { get; init; }

    /// <summary>By it the draft is approved, edited or refused.</summary>
    [Id(5)] public required string StepId { get; init; }

    /// <summary>Null for an answer.</summary>
    [Id(6)] public Scenario? Scenario { get; init; }

    [Id(7)] public StepState State { get; init; } = StepState.AwaitingApproval;

    /// <summary>Null for an answer: it goes when it is approved.</summary>
    [Id(8)] public DateTimeOffset? DueAt { get; init; }

    [Id(9)] public Expected? Expected { get; init; }
    [Id(10)] public Channel? Channel { get; init; }
    [Id(11)] public required string Text { get; init; }
    [Id(12)] public bool BuiltIn { get; init; }

    /// <summary>The model that wrote it.</summary>
    [Id(13)] public string? Model { get; init; }

    /// <summary>When an answer's draft is stale.</summary>
    [Id(14)] public DateTimeOffset? ExpiresAt { get; init; }
}

using FollowUp.Channels;

namespace FollowUp.Conversations;

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

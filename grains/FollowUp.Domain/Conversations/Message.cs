using FollowUp.Channels;

namespace FollowUp.Conversations;

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

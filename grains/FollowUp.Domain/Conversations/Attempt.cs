using FollowUp.Channels;

namespace FollowUp.Conversations;

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

namespace FollowUp.Conversations;

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

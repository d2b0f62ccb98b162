namespace FollowUp.Opinions;

/// <summary>What a model made of a message, as it answered: not yet believed.</summary>
public sealed record ModelReading
{
    /// <summary>A word of <see cref="Understanding.Intent"/>.</summary>
    public required string Intent { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Confidence { get; init; }

    /// <summary>The contact's words that say so.</summary>
    public required string? Quote { get; init; }

    /// <summary>The time asked for on the contact's clock, <c>2026-11-23T15:00</c>; until when they are busy or away.</summary>
    public required string? When { get; init; }

    /// <summary>An opt-out is of every channel.</summary>
    public required bool OfAllChannels { get; init; }
}

/// <summary>What a model is told in order to understand a message: this conversation only.</summary>
public sealed record ReadingTask
{
    public required string ConversationId { get; init; }

    /// <summary>The contact's message.</summary>
    public required string MessageId { get; init; }

    public required string Text { get; init; }
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>The contact's IANA zone, or the one assumed for them.</summary>
    public required string Zone { get; init; }

    /// <summary>en, es, fr, de or pt, as the built-in judge found.</summary>
    public required string Language { get; init; }

    /// <summary>The last messages before it, oldest first.</summary>
    public IReadOnlyList<Conversations.Message> Earlier { get; init; } = [];
}

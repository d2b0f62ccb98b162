namespace FollowUp.Conversations;

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

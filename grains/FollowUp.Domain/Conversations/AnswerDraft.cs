using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>A drafted answer.</summary>
public sealed record AnswerDraft
{
    /// <summary>Approved, edited or refused by this id, as a step is.</summary>
    public required string Id { get; init; }

    /// <summary>The contact's message it answers.</summary>
    public required string MessageId { get; init; }

    public required string Text { get; init; }

    /// <summary>A person's text, with merge fields.</summary>
    public bool TextByHand { get; init; }

    public bool BuiltIn { get; init; }
    public string? Model { get; init; }
    public required Channel Channel { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Stale from then on.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

using FollowUp.Planning;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>A model's second opinion of the contact's last message, and what stood before that message.</summary>
public sealed record OwedOpinion
{
    public required string MessageId { get; init; }

    /// <summary>The version the first reading left: what was decided since then stands.</summary>
    public required long PlanVersion { get; init; }

    /// <summary>The first reading.</summary>
    public required Detection First { get; init; }

    public required string Language { get; init; }

    /// <summary>Later than this it is not waited for.</summary>
    public required DateTimeOffset Until { get; init; }

    public Plan? PlanBefore { get; init; }
    public required Episode EpisodeBefore { get; init; }
    public Author? LastAuthorBefore { get; init; }
}

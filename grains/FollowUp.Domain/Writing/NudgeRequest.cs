using FollowUp.Conversations;

namespace FollowUp.Writing;

/// <summary>What the built-in writer composes a follow-up from. All of it is data; nothing in it can change what the writer does.</summary>
public sealed record NudgeRequest
{
    public required Scenario Scenario { get; init; }

    /// <summary>From 1; more than 5 count as 5.</summary>
    public required int StepNumber { get; init; }

    /// <summary>Any tag, see <see cref="WritingLanguage.Of"/>.</summary>
    public string? Language { get; init; }

    /// <summary>The contact's whole name.</summary>
    public string? ContactName { get; init; }
    public string? BusinessName { get; init; }

    /// <summary>What the contact wrote last.</summary>
    public string? LastContactText { get; init; }

    /// <summary>Decides which of several wordings this conversation gets.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The follow-ups this conversation got already; none is said again.</summary>
    public IReadOnlyList<string> EarlierNudges { get; init; } = [];
}

using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>How to filter the inbox.</summary>
[GenerateSerializer, Immutable, Alias("followup.InboxQuery")]
public sealed record InboxQuery
{
    [Id(0)] public ConversationStatus? Status { get; init; }
    [Id(1)] public string? BotId { get; init; }

    /// <summary>A phone number or provider's id: finds the conversation it leads to.</summary>
    [Id(2)] public string? Address { get; init; }

    /// <summary>Part of a contact's name or of the last message.</summary>
    [Id(3)] public string? Search { get; init; }

    /// <summary>1 to 200.</summary>
    [Id(4)] public int Limit { get; init; } = 50;

    [Id(5)] public string? Cursor { get; init; }
}

/// <summary>How to filter the pending follow-ups.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpQuery")]
public sealed record FollowUpQuery
{
    [Id(0)] public StepState? State { get; init; }
    [Id(1)] public string? BotId { get; init; }
    [Id(2)] public Scenario? Scenario { get; init; }
    [Id(3)] public Channel? Channel { get; init; }
    [Id(4)] public DateTimeOffset? DueAfter { get; init; }
    [Id(5)] public DateTimeOffset? DueBefore { get; init; }

    /// <summary>1 to 200.</summary>
    [Id(6)] public int Limit { get; init; } = 50;

    [Id(7)] public string? Cursor { get; init; }
}

/// <summary>Lists over a workspace's conversations. Key: the workspace.</summary>
[Alias("followup.IInboxGrain")]
public interface IInboxGrain : IGrainWithStringKey
{
    /// <summary>Newest activity first. Problem: <c>validation</c> for a cursor that is none.</summary>
    [Alias("ListConversations")]
    Task<Answer<Page<InboxItem>>> ListConversationsAsync(InboxQuery query);

    /// <summary>Drafts that wait for a person. Problem: <c>validation</c> for a cursor that is none.</summary>
    [Alias("ListApprovals")]
    Task<Answer<Page<PendingApproval>>> ListApprovalsAsync(FollowUpQuery query);

    /// <summary>In due order.</summary>
    [Alias("ListFollowUps")]
    Task<Answer<Page<PendingFollowUp>>> ListFollowUpsAsync(FollowUpQuery query);
}

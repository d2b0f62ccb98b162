using FollowUp.Conversations;

namespace FollowUp.Workspaces;

/// <summary>A note for the team, with the conversation it is about.</summary>
[GenerateSerializer, Immutable, Alias("followup.TeamNote")]
public sealed record TeamNote
{
    [Id(0)] public required string NoteId { get; init; }
    [Id(1)] public required string ConversationId { get; init; }
    [Id(2)] public required DateTimeOffset At { get; init; }
    [Id(3)] public required string Text { get; init; }
    [Id(4)] public Reason? Reason { get; init; }
}

/// <summary>The notes of a workspace's conversations. Key: the workspace.</summary>
[Alias("followup.INotesGrain")]
public interface INotesGrain : IGrainWithStringKey
{
    /// <summary>Keeps the latest 500; a note that is known changes nothing.</summary>
    [Alias("Add")]
    Task AddAsync(TeamNote note);

    /// <summary>Newest first. Problem: <c>validation</c> for a cursor that is none.</summary>
    [Alias("List")]
    Task<Answer<Page<TeamNote>>> ListAsync(int limit, string? cursor);
}

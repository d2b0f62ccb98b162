using FollowUp.Bots;
using FollowUp.Channels;

namespace FollowUp.Workspaces;

/// <summary>The state of the account breaker.</summary>
[GenerateSerializer, Immutable, Alias("followup.BreakerState")]
public sealed record BreakerState
{
    /// <summary>Sending is stopped until a person opens it.</summary>
    [Id(0)] public bool Tripped { get; init; }

    [Id(1)] public DateTimeOffset? TrippedAt { get; init; }
    [Id(2)] public int SentToday { get; init; }

    /// <summary>How many may go out today.</summary>
    [Id(3)] public int Allowance { get; init; }
}

/// <summary>A workspace: its settings and what it holds. Key: the workspace.</summary>
[Alias("followup.IWorkspaceGrain")]
public interface IWorkspaceGrain : IGrainWithStringKey
{
    [Alias("GetSettings")]
    Task<Versioned<WorkspaceSettings>> GetSettingsAsync();

    /// <summary>Saves the whole. Problems: <c>validation</c>, stale or missing version (needed from the second save on).</summary>
    [Alias("SaveSettings")]
    Task<Answer<Versioned<WorkspaceSettings>>> SaveSettingsAsync(WorkspaceSettings settings, int? ifMatch);

    [Alias("ListBots")]
    Task<IReadOnlyList<BotSummary>> ListBotsAsync();

    [Alias("ListConnections")]
    Task<IReadOnlyList<ConnectionView>> ListConnectionsAsync();

    [Alias("GetBreaker")]
    Task<BreakerState> GetBreakerAsync();

    /// <summary>A person lets messages go out again today.</summary>
    [Alias("OpenBreaker")]
    Task<BreakerState> OpenBreakerAsync(string? by);
}

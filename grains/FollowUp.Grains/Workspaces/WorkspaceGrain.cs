using FollowUp.Bots;
using FollowUp.Channels;
using Orleans.Concurrency;

namespace FollowUp.Workspaces;

/// <summary>A connection as decisions see it.</summary>
[GenerateSerializer, Immutable, Alias("followup.ConnectionSummary")]
public sealed record ConnectionSummary
{
    [Id(0)] public required string ConnectionId { get; init; }
    [Id(1)] public required string BotId { get; init; }
    [Id(2)] public required IReadOnlyList<Channel> Channels { get; init; }
    [Id(3)] public bool Paused { get; init; }
    [Id(20)] public ConnectionKind Kind { get; init; }
    [Id(10)] public IReadOnlyList<string> StoppedTemplates { get; init; } = [];
}

/// <summary>What decisions know of a workspace.</summary>
[GenerateSerializer, Immutable, Alias("followup.WorkspaceView")]
public sealed record WorkspaceView
{
    [Id(0)] public required WorkspaceSettings Settings { get; init; }
    [Id(1)] public required IReadOnlyList<ConnectionSummary> Connections { get; init; }
}

/// <summary>The workspace for its own grains. Same grain, same key as <see cref="IWorkspaceGrain"/>.</summary>
[Alias("followup.IWorkspaceDirectory")]
internal interface IWorkspaceDirectory : IGrainWithStringKey
{
    /// <remarks>Reads only: answered while the workspace waits for grains that ask it.</remarks>
    [Alias("GetView"), AlwaysInterleave]
    Task<WorkspaceView> GetViewAsync();

    [Alias("RememberBot")]
    Task RememberBotAsync(BotSummary bot);

    [Alias("ForgetBot")]
    Task ForgetBotAsync(string botId);

    [Alias("RememberConnection")]
    Task RememberConnectionAsync(ConnectionSummary connection);

    [Alias("ForgetConnection")]
    Task ForgetConnectionAsync(string connectionId);
}

/// <summary>A workspace's row.</summary>
public sealed class WorkspaceState
{
    public WorkspaceSettings Settings { get; set; } = new();
    public int Version { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public Dictionary<string, BotSummary> Bots { get; set; } = [];
    public Dictionary<string, ConnectionSummary> Connections { get; set; } = [];
}

internal sealed class WorkspaceGrain(
    [PersistentState("workspace", StorageNames.FollowUp)] IPersistentState<WorkspaceState> stored,
    SettingsCache cache,
    TimeProvider time) : Grain, IWorkspaceGrain, IWorkspaceDirectory
{
    public Task<WorkspaceView> GetViewAsync() =>
        Task.FromResult(new WorkspaceView { Settings = stored.State.Settings, Connections = [.. stored.State.Connections.Values.OrderBy(connection => connection.ConnectionId, StringComparer.Ordinal)] });

    public Task<Versioned<WorkspaceSettings>> GetSettingsAsync() => Task.FromResult(Current());

    public async Task<Answer<Versioned<WorkspaceSettings>>> SaveSettingsAsync(WorkspaceSettings settings, int? ifMatch)
    {
        if (SettingsCheck.Errors(settings) is { Count: > 0 } errors)
        {
            return Problem.Invalid(errors);
        }

        // Every workspace has settings from the start; the first save may go without a version.
        var seen = stored.State.Version == 0 ? ifMatch ?? 0 : ifMatch;
        if (VersionCheck.Problem(stored.State.Version, seen) is { } stale)
        {
            return stale;
        }

        stored.State.Settings = settings;
        stored.State.Version++;
        stored.State.SavedAt = time.GetUtcNow();
        await WriteAsync();
        return Current();
    }

    public Task<IReadOnlyList<BotSummary>> ListBotsAsync() =>
        Task.FromResult<IReadOnlyList<BotSummary>>([.. stored.State.Bots.Values.OrderBy(bot => bot.BotId, StringComparer.Ordinal)]);

    public async Task<IReadOnlyList<ConnectionView>> ListConnectionsAsync()
    {
        var views = new List<ConnectionView>();
        foreach (var id in stored.State.Connections.Keys.Order(StringComparer.Ordinal).ToList())
        {
            if ((await GrainFactory.GetGrain<IConnectionGrain>(GrainKeys.Of(this.GetPrimaryKeyString(), id)).GetAsync()).Value is { } view)
            {
                views.Add(view);
            }
        }

        return views;
    }

    public Task<BreakerState> GetBreakerAsync() => GrainFactory.GetGrain<IBreakerGrain>(this.GetPrimaryKeyString()).GetAsync();

    public Task<BreakerState> OpenBreakerAsync(string? by) => GrainFactory.GetGrain<IBreakerGrain>(this.GetPrimaryKeyString()).OpenAsync();

    public Task RememberBotAsync(BotSummary bot)
    {
        stored.State.Bots[bot.BotId] = bot;
        return WriteAsync();
    }

    public Task ForgetBotAsync(string botId)
    {
        stored.State.Bots.Remove(botId);
        return WriteAsync();
    }

    public Task RememberConnectionAsync(ConnectionSummary connection)
    {
        stored.State.Connections[connection.ConnectionId] = connection;
        return WriteAsync();
    }

    public Task ForgetConnectionAsync(string connectionId)
    {
        stored.State.Connections.Remove(connectionId);
        return WriteAsync();
    }

    private Versioned<WorkspaceSettings> Current() => new() { Version = stored.State.Version, Value = stored.State.Settings, SavedAt = stored.State.SavedAt };

    private async Task WriteAsync()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
        finally
        {
            cache.Forget(this.GetPrimaryKeyString());
        }
    }
}

using FollowUp.Ports;
using FollowUp.Workspaces;

namespace FollowUp.Channels;

/// <summary>A connection's row; its secrets are sealed.</summary>
public sealed class ConnectionState
{
    public Connection? Connection { get; set; }
    public int Version { get; set; }
    public string? PausedBecause { get; set; }

    /// <summary>Messages that carriers filtered lately, by the note of each.</summary>
    public Dictionary<string, DateTimeOffset> Filtered { get; set; } = [];
    public List<string> StoppedTemplates { get; set; } = [];
}

internal sealed class ConnectionGrain(
    [PersistentState("connection", StorageNames.FollowUp)] IPersistentState<ConnectionState> stored,
    ISecretProtector protector,
    IWebHookTargets targets,
    SettingsCache cache,
    TimeProvider time) : Grain, IConnectionGrain
{
    /// <summary>So many filtered messages of one day pause the connection: more of the same would spoil the number.</summary>
    private const int MostFiltered = 5;

    private string Key => this.GetPrimaryKeyString();

    private string Workspace => GrainKeys.Parse(Key).Workspace;

    private string Id => GrainKeys.Parse(Key).Id;

    public async Task<Answer<ConnectionView>> SaveAsync(Connection connection, int? ifMatch)
    {
        var before = await OpenAsync();
        connection = Secrets.Keep(connection, before);
        var errors = ConnectionCheck.Errors(connection, targets);
        if (connection.BotId is { Length: > 0 } bot && await cache.GetBotAsync(Workspace, bot, fresh: true) is null)
        {
            errors["botId"] = ["There is no such bot."];
        }

        if (errors.Count > 0)
        {
            return Problem.Invalid(errors);
        }

        if (VersionCheck.Problem(stored.State.Connection is null ? null : stored.State.Version, ifMatch) is { } stale)
        {
            return stale;
        }

        stored.State.Connection = Secrets.Map(connection, protector.Protect);
        stored.State.Version++;
        stored.State.PausedBecause = null;
        stored.State.Filtered = [];
        stored.State.StoppedTemplates = [];
        await WriteAsync();
        await GrainFactory.GetGrain<ICatchUpGrain>(Key).WatchAsync();
        return View();
    }

    public Task<Answer<ConnectionView>> GetAsync() =>
        Task.FromResult<Answer<ConnectionView>>(stored.State.Connection is null ? Absent() : View());

    public Task<Connection?> OpenAsync() =>
        Task.FromResult(stored.State.Connection is { } connection ? Secrets.Map(connection, protector.Unprotect) : null);

    public async Task<Answer<bool>> DeleteAsync(int? ifMatch)
    {
        if (stored.State.Connection is null)
        {
            return Absent();
        }

        if (ifMatch is not null && VersionCheck.Problem(stored.State.Version, ifMatch) is { } stale)
        {
            return stale;
        }

        stored.State.Connection = null;
        await stored.WriteStateAsync();
        await GrainFactory.GetGrain<IWorkspaceDirectory>(Workspace).ForgetConnectionAsync(Id);
        await GrainFactory.GetGrain<ICatchUpGrain>(Key).UnwatchAsync();
        return true;
    }

    public async Task PauseAsync(string because)
    {
        if (stored.State.Connection is not null && stored.State.PausedBecause is null)
        {
            stored.State.PausedBecause = because;
            await WriteAsync();
        }
    }

    public async Task CountFilteredAsync(string id, string code)
    {
        if (stored.State.Connection is null || stored.State.PausedBecause is not null)
        {
            return;
        }

        var now = time.GetUtcNow();
        stored.State.Filtered = stored.State.Filtered.Where(entry => entry.Value > now.AddDays(-1)).ToDictionary();
        stored.State.Filtered[id] = now;
        if (stored.State.Filtered.Count >= MostFiltered)
        {
            stored.State.PausedBecause = code;
        }

        await WriteAsync();
    }

    public async Task SetTemplateAsync(string name, bool usable)
    {
        if (stored.State.Connection is not null && stored.State.StoppedTemplates.Contains(name) == usable)
        {
            stored.State.StoppedTemplates = usable ? [.. stored.State.StoppedTemplates.Where(stopped => stopped != name)] : [.. stored.State.StoppedTemplates, name];
            await WriteAsync();
        }
    }

    private static Problem Absent() => Problem.NotFound("There is no such connection.");

    private ConnectionView View() => new()
    {
        ConnectionId = Id,
        Version = stored.State.Version,
        Connection = Secrets.Map(stored.State.Connection!, secret => Secrets.Mask(protector.Unprotect(secret))),
        Paused = stored.State.PausedBecause is not null,
        PausedBecause = stored.State.PausedBecause,
        StoppedTemplates = stored.State.StoppedTemplates,
    };

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

        await GrainFactory.GetGrain<IWorkspaceDirectory>(Workspace).RememberConnectionAsync(new ConnectionSummary
        {
            ConnectionId = Id,
            BotId = stored.State.Connection!.BotId,
            Channels = ConnectionCheck.ChannelsOf(stored.State.Connection),
            Paused = stored.State.PausedBecause is not null,
            Kind = stored.State.Connection.Kind,
            StoppedTemplates = [.. stored.State.StoppedTemplates],
        });
    }
}

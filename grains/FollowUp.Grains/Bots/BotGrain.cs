using System.Text.Json;
using FollowUp.Conversations;
using FollowUp.Ports;
using FollowUp.Workspaces;

namespace FollowUp.Bots;

/// <summary>A bot's versioned settings. A save never waits for conversations; they ask the bot.</summary>
internal sealed class BotGrain(
    [PersistentState("bot", StorageNames.FollowUp)] IPersistentState<BotState> stored,
    SettingsCache cache,
    BotBacklog backlog,
    TimeProvider time) : Grain, IBotGrain, IBotSource
{
    /// <summary>Versions listed.</summary>
    private const int VersionsListed = 200;

    private string Key => this.GetPrimaryKeyString();

    private string Workspace => GrainKeys.Parse(Key).Workspace;

    private string Id => GrainKeys.Parse(Key).Id;

    public Task<BotSnapshot?> GetSnapshotAsync() => Task.FromResult(stored.State.Current);

    public async Task<Answer<BotSaved>> SaveAsync(Bot bot, SaveOptions options)
    {
        var settings = await cache.GetAsync(Workspace, fresh: true);
        var errors = BotValidator.Validate(bot, new BotValidationContext { CustomValueNames = [.. settings.Settings.CustomValues?.Keys ?? []] });
        if (errors.Count > 0)
        {
            return Problem.Invalid(errors);
        }

        if (VersionCheck.Problem(stored.State.Current?.Version, options.IfMatch) is { } stale)
        {
            return stale;
        }

        var touched = await PendingTouchedAsync(bot, options);
        if (options.DryRun)
        {
            return new BotSaved { Version = stored.State.Current?.Version ?? 0, Bot = bot, PendingTouched = touched, Created = stored.State.Current is null };
        }

        return await StoreAsync(bot, options.By, touched, options.RedatePending);
    }

    public Task<Answer<Versioned<Bot>>> GetAsync() => Task.FromResult<Answer<Versioned<Bot>>>(
        stored.State.Current is { } current ? new Versioned<Bot> { Version = current.Version, Value = current.Settings, SavedAt = stored.State.SavedAt } : Absent());

    public async Task<Answer<bool>> DeleteAsync(int? ifMatch)
    {
        if (stored.State.Current is not { } current)
        {
            return Absent();
        }

        if (ifMatch is not null && VersionCheck.Problem(current.Version, ifMatch) is { } stale)
        {
            return stale;
        }

        stored.State.Current = null;
        await WriteAsync();
        await GrainFactory.GetGrain<IWorkspaceDirectory>(Workspace).ForgetBotAsync(Id);
        return true;
    }

    public async Task<Answer<BotSaved>> SetActiveAsync(bool active, string? by)
    {
        if (stored.State.Current is not { } current)
        {
            return Absent();
        }

        if (current.Settings.Active == active)
        {
            return new BotSaved { Version = current.Version, Bot = current.Settings };
        }

        var bot = current.Settings with { Active = active };
        return await StoreAsync(bot, by, await PendingTouchedAsync(bot, new SaveOptions()), redate: false);
    }

    public Task<Answer<IReadOnlyList<BotVersion>>> GetVersionsAsync() =>
        Task.FromResult(stored.State.LastVersion == 0 ? Absent() : new Answer<IReadOnlyList<BotVersion>> { Value = [.. stored.State.Versions.OrderByDescending(version => version.Version)] });

    public async Task<Answer<BotVersion>> GetVersionAsync(int version) =>
        version >= 1 && version <= stored.State.LastVersion && await GrainFactory.GetGrain<IBotVersionGrain>(BotVersionGrain.KeyOf(Key, version)).GetAsync() is { } found
            ? found
            : Problem.NotFound("There is no such version.");

    public async Task<Answer<Backlog>> ResumeMissedAsync(bool preview, string? by) =>
        stored.State.Current is null ? Absent() : await backlog.ResumeMissedAsync(Workspace, Id, preview, by);

    public async Task<Answer<Backlog>> EnrolAsync(DateTimeOffset quietSince, bool preview, string? by) =>
        stored.State.Current is { } current ? await backlog.EnrolAsync(Workspace, current, quietSince, preview, by) : Absent();

    private static Problem Absent() => Problem.NotFound("There is no such bot.");

    private async Task<Answer<BotSaved>> StoreAsync(Bot bot, string? by, int touched, bool redate)
    {
        var now = time.GetUtcNow();
        var created = stored.State.Current is null;
        var number = stored.State.LastVersion + 1;
        var snapshot = (stored.State.Current?.Saved(bot, now) ?? BotSaves.New(Id, bot, now)) with { Version = number };
        var version = new BotVersion { Version = number, SavedAt = now, By = by, Bot = bot };

        // The version first: what the bot says it is can always be read.
        await GrainFactory.GetGrain<IBotVersionGrain>(BotVersionGrain.KeyOf(Key, number)).KeepAsync(version);
        stored.State.Current = snapshot;
        stored.State.SavedAt = now;
        stored.State.By = by;
        stored.State.LastVersion = number;
        stored.State.Versions = [.. stored.State.Versions.TakeLast(VersionsListed - 1), version with { Bot = null }];
        await WriteAsync();
        await GrainFactory.GetGrain<IWorkspaceDirectory>(Workspace).RememberBotAsync(new BotSummary { BotId = Id, Name = bot.Name, Active = bot.Active, Mode = bot.Mode, Version = number });
        if (!created)
        {
            backlog.TellPending(Workspace, Id, redate);
        }

        return new BotSaved { Version = number, Bot = bot, PendingTouched = touched, Created = created };
    }

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
            cache.ForgetBot(Key);
        }
    }

    // Only what a save changes for pending steps touches them.
    private async Task<int> PendingTouchedAsync(Bot bot, SaveOptions options)
    {
        if (stored.State.Current is not { Settings: var before } || (!options.RedatePending && Json(before with { Persona = bot.Persona, Name = bot.Name }) == Json(bot)))
        {
            return 0;
        }

        return await backlog.CountPendingAsync(Workspace, Id);
    }

    private static string Json(Bot bot) => JsonSerializer.Serialize(bot, StateJson.Options);
}

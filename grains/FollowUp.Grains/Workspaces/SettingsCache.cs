using System.Collections.Concurrent;
using FollowUp.Bots;
using FollowUp.Conversations;

namespace FollowUp.Workspaces;

/// <summary>This silo's view of settings: a second old at most, and fresh at once after a save that ran here.</summary>
internal sealed class SettingsCache(IGrainFactory grains)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, Entry<WorkspaceView>> workspaces = new();
    private readonly ConcurrentDictionary<string, Entry<BotSnapshot?>> bots = new();

    public ValueTask<WorkspaceView> GetAsync(string workspace, bool fresh) =>
        GetAsync(workspaces, workspace, fresh, () => grains.GetGrain<IWorkspaceDirectory>(workspace).GetViewAsync());

    /// <summary>Null: no such bot.</summary>
    public ValueTask<BotSnapshot?> GetBotAsync(string workspace, string botId, bool fresh)
    {
        var key = GrainKeys.Of(workspace, botId);
        return GetAsync(bots, key, fresh, () => grains.GetGrain<IBotSource>(key).GetSnapshotAsync());
    }

    public void Forget(string workspace) => workspaces.TryRemove(workspace, out _);

    public void ForgetBot(string key) => bots.TryRemove(key, out _);

    private static ValueTask<T> GetAsync<T>(ConcurrentDictionary<string, Entry<T>> entries, string key, bool fresh, Func<Task<T>> read)
    {
        // Real time on purpose: how stale a cache may be has nothing to do with the engine's clock.
        if (!fresh && entries.TryGetValue(key, out var entry) && TimeProvider.System.GetElapsedTime(entry.ReadAt) < Fresh)
        {
            return new ValueTask<T>(entry.Value);
        }

        return new ValueTask<T>(ReadAsync(entries, key, read));
    }

    private static async Task<T> ReadAsync<T>(ConcurrentDictionary<string, Entry<T>> entries, string key, Func<Task<T>> read)
    {
        var at = TimeProvider.System.GetTimestamp();
        var value = await read();
        entries[key] = new Entry<T>(value, at);
        return value;
    }

    private sealed record Entry<T>(T Value, long ReadAt);
}

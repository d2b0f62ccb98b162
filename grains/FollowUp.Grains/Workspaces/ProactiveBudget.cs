using System.Collections.Concurrent;

namespace FollowUp.Workspaces;

/// <summary>This silo's share of what a workspace may send today, taken in blocks so that no grain is asked for every message.</summary>
internal sealed class ProactiveBudget(IGrainFactory grains, TimeProvider time)
{
    /// <summary>Messages of one block.</summary>
    private const int Block = 20;

    private readonly ConcurrentDictionary<string, Share> shares = new();

    /// <summary>True: the account breaker stands open; nothing proactive goes out.</summary>
    public async ValueTask<bool> IsSpentAsync(string workspace)
    {
        var today = Today();
        if (shares.TryGetValue(workspace, out var share) && share.Day == today && Volatile.Read(ref share.Left) > 0)
        {
            return false;
        }

        var granted = await grains.GetGrain<IBreakerGrain>(workspace).LeaseAsync(today, Block);
        shares[workspace] = new Share { Day = today, Left = granted };
        return granted == 0;
    }

    /// <summary>One proactive message goes out.</summary>
    public void Spend(string workspace)
    {
        if (shares.TryGetValue(workspace, out var share))
        {
            Interlocked.Decrement(ref share.Left);
        }
    }

    private int Today() => (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);

    private sealed class Share
    {
        public required int Day { get; init; }

        public int Left;
    }
}

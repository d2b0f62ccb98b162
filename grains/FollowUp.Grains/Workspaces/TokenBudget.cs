using System.Collections.Concurrent;

namespace FollowUp.Workspaces;

/// <summary>What language models may cost in a UTC day, in tokens: this silo's share, taken in blocks so that no grain is asked for every text. Overshoots by the texts under way at most.</summary>
public sealed class TokenBudget(IGrainFactory grains)
{
    /// <summary>The scope of all workspaces together; no workspace has this name.</summary>
    public const string Everybody = "*";

    /// <summary>Blocks of a limit: what a silo that stops may lose of it is one.</summary>
    private const int Blocks = 50;

    private readonly ConcurrentDictionary<string, Share> shares = new();

    /// <summary>Whether nothing is left of a scope's limit today.</summary>
    /// <param name="limit">Tokens a day; 0: no limit.</param>
    public async ValueTask<bool> IsSpentAsync(string scope, long limit)
    {
        if (limit == 0)
        {
            return false;
        }

        var today = Today();
        var share = shares.AddOrUpdate(scope, _ => new Share(today), (_, known) => known.Day == today ? known : new Share(today));
        if (Interlocked.Read(ref share.Left) > 0)
        {
            return false;
        }

        var wanted = Math.Max(1, limit / Blocks) - Interlocked.Read(ref share.Left);
        var granted = await grains.GetGrain<ITokenBudgetGrain>(scope).LeaseAsync(today, wanted, limit);
        return Interlocked.Add(ref share.Left, granted) <= 0;
    }

    public void Spend(string scope, long tokens)
    {
        if (shares.TryGetValue(scope, out var share))
        {
            Interlocked.Add(ref share.Left, -tokens);
        }
    }

    // Real time on purpose: what a model costs has nothing to do with the engine's clock.
    private static int Today() => (int)(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 86_400);

    private sealed class Share(int day)
    {
        public int Day { get; } = day;

        public long Left;
    }
}

/// <summary>The tokens granted to silos today. Key: the workspace, or <see cref="TokenBudget.Everybody"/>.</summary>
[Alias("followup.ITokenBudgetGrain")]
internal interface ITokenBudgetGrain : IGrainWithStringKey
{
    /// <summary>At most what is left of the limit; a later day begins anew.</summary>
    [Alias("Lease")]
    Task<long> LeaseAsync(int day, long wanted, long limit);
}

/// <summary>A token budget's row.</summary>
public sealed class TokenBudgetState
{
    public int Day { get; set; }
    public long Granted { get; set; }
}

internal sealed class TokenBudgetGrain([PersistentState("tokens", StorageNames.FollowUp)] IPersistentState<TokenBudgetState> stored) : Grain, ITokenBudgetGrain
{
    public async Task<long> LeaseAsync(int day, long wanted, long limit)
    {
        if (day > stored.State.Day)
        {
            stored.State = new TokenBudgetState { Day = day };
        }

        var granted = Math.Clamp(limit - stored.State.Granted, 0, wanted);
        if (granted == 0)
        {
            return 0;
        }

        stored.State.Granted += granted;
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        return granted;
    }
}

namespace FollowUp.Workspaces;

/// <summary>Counts a workspace's proactive messages by day. Key: the workspace.</summary>
[Alias("followup.IBreakerGrain")]
internal interface IBreakerGrain : IGrainWithStringKey
{
    /// <summary>How many of <paramref name="wanted"/> may go out on that day; 0: the breaker has tripped.</summary>
    [Alias("Lease")]
    Task<int> LeaseAsync(int day, int wanted);

    [Alias("Get")]
    Task<BreakerState> GetAsync();

    [Alias("Open")]
    Task<BreakerState> OpenAsync();
}

/// <summary>Counts by day number (days since 1970-01-01).</summary>
public sealed class BreakerCounts
{
    public Dictionary<int, int> Sent { get; set; } = [];
    public DateTimeOffset? TrippedAt { get; set; }

    /// <summary>What a person allowed beyond the day's bound.</summary>
    public int Extra { get; set; }

    public int ExtraDay { get; set; }
}

internal sealed class BreakerGrain(
    [PersistentState("breaker", StorageNames.FollowUp)] IPersistentState<BreakerCounts> stored,
    IGrainFactory grains,
    TimeProvider time) : Grain, IBreakerGrain
{
    /// <summary>Days looked back on for the busiest one.</summary>
    private const int Days = 30;

    public async Task<int> LeaseAsync(int day, int wanted)
    {
        var counts = stored.State;
        if (counts.TrippedAt is not null)
        {
            return 0;
        }

        var sent = counts.Sent.GetValueOrDefault(day);
        var granted = Math.Clamp(await AllowanceAsync(day) - sent, 0, wanted);
        if (granted == 0)
        {
            counts.TrippedAt = time.GetUtcNow();
        }
        else
        {
            counts.Sent[day] = sent + granted;
            foreach (var old in counts.Sent.Keys.Where(other => other < day - Days).ToList())
            {
                counts.Sent.Remove(old);
            }
        }

        await stored.WriteStateAsync();
        return granted;
    }

    public async Task<BreakerState> GetAsync()
    {
        var today = Today();
        return new BreakerState
        {
            Tripped = stored.State.TrippedAt is not null,
            TrippedAt = stored.State.TrippedAt,
            SentToday = stored.State.Sent.GetValueOrDefault(today),
            Allowance = await AllowanceAsync(today),
        };
    }

    public async Task<BreakerState> OpenAsync()
    {
        // As much again may go out today.
        var today = Today();
        var sent = stored.State.Sent.GetValueOrDefault(today);
        stored.State.Extra = (stored.State.ExtraDay == today ? stored.State.Extra : 0) + Math.Max(sent, 1);
        stored.State.ExtraDay = today;
        stored.State.TrippedAt = null;
        await stored.WriteStateAsync();
        return await GetAsync();
    }

    private async Task<int> AllowanceAsync(int day)
    {
        var settings = (await grains.GetGrain<IWorkspaceDirectory>(this.GetPrimaryKeyString()).GetViewAsync()).Settings.Breaker;
        var busiest = stored.State.Sent.Where(entry => entry.Key < day && entry.Key >= day - Days).Select(entry => entry.Value).DefaultIfEmpty(0).Max();
        return Math.Max(settings.Floor, settings.Multiple * busiest) + (stored.State.ExtraDay == day ? stored.State.Extra : 0);
    }

    private int Today() => (int)(time.GetUtcNow().ToUnixTimeSeconds() / 86_400);
}

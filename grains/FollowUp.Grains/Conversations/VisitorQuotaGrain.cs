namespace FollowUp.Conversations;

/// <summary>Counts in memory: a restart forgives. One grain holds a sixteenth of a workspace's sources, bounded.</summary>
internal sealed class VisitorQuotaGrain : Grain, IVisitorQuotaGrain
{
    private const int MostSources = 50_000;

    private static readonly TimeSpan Window = TimeSpan.FromHours(12);

    private readonly Dictionary<string, Queue<long>> begun = [];

    public Task<bool> TryBeginAsync(string source, int most)
    {
        DelayDeactivation(Window);
        var now = TimeProvider.System.GetTimestamp();
        if (begun.Count >= MostSources && !begun.ContainsKey(source))
        {
            Forget(now);
        }

        if (!begun.TryGetValue(source, out var times))
        {
            begun[source] = times = new Queue<long>();
        }

        while (times.TryPeek(out var oldest) && TimeProvider.System.GetElapsedTime(oldest, now) >= Window)
        {
            times.Dequeue();
        }

        if (times.Count >= most)
        {
            return Task.FromResult(false);
        }

        times.Enqueue(now);
        return Task.FromResult(true);
    }

    // Whose last beginning is over first; when all are recent, everything: memory is worth more than the count.
    private void Forget(long now)
    {
        foreach (var (source, times) in begun.ToList())
        {
            if (times.Count == 0 || TimeProvider.System.GetElapsedTime(times.Last(), now) >= Window)
            {
                begun.Remove(source);
            }
        }

        if (begun.Count >= MostSources)
        {
            begun.Clear();
        }
    }
}

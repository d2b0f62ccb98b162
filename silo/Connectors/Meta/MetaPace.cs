using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.RateLimiting;

namespace FollowUp.Connectors.Meta;

/// <summary>Heeds what Meta says of an account's use: from 80 % on sends are spaced out; while it says when access comes back, nothing is asked before. Threads are read at most twice a second.</summary>
internal sealed class MetaPace : IDisposable
{
    /// <summary>Per cent of an allowance from which sends are spaced out.</summary>
    private const int Busy = 80;

    /// <summary>Sends that wait for their turn; more come back later: what waits here when the process is killed is uncertain, though it never left.</summary>
    private const int Waiting = 1;

    /// <summary>Between two sends of a busy account, real time.</summary>
    private static readonly TimeSpan Spacing = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<string, long> closedUntil = new();
    private readonly ConcurrentDictionary<string, long> busyUntil = new();
    private readonly PartitionedRateLimiter<string> spaced = Limiter(1, Spacing, Waiting);
    private readonly PartitionedRateLimiter<string> reads = Limiter(2, TimeSpan.FromSeconds(1), 200);

    public void Dispose()
    {
        spaced.Dispose();
        reads.Dispose();
    }

    /// <summary>How long the account is closed; null: it may send now, after its turn.</summary>
    public async Task<TimeSpan?> WaitAsync(string account, CancellationToken cancellationToken)
    {
        if (Left(closedUntil, account) is { } left)
        {
            return left;
        }

        if (Left(busyUntil, account) is null)
        {
            return null;
        }

        using var turn = await spaced.AcquireAsync(account, 1, cancellationToken);
        return turn.IsAcquired ? null : Spacing * (Waiting + 1);
    }

    public async Task<bool> MayReadAsync(string account, CancellationToken cancellationToken)
    {
        using var turn = await reads.AcquireAsync(account, 1, cancellationToken);
        return turn.IsAcquired;
    }

    /// <summary>Reads the usage headers of an answer; when access comes back, if they say so.</summary>
    public TimeSpan? Heed(string account, HttpResponseMessage response)
    {
        var (use, regain) = Usage(response);
        if (use >= Busy)
        {
            busyUntil[account] = At(TimeSpan.FromMinutes(5));
        }

        if (regain is { } wait)
        {
            closedUntil[account] = At(wait);
        }

        return regain ?? response.Headers.RetryAfter?.Delta;
    }

    private static TimeSpan? Left(ConcurrentDictionary<string, long> until, string account) =>
        until.TryGetValue(account, out var at) && TimeProvider.System.GetElapsedTime(TimeProvider.System.GetTimestamp(), at) is var left && left > TimeSpan.Zero ? left : null;

    private static long At(TimeSpan after) => TimeProvider.System.GetTimestamp() + (long)(after.TotalSeconds * TimeProvider.System.TimestampFrequency);

    private static PartitionedRateLimiter<string> Limiter(int tokens, TimeSpan period, int queue) =>
        PartitionedRateLimiter.Create<string, string>(account => RateLimitPartition.GetTokenBucketLimiter(account, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = tokens,
            TokensPerPeriod = tokens,
            ReplenishmentPeriod = period,
            QueueLimit = queue,
        }));

    // X-App-Usage: {"call_count":28,"total_time":25,"total_cputime":25}
    // X-Business-Use-Case-Usage: {"1234":[{"type":"messenger","call_count":100,"total_cputime":25,"total_time":25,"estimated_time_to_regain_access":19}]}
    private static (int Use, TimeSpan? Regain) Usage(HttpResponseMessage response)
    {
        var (use, regain) = (0, 0);
        foreach (var name in (string[])["X-App-Usage", "X-Business-Use-Case-Usage"])
        {
            if (!response.Headers.TryGetValues(name, out var values))
            {
                continue;
            }

            try
            {
                using var json = JsonDocument.Parse(string.Concat(values));
                foreach (var entry in Entries(json.RootElement))
                {
                    use = Math.Max(use, Math.Max(Number(entry, "call_count"), Math.Max(Number(entry, "total_time"), Number(entry, "total_cputime"))));
                    regain = Math.Max(regain, Number(entry, "estimated_time_to_regain_access"));
                }
            }
            catch (JsonException)
            {
                // A header that cannot be read says nothing.
            }
        }

        return (use, regain > 0 ? TimeSpan.FromMinutes(Math.Min(regain, 24 * 60)) : null);
    }

    private static IEnumerable<JsonElement> Entries(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object)
        {
            yield break;
        }

        yield return root;
        foreach (var account in root.EnumerateObject())
        {
            if (account.Value.ValueKind is JsonValueKind.Array)
            {
                foreach (var entry in account.Value.EnumerateArray().Where(entry => entry.ValueKind is JsonValueKind.Object))
                {
                    yield return entry;
                }
            }
        }
    }

    private static int Number(JsonElement entry, string name) => entry.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;
}

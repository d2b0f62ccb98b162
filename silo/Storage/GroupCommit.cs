using System.Threading.Channels;

namespace FollowUp.Storage;

/// <summary>
/// Commits together what waits together. A loop takes everything that has come while its last batch was being written, without waiting for more;
/// each caller is answered when its own write is durable. A batch never holds two writes of one row: the later one goes with the next batch.
/// </summary>
internal sealed class GroupCommit<TWrite, TResult> : IAsyncDisposable
    where TWrite : IGroupedWrite
{
    /// <summary>Writes of one batch at most.</summary>
    private const int LargestBatch = 512;

    /// <summary>Bytes of one batch at most, a single larger write apart.</summary>
    private const int HeaviestBatch = 8 * 1024 * 1024;

    /// <summary>Writes that may wait before callers do.</summary>
    private const int LongestQueue = 10_000;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(LongestQueue);
    private readonly Func<IReadOnlyList<TWrite>, Task<IReadOnlyList<TResult>>> commit;
    private readonly Func<Exception, bool> touchesOneRow;
    private readonly Task[] loops;

    /// <param name="commit">Writes a batch in one transaction; results in the order of the writes.</param>
    /// <param name="touchesOneRow">Whether a failure undid the whole batch and may be one write's own fault: then each is tried alone.</param>
    /// <param name="loops">Batches under way at the same time.</param>
    public GroupCommit(Func<IReadOnlyList<TWrite>, Task<IReadOnlyList<TResult>>> commit, Func<Exception, bool> touchesOneRow, int loops)
    {
        this.commit = commit;
        this.touchesOneRow = touchesOneRow;
        this.loops = [.. Enumerable.Range(0, loops).Select(_ => Task.Run(RunAsync))];
    }

    /// <summary>Whether the last batch could be written.</summary>
    public bool IsWritable { get; private set; } = true;

    public async Task<TResult> WriteAsync(TWrite write)
    {
        var waiting = new Waiting(write);
        await queue.Writer.WriteAsync(waiting);
        return await waiting.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await Task.WhenAll(loops);
    }

    private async Task RunAsync()
    {
        var postponed = new Queue<Waiting>();
        while (postponed.Count > 0 || await queue.Reader.WaitToReadAsync())
        {
            var batch = Take(postponed);
            if (batch.Count > 0)
            {
                await CommitAsync(batch);
            }
        }
    }

    private List<Waiting> Take(Queue<Waiting> postponed)
    {
        var batch = new List<Waiting>();
        var rows = new HashSet<(string, string)>();
        var bytes = 0;
        for (var again = postponed.Count; batch.Count < LargestBatch && bytes < HeaviestBatch && (again-- > 0 ? postponed.TryDequeue(out var next) : queue.Reader.TryRead(out next));)
        {
            if (rows.Add(next.Write.Row))
            {
                batch.Add(next);
                bytes += next.Write.Bytes;
            }
            else
            {
                postponed.Enqueue(next);
            }
        }

        // One order everywhere: two batches that meet at the same rows wait for each other instead of deadlocking.
        batch.Sort(static (one, other) => Compare(one.Write.Row, other.Write.Row));
        return batch;
    }

    private static int Compare((string, string) one, (string, string) other) =>
        string.CompareOrdinal(one.Item1, other.Item1) is var first && first != 0 ? first : string.CompareOrdinal(one.Item2, other.Item2);

    private async Task CommitAsync(List<Waiting> batch)
    {
        try
        {
            var results = await commit([.. batch.Select(waiting => waiting.Write)]);
            IsWritable = true;
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Done.TrySetResult(results[i]);
            }
        }
        catch (Exception failure) when (batch.Count > 1 && touchesOneRow(failure))
        {
            foreach (var waiting in batch)
            {
                await CommitAsync([waiting]);
            }
        }
#pragma warning disable CA1031 // Every caller hears of it; the loop goes on.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            IsWritable = touchesOneRow(failure);
            batch.ForEach(waiting => waiting.Done.TrySetException(failure));
        }
    }

    private sealed record Waiting(TWrite Write)
    {
        public TaskCompletionSource<TResult> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>A write that can be committed with others.</summary>
internal interface IGroupedWrite
{
    /// <summary>Which row it touches.</summary>
    (string, string) Row { get; }

    /// <summary>About how large it is.</summary>
    int Bytes { get; }
}

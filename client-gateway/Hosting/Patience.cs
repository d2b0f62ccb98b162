namespace FollowUp.Hosting;

/// <summary>Waiting for a process's own start, and for a cluster that is not there yet.</summary>
public static class Patience
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends when everything has started.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lifetime);
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await started.Task.WaitAsync(cancellationToken);
    }

    /// <summary>Tries again every second while the cluster or its storage is away.</summary>
    public static async Task<T> UntilDoneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            try
            {
                return await work();
            }
            catch (Exception away) when (away is TimeoutException or Orleans.Runtime.OrleansException)
            {
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }
}

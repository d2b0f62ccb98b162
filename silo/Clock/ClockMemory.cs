using System.Globalization;

namespace FollowUp.Clock;

/// <summary>Remembers how far the engine's time has come. While running, a mark a little ahead is kept, so that even after a kill it never goes back.</summary>
internal sealed class ClockMemory(EngineClock clock, string folder) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    /// <summary>The engine's time of the last run; null: there was none that mattered.</summary>
    public static DateTimeOffset? Read(string folder)
    {
        var file = FileOf(folder);
        return File.Exists(file) && DateTimeOffset.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) ? at : null;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (clock.IsAhead)
        {
            // Before anything can ask for the time.
            Write(clock.GetUtcNow() + 2 * Every * clock.Speed);
            Console.WriteLine($"The engine's clock runs {clock.Speed} times faster; it is {clock.GetUtcNow():u} there.");
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!clock.IsAhead)
        {
            return;
        }

        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Write(clock.GetUtcNow() + 2 * Every * clock.Speed);
            }
        }
        catch (OperationCanceledException)
        {
            Write(clock.GetUtcNow());
        }
    }

    private void Write(DateTimeOffset at)
    {
        var file = FileOf(folder);
        var fresh = $"{file}.new";
        using (var stream = new FileStream(fresh, FileMode.Create))
        {
            stream.Write(System.Text.Encoding.ASCII.GetBytes(at.ToString("O", CultureInfo.InvariantCulture)));
            stream.Flush(flushToDisk: true);
        }

        File.Move(fresh, file, overwrite: true);
    }

    private static string FileOf(string folder) => Path.Combine(folder, "clock");
}

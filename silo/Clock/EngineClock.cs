namespace FollowUp.Clock;

/// <summary>The engine's time: real time, or faster. It goes on from where it was, never backwards and never behind the real one. Timers made from it are scaled.</summary>
public sealed class EngineClock : TimeProvider
{
    /// <summary>Timers throw above 49.7 days; this is well below.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly TimeProvider real;
    private readonly DateTimeOffset engineOrigin;
    private readonly long realOrigin;

    public EngineClock(TimeProvider real, double speed, DateTimeOffset? notBefore)
    {
        ArgumentNullException.ThrowIfNull(real);
        this.real = real;
        Speed = speed;
        var now = real.GetUtcNow();
        engineOrigin = notBefore > now ? notBefore.Value : now;
        realOrigin = real.GetTimestamp();
        IsAhead = speed > 1 || notBefore > now;
    }

    public double Speed { get; }

    /// <summary>It may differ from real time, and is worth remembering.</summary>
    public bool IsAhead { get; }

    public override long TimestampFrequency => real.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => IsAhead ? engineOrigin + real.GetElapsedTime(realOrigin) * Speed : real.GetUtcNow();

    public override long GetTimestamp() => realOrigin + (long)((real.GetTimestamp() - realOrigin) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        real.CreateTimer(callback, state, Scaled(dueTime), Scaled(period)) is var timer && Speed == 1 ? timer : new ScaledTimer(timer, this);

    private TimeSpan Scaled(TimeSpan duration)
    {
        if (duration == Timeout.InfiniteTimeSpan || duration <= TimeSpan.Zero)
        {
            return duration;
        }

        var scaled = duration / Speed;
        return scaled > LongestTimer ? LongestTimer : scaled < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : scaled;
    }

    private sealed class ScaledTimer(ITimer timer, EngineClock clock) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(clock.Scaled(dueTime), clock.Scaled(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}

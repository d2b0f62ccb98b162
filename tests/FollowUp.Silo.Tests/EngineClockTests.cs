using FollowUp.Clock;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace FollowUp.Silo;

public sealed class EngineClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_hour_passes_in_a_minute_at_speed_sixty()
    {
        var real = new FakeTimeProvider(Noon);
        var clock = new EngineClock(real, 60, notBefore: null);
        real.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Noon.AddHours(1), clock.GetUtcNow());
    }

    [Fact]
    public void It_goes_on_from_where_it_was_and_is_never_behind_the_real_one()
    {
        var real = new FakeTimeProvider(Noon);
        Assert.Equal(Noon.AddDays(3), new EngineClock(real, 1, Noon.AddDays(3)).GetUtcNow());
        Assert.Equal(Noon, new EngineClock(real, 60, Noon.AddDays(-3)).GetUtcNow());
    }

    [Fact]
    public void At_speed_one_with_no_lead_it_is_the_real_clock()
    {
        var real = new FakeTimeProvider(Noon);
        var clock = new EngineClock(real, 1, notBefore: null);
        real.Advance(TimeSpan.FromDays(1));
        Assert.Equal((real.GetUtcNow(), false), (clock.GetUtcNow(), clock.IsAhead));
    }

    [Fact]
    public void Its_timers_are_as_much_faster()
    {
        var real = new FakeTimeProvider(Noon);
        var clock = new EngineClock(real, 60, notBefore: null);
        var fired = 0;
        using var timer = clock.CreateTimer(_ => fired++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        real.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(0, fired);
        real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, fired);
    }
}

using NodaTime;
using Xunit;
using static FollowUp.Hours.Clock;

namespace FollowUp.Hours;

public sealed class OpenHoursTests
{
    private static readonly DateTimeZone Denver = Zone("America/Denver");
    private static readonly DateTimeZone NewYork = Zone("America/New_York");

    // Active hours in New York, quiet hours of a contact in Denver, two hours behind.
    private static readonly Schedule[] NightShift =
        [Schedule.Of(Weekdays("18:00-02:00"), NewYork), Schedule.Daily(Window("08:00-21:00"), Denver)];

    // New York and Denver, November 2026, winter time: Monday the 23rd.
    [Theory]
    [InlineData("2026-11-23 12:00 -05:00", "2026-11-23 18:00 -05:00", "2026-11-23 23:00 -05:00")] // closes when Denver's quiet hours begin
    [InlineData("2026-11-23 20:00 -05:00", "2026-11-23 20:00 -05:00", "2026-11-23 23:00 -05:00")] // open now: from now
    [InlineData("2026-11-23 23:00 -05:00", "2026-11-24 18:00 -05:00", "2026-11-24 23:00 -05:00")]
    [InlineData("2026-11-27 23:30 -05:00", "2026-11-30 18:00 -05:00", "2026-11-30 23:00 -05:00")] // the weekend
    public void All_schedules_must_be_open(string at, string from, string to) =>
        Assert.Equal(new Opening(At(from), At(to)), OpenHours.Next(NightShift, At(at)));

    [Fact]
    public void Hours_inside_the_quiet_hours_never_open() =>
        Assert.Null(OpenHours.Next([Schedule.Of(EveryDay("22:00-06:00"), Denver), Schedule.Daily(Window("08:00-21:00"), Denver)], At("2026-11-23 12:00 -05:00")));

    [Fact]
    public void Without_schedules_it_is_always_open()
    {
        var now = At("2026-11-23 12:00 -05:00");

        Assert.Equal(new Opening(now, Instant.MaxValue), OpenHours.Next([], now));
        Assert.Equal(new Opening(now, Instant.MaxValue), OpenHours.Next([Schedule.Always, Schedule.Always], now));
        Assert.Equal(Duration.FromHours(5), OpenHours.Between([], now, now + Duration.FromHours(5)));
    }

    [Theory]
    [InlineData("2026-11-23 12:00 -05:00", "2026-11-24 12:00 -05:00", 5)]
    [InlineData("2026-11-23 19:00 -05:00", "2026-11-23 20:00 -05:00", 1)]
    [InlineData("2026-11-23 22:00 -05:00", "2026-11-24 19:00 -05:00", 2)]
    [InlineData("2026-11-23 12:00 -05:00", "2026-11-30 12:00 -05:00", 25)]
    [InlineData("2026-11-23 12:00 -05:00", "2027-11-22 12:00 -05:00", 1300)] // further than an opening is looked for
    [InlineData("2026-11-24 12:00 -05:00", "2026-11-23 12:00 -05:00", 0)]
    [InlineData("2026-11-23 20:00 -05:00", "2026-11-23 20:00 -05:00", 0)]
    public void Joint_openness_adds_up(string from, string to, int hours) =>
        Assert.Equal(Duration.FromHours(hours), OpenHours.Between(NightShift, At(from), At(to)));

    // New York, 1 November 2026: 01:59 -04:00 is followed by 01:00 -05:00.
    [Fact]
    public void A_long_night_counts_its_real_hours() =>
        Assert.Equal(Duration.FromHours(9), OpenHours.Between([Schedule.Of(EveryDay("22:00-06:00"), NewYork)], At("2026-10-31 12:00 -04:00"), At("2026-11-01 12:00 -05:00")));
}

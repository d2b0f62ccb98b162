using FollowUp.Bots;
using NodaTime;
using Xunit;
using static FollowUp.Hours.Clock;

namespace FollowUp.Hours;

public sealed class ScheduleTests
{
    private static readonly DateTimeZone NewYork = Zone("America/New_York");

    private static string? Next(ActiveHours hours, DateTimeZone zone, string at) =>
        Schedule.Of(hours, zone).NextOpening(At(at)) is { } opening ? Read(opening.From, zone) + " to " + Read(opening.To, zone) : null;

    // New York, March 2026: Friday the 6th, the clock changes on Sunday the 8th.
    [Theory]
    [InlineData("2026-03-06 08:59 -05:00", false)]
    [InlineData("2026-03-06 09:00 -05:00", true)] // the start is open
    [InlineData("2026-03-06 17:59 -05:00", true)]
    [InlineData("2026-03-06 18:00 -05:00", false)] // closing time is already closed
    [InlineData("2026-03-07 12:00 -05:00", false)] // Saturday
    [InlineData("2026-03-09 09:00 -04:00", true)] // Monday, after the change
    [InlineData("2026-03-09 08:30 -04:00", false)]
    public void Hours_are_half_open(string at, bool open) =>
        Assert.Equal(open, Schedule.Of(Weekdays("09:00-18:00"), NewYork).IsOpen(At(at)));

    [Theory]
    [InlineData("2026-03-06 18:00 -05:00", "2026-03-09 09:00 -04:00 to 2026-03-09 18:00 -04:00")] // over the weekend and the change
    [InlineData("2026-03-06 10:00 -05:00", "2026-03-06 09:00 -05:00 to 2026-03-06 18:00 -05:00")] // the opening that holds it, from its own start
    [InlineData("2026-03-06 08:00 -05:00", "2026-03-06 09:00 -05:00 to 2026-03-06 18:00 -05:00")]
    public void A_due_time_moves_to_the_next_open_moment(string at, string expected) =>
        Assert.Equal(expected, Next(Weekdays("09:00-18:00"), NewYork, at));

    [Theory]
    [InlineData("09:00-12:00,13:00-18:00", "2026-03-06 12:00 -05:00", "2026-03-06 13:00 -05:00 to 2026-03-06 18:00 -05:00")] // lunch
    [InlineData("13:00-18:00,09:00-12:00", "2026-03-06 08:00 -05:00", "2026-03-06 09:00 -05:00 to 2026-03-06 12:00 -05:00")] // any order
    [InlineData("09:00-13:00,12:00-18:00", "2026-03-06 10:00 -05:00", "2026-03-06 09:00 -05:00 to 2026-03-06 18:00 -05:00")] // overlapping: one
    [InlineData("09:00-12:00,12:00-18:00", "2026-03-06 10:00 -05:00", "2026-03-06 09:00 -05:00 to 2026-03-06 18:00 -05:00")] // adjoining: one
    [InlineData("22:00-06:00", "2026-03-06 03:00 -05:00", "2026-03-05 22:00 -05:00 to 2026-03-06 06:00 -05:00")] // past midnight
    [InlineData("22:00-06:00", "2026-03-06 06:00 -05:00", "2026-03-06 22:00 -05:00 to 2026-03-07 06:00 -05:00")]
    [InlineData("18:00-24:00,00:00-02:00", "2026-03-06 20:00 -05:00", "2026-03-06 18:00 -05:00 to 2026-03-07 02:00 -05:00")] // adjoining at midnight: one
    [InlineData("12:00-12:00", "2026-03-06 20:00 -05:00", null)] // equal times are refused when saved; here they open nothing
    public void A_day_may_have_several_windows(string windows, string at, string? expected) =>
        Assert.Equal(expected, Next(EveryDay(windows), NewYork, at));

    // The night of Friday belongs to Friday: Saturday is closed, and still open until two.
    [Theory]
    [InlineData("2026-03-07 01:59 -05:00", true)]
    [InlineData("2026-03-07 02:00 -05:00", false)]
    [InlineData("2026-03-02 01:00 -05:00", false)] // Monday's small hours belong to Sunday, which is closed
    public void A_window_belongs_to_the_day_it_starts_on(string at, bool open) =>
        Assert.Equal(open, Schedule.Of(Weekdays("18:00-02:00"), NewYork).IsOpen(At(at)));

    // Thursday 24 December 2026 until 02:00 runs into the holiday; the 26th has hours of its own.
    [Theory]
    [InlineData("2026-12-25 01:00 -05:00", "2026-12-24 18:00 -05:00 to 2026-12-25 02:00 -05:00", true)]
    [InlineData("2026-12-25 02:00 -05:00", "2026-12-26 10:00 -05:00 to 2026-12-26 11:00 -05:00", true)]
    [InlineData("2026-12-26 10:30 -05:00", "2026-12-26 10:00 -05:00 to 2026-12-26 11:00 -05:00", false)]
    [InlineData("2026-12-26 11:00 -05:00", "2026-12-27 18:00 -05:00 to 2026-12-28 02:00 -05:00", false)]
    public void An_exception_replaces_the_windows_that_start_on_its_date(string at, string expected, bool holiday)
    {
        var hours = EveryDay("18:00-02:00") with { Exceptions = [On("2026-12-25", ""), On("2026-12-26", "10:00-11:00")] };

        Assert.Equal(expected, Next(hours, NewYork, at));
        Assert.Equal(holiday, Schedule.Of(hours, NewYork).IsHoliday(At(at)));
    }

    [Fact]
    public void Hours_that_are_off_are_any_time()
    {
        Assert.Same(Schedule.Always, Schedule.Of(new ActiveHours(), NewYork));
        Assert.Same(Schedule.Always, Schedule.Of(Weekdays("09:00-18:00") with { Enabled = false }, NewYork));
        Assert.True(Schedule.Always.IsOpen(Instant.MaxValue));
        Assert.Equal(new Opening(At("2026-03-06 08:00 -05:00"), Instant.MaxValue), Schedule.Always.NextOpening(At("2026-03-06 08:00 -05:00")));
    }

    [Fact]
    public void Round_the_clock_but_for_a_holiday_is_one_long_opening_on_either_side()
    {
        var hours = EveryDay("00:00-24:00") with { Exceptions = [On("2026-12-25", "")] };

        Assert.Same(Schedule.Always, Schedule.Of(EveryDay("00:00-24:00"), NewYork));
        Assert.Equal(At("2026-12-25 00:00 -05:00"), Schedule.Of(hours, NewYork).NextOpening(At("2026-03-06 08:00 -05:00"))?.To);
        Assert.Equal(At("2026-12-26 00:00 -05:00"), Schedule.Of(hours, NewYork).NextOpening(At("2026-12-25 08:00 -05:00"))?.From);
        Assert.Equal(At("2026-12-26 00:00 -05:00"), Schedule.Of(hours, NewYork).NextOpening(At("2027-03-06 08:00 -05:00"))?.From);
    }

    [Fact]
    public void An_opening_is_looked_for_400_days_ahead()
    {
        var once = new ActiveHours { Enabled = true, Exceptions = [On("2027-12-01", "09:00-10:00")] };

        Assert.Null(Next(once, NewYork, "2026-10-27 08:59 -04:00"));
        Assert.Equal("2027-12-01 09:00 -05:00 to 2027-12-01 10:00 -05:00", Next(once, NewYork, "2026-10-27 10:00 -04:00"));
        Assert.Null(Next(new ActiveHours { Enabled = true }, NewYork, "2026-10-27 10:00 -04:00"));
    }

    [Fact]
    public void Far_ends_of_time_are_closed_and_throw_nothing()
    {
        var schedule = Schedule.Of(Weekdays("09:00-18:00"), NewYork);

        Assert.All([Instant.MinValue, Instant.MaxValue], at => Assert.False(schedule.IsOpen(at) || schedule.IsHoliday(at) || schedule.NextOpening(at).HasValue));
    }
}

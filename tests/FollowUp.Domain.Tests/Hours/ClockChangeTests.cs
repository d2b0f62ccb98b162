using Xunit;
using static FollowUp.Hours.Clock;

namespace FollowUp.Hours;

/// <summary>A skipped local time moves forward by the gap; a repeated one is the first.</summary>
public sealed class ClockChangeTests
{
    private static string? Next(string zone, string windows, string at) =>
        Schedule.Of(EveryDay(windows), Zone(zone)).NextOpening(At(at)) is { } opening
            ? Read(opening.From, Zone(zone)) + " to " + Read(opening.To, Zone(zone))
            : null;

    // New York, 8 March 2026: 01:59 -05:00 is followed by 03:00 -04:00.
    // New York, 1 November 2026: 01:59 -04:00 is followed by 01:00 -05:00.
    [Theory]
    [InlineData("02:30-09:00", "2026-03-08 00:00 -05:00", "2026-03-08 03:30 -04:00 to 2026-03-08 09:00 -04:00")] // a skipped start
    [InlineData("02:00-09:00", "2026-03-08 00:00 -05:00", "2026-03-08 03:00 -04:00 to 2026-03-08 09:00 -04:00")]
    [InlineData("01:00-02:30", "2026-03-08 00:00 -05:00", "2026-03-08 01:00 -05:00 to 2026-03-08 03:30 -04:00")] // a skipped end: still ninety minutes
    [InlineData("02:15-02:45", "2026-03-08 00:00 -05:00", "2026-03-08 03:15 -04:00 to 2026-03-08 03:45 -04:00")] // all of it skipped: later, as long
    [InlineData("02:30-03:15", "2026-03-08 00:00 -05:00", "2026-03-09 02:30 -04:00 to 2026-03-09 03:15 -04:00")] // starts behind its end: none that day
    [InlineData("01:30-01:45", "2026-11-01 00:00 -04:00", "2026-11-01 01:30 -04:00 to 2026-11-01 01:45 -04:00")] // repeated: the first only
    [InlineData("01:30-01:45", "2026-11-01 01:45 -04:00", "2026-11-02 01:30 -05:00 to 2026-11-02 01:45 -05:00")]
    [InlineData("00:00-01:30", "2026-11-01 00:00 -04:00", "2026-11-01 00:00 -04:00 to 2026-11-01 01:30 -04:00")]
    [InlineData("01:30-09:00", "2026-11-01 01:30 -05:00", "2026-11-01 01:30 -04:00 to 2026-11-01 09:00 -05:00")] // open since the first
    public void New_York(string windows, string at, string expected) => Assert.Equal(expected, Next("America/New_York", windows, at));

    // London, 29 March 2026: 00:59 +00:00 is followed by 02:00 +01:00. 25 October 2026: 01:59 +01:00 is followed by 01:00 +00:00.
    // Dublin has the same clock; its winter is the daylight saving, a negative one.
    [Theory]
    [InlineData("01:15-09:00", "2026-03-29 00:30 +00:00", "2026-03-29 02:15 +01:00 to 2026-03-29 09:00 +01:00")]
    [InlineData("22:00-01:30", "2026-03-28 23:00 +00:00", "2026-03-28 22:00 +00:00 to 2026-03-29 02:30 +01:00")]
    [InlineData("01:15-09:00", "2026-10-25 00:30 +01:00", "2026-10-25 01:15 +01:00 to 2026-10-25 09:00 +00:00")]
    [InlineData("22:00-01:30", "2026-10-25 01:30 +01:00", "2026-10-25 22:00 +00:00 to 2026-10-26 01:30 +00:00")]
    public void London_and_Dublin(string windows, string at, string expected)
    {
        Assert.Equal(expected, Next("Europe/London", windows, at));
        Assert.Equal(expected, Next("Europe/Dublin", windows, at));
    }

    // Lord Howe, 4 October 2026: 01:59 +10:30 is followed by 02:30 +11:00. 5 April 2026: 01:59 +11:00 is followed by 01:30 +10:30.
    [Theory]
    [InlineData("02:10-09:00", "2026-10-04 00:00 +10:30", "2026-10-04 02:40 +11:00 to 2026-10-04 09:00 +11:00")]
    [InlineData("01:00-01:40", "2026-04-05 00:00 +11:00", "2026-04-05 01:00 +11:00 to 2026-04-05 01:40 +11:00")]
    [InlineData("01:40-09:00", "2026-04-05 01:40 +10:30", "2026-04-05 01:40 +11:00 to 2026-04-05 09:00 +10:30")]
    public void Lord_Howe_changes_by_half_an_hour(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Australia/Lord_Howe", windows, at));

    // Santiago, 6 September 2026: 23:59 -04:00 is followed by 01:00 -03:00. 4 April 2026: 23:59 -03:00 is followed by 23:00 -04:00.
    [Theory]
    [InlineData("00:00-09:00", "2026-09-05 12:00 -04:00", "2026-09-06 01:00 -03:00 to 2026-09-06 09:00 -03:00")] // midnight does not exist
    [InlineData("18:00-24:00", "2026-09-05 12:00 -04:00", "2026-09-05 18:00 -04:00 to 2026-09-06 01:00 -03:00")]
    [InlineData("18:00-24:00,00:00-02:00", "2026-09-05 19:00 -04:00", "2026-09-05 18:00 -04:00 to 2026-09-06 02:00 -03:00")]
    [InlineData("18:00-23:30", "2026-04-04 20:00 -03:00", "2026-04-04 18:00 -03:00 to 2026-04-04 23:30 -03:00")]
    [InlineData("18:00-24:00", "2026-04-04 20:00 -03:00", "2026-04-04 18:00 -03:00 to 2026-04-05 00:00 -04:00")] // seven hours
    public void Santiago_changes_at_midnight(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("America/Santiago", windows, at));

    // Cairo, 24 April 2026: 23:59 +02:00 is followed by 01:00 +03:00. 29 October 2026: 23:59 +03:00 is followed by 23:00 +02:00.
    [Theory]
    [InlineData("00:30-09:00", "2026-04-23 12:00 +02:00", "2026-04-24 01:30 +03:00 to 2026-04-24 09:00 +03:00")]
    [InlineData("00:00-00:45", "2026-04-23 12:00 +02:00", "2026-04-24 01:00 +03:00 to 2026-04-24 01:45 +03:00")]
    [InlineData("23:15-23:45", "2026-10-29 23:50 +03:00", "2026-10-30 23:15 +02:00 to 2026-10-30 23:45 +02:00")]
    public void Cairo_changes_at_midnight(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Africa/Cairo", windows, at));

    // Casablanca, Ramadan 2025: 23 February 02:59 +01:00 is followed by 02:00 +00:00; 6 April 01:59 +00:00 by 03:00 +01:00.
    [Theory]
    [InlineData("02:30-09:00", "2025-02-23 02:30 +00:00", "2025-02-23 02:30 +01:00 to 2025-02-23 09:00 +00:00")]
    [InlineData("02:30-09:00", "2025-04-06 00:00 +00:00", "2025-04-06 03:30 +01:00 to 2025-04-06 09:00 +01:00")]
    public void Casablanca_goes_back_for_Ramadan(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Africa/Casablanca", windows, at));

    // Troll, 29 March 2026: 00:59 +00:00 is followed by 03:00 +02:00. 25 October 2026: 02:59 +02:00 is followed by 01:00 +00:00.
    [Theory]
    [InlineData("01:30-09:00", "2026-03-29 00:00 +00:00", "2026-03-29 03:30 +02:00 to 2026-03-29 09:00 +02:00")]
    [InlineData("02:30-09:00", "2026-03-29 00:00 +00:00", "2026-03-29 04:30 +02:00 to 2026-03-29 09:00 +02:00")]
    [InlineData("00:00-02:30", "2026-10-25 02:30 +02:00", "2026-10-26 00:00 +00:00 to 2026-10-26 02:30 +00:00")]
    public void Troll_changes_by_two_hours(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Antarctica/Troll", windows, at));

    // Apia, 2011: 29 December 23:59 -10:00 is followed by 31 December 00:00 +14:00. There was no Friday the 30th.
    [Theory]
    [InlineData("09:00-18:00", "2011-12-29 18:00 -10:00", "2011-12-31 09:00 +14:00 to 2011-12-31 18:00 +14:00")]
    [InlineData("22:00-06:00", "2011-12-29 23:00 -10:00", "2011-12-29 22:00 -10:00 to 2011-12-31 06:00 +14:00")] // eight hours, as on every night
    public void Apia_skipped_a_day(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Pacific/Apia", windows, at));

    [Fact]
    public void A_skipped_day_opens_nothing_on_the_next_one()
    {
        var apia = Zone("Pacific/Apia");

        var opening = Schedule.Of(Weekdays("09:00-18:00"), apia).NextOpening(At("2011-12-29 18:00 -10:00"));

        Assert.Equal(At("2012-01-02 09:00 +14:00"), opening?.From); // Friday's hours do not fall on Saturday
    }

    // Kwajalein, 30 September 1969: 23:59 +11:00 is followed by 30 September 01:00 -12:00: most of a day twice.
    [Theory]
    [InlineData("09:00-18:00", "1969-09-30 18:00 +11:00", "1969-10-01 09:00 -12:00 to 1969-10-01 18:00 -12:00")]
    [InlineData("22:00-06:00", "1969-09-30 12:00 -12:00", "1969-09-30 22:00 +11:00 to 1969-10-01 06:00 -12:00")]
    public void Kwajalein_lived_a_day_twice(string windows, string at, string expected) =>
        Assert.Equal(expected, Next("Pacific/Kwajalein", windows, at));
}

using CsCheck;
using FollowUp.Bots;
using NodaTime;
using Xunit;
using static FollowUp.Hours.Clock;

namespace FollowUp.Planning;

public sealed class DelaysTests(ITestOutputHelper output)
{
    private static string After(int value, DelayUnit unit, string anchor, string zone) =>
        Read(Delay.Of(value, unit).After(At(anchor), Zone(zone)), Zone(zone));

    // New York, 8 March 2026: 01:59 -05:00 is followed by 03:00 -04:00.
    [Theory]
    [InlineData(45, DelayUnit.Seconds, "2026-03-08 01:59 -05:00", "2026-03-08 01:59 -05:00")]
    [InlineData(1, DelayUnit.Minutes, "2026-03-08 01:59 -05:00", "2026-03-08 03:00 -04:00")]
    [InlineData(24, DelayUnit.Hours, "2026-03-07 10:00 -05:00", "2026-03-08 11:00 -04:00")]
    public void Minutes_and_hours_are_exact(int value, DelayUnit unit, string anchor, string expected) =>
        Assert.Equal(expected, After(value, unit, anchor, "America/New_York"));

    // New York as above, and 1 November 2026: 01:59 -04:00 is followed by 01:00 -05:00.
    // Apia, 2011: 29 December 23:59 -10:00 is followed by 31 December 00:00 +14:00.
    // Lord Howe, 4 October 2026: 01:59 +10:30 is followed by 02:30 +11:00.
    [Theory]
    [InlineData("America/New_York", 1, "2026-03-07 10:00 -05:00", "2026-03-08 10:00 -04:00")]
    [InlineData("America/New_York", 1, "2026-03-07 02:30 -05:00", "2026-03-08 03:30 -04:00")] // skipped: forward by the gap
    [InlineData("America/New_York", 2, "2026-03-07 02:30 -05:00", "2026-03-09 02:30 -04:00")]
    [InlineData("America/New_York", 1, "2026-10-31 01:30 -04:00", "2026-11-01 01:30 -04:00")] // repeated: the first
    [InlineData("America/New_York", 1, "2026-11-01 01:30 -05:00", "2026-11-02 01:30 -05:00")]
    [InlineData("America/New_York", 30, "2026-02-20 09:15 -05:00", "2026-03-22 09:15 -04:00")]
    [InlineData("Pacific/Apia", 1, "2011-12-29 10:00 -10:00", "2011-12-31 10:00 +14:00")]
    [InlineData("Pacific/Apia", 2, "2011-12-29 10:00 -10:00", "2011-12-31 10:00 +14:00")]
    [InlineData("Australia/Lord_Howe", 1, "2026-10-03 02:15 +10:30", "2026-10-04 02:45 +11:00")]
    public void Days_keep_the_wall_clock_time(string zone, int days, string anchor, string expected) =>
        Assert.Equal(expected, After(days, DelayUnit.Days, anchor, zone));

    [Fact]
    public void Elapsed_takes_a_day_for_24_hours()
    {
        Assert.Equal(Duration.FromHours(72), Delay.Of(3, DelayUnit.Days).Elapsed);
        Assert.Equal(Duration.FromMinutes(90), Delay.Of(90, DelayUnit.Minutes).Elapsed);
        Assert.Equal(Duration.FromSeconds(5), Delay.Of(5, DelayUnit.Seconds).Elapsed);
        Assert.Equal(Duration.MaxValue, Delay.Of(0, DelayUnit.Forever).Elapsed);
    }

    [Fact]
    public void For_ever_is_the_end_of_time() =>
        Assert.Equal(Instant.MaxValue, Delay.Of(0, DelayUnit.Forever).After(At("2026-03-07 10:00 -05:00"), Zone("America/New_York")));

    [Fact]
    public void Any_value_from_any_instant_answers()
    {
        var units = Enum.GetValues<DelayUnit>();
        var anchors = new[] { Instant.MinValue, At("2026-03-07 10:00 -05:00"), Instant.MaxValue - Duration.FromDays(1), Instant.MaxValue };

        Gen.Select(Gen.Int, Gen.Int[0, units.Length - 1], Gen.Int[0, anchors.Length - 1])
            .Sample((value, unit, anchor) => Delay.Of(value, units[unit]).After(anchors[anchor], Zone("Asia/Tokyo")) >= anchors[anchor]);
    }

    [Fact]
    public void A_delay_ends_later_than_its_anchor_in_every_zone()
    {
        var zones = DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]).ToArray();
        var changes = 0;
        foreach (var zone in zones)
        {
            foreach (var change in zone.GetZoneIntervals(Instant.FromUtc(1960, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0)).Where(interval => interval.HasStart))
            {
                changes++;
                for (var hours = -26; hours <= 26; hours++)
                {
                    var anchor = change.Start + Duration.FromHours(hours) + Duration.FromMinutes(17);
                    Assert.True(Delay.Of(1, DelayUnit.Days).After(anchor, zone) > anchor, zone.Id + " " + anchor);
                }
            }
        }

        output.WriteLine($"zones={zones.Length} changes={changes} anchors={changes * 53}");
        Assert.True(changes > 10_000);
    }
}

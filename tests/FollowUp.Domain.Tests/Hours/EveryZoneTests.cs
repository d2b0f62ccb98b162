using NodaTime;
using Xunit;

namespace FollowUp.Hours;

public sealed class EveryZoneTests(ITestOutputHelper output)
{
    private const int Days = 14;
    private const int ChangesOfAZone = 1;
    private const int SchedulesAtAChange = 3;
    private const int QuestionsToASchedule = 200;

    // Room at both ends, where the painted days do not know what comes before or after.
    private const int Margin = 3 * 1440;

    [Fact]
    public void A_reading_minute_by_minute_agrees_in_every_zone_around_its_changes()
    {
        var random = new Random(20260308);
        var zones = DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]).ToArray();
        int changed = 0, changes = 0, cases = 0, open = 0, gaps = 0, overlaps = 0, unknown = 0;
        foreach (var zone in zones)
        {
            var all = ChangesOf(zone);
            var some = all.Count > 0 ? random.GetItems(all.ToArray(), Math.Min(ChangesOfAZone, all.Count)) : [null];
            changed += all.Count > 0 ? 1 : 0;
            foreach (var change in some)
            {
                changes += change is null ? 0 : 1;
                gaps += change is { Later: true } ? 1 : 0;
                overlaps += change is { Later: false } ? 1 : 0;
                var middle = change?.At ?? Instant.FromUtc(2026, 3, 8, 0, 0);
                var start = Instant.FromUnixTimeSeconds((middle - Duration.FromDays(Days / 2)).ToUnixTimeSeconds() / 60 * 60);
                var judge = new MinuteByMinute(zone, start, Days);
                for (var i = 0; i < SchedulesAtAChange; i++)
                {
                    var hours = RandomHours.Around(middle.InZone(zone).LocalDateTime, random);
                    var schedule = Schedule.Of(hours, zone);
                    judge.Paint(hours);
                    for (var question = 0; question < QuestionsToASchedule; question++)
                    {
                        // Every other question within a day and a half of the change.
                        var minute = question % 2 == 0 ? random.Next(Margin, judge.Length - Margin) : (judge.Length / 2) + random.Next(-2160, 2160);
                        var at = judge.At(minute);
                        var told = schedule.NextOpening(at);
                        if (judge.IsOpen(minute) != schedule.IsOpen(at) || schedule.IsOpen(at) != (told is { } now && now.From <= at))
                        {
                            Assert.Fail($"{zone.Id} {at} {Read(hours)}: open {judge.IsOpen(minute)}, told {schedule.IsOpen(at)} and {told}");
                        }

                        cases++;
                        open += judge.IsOpen(minute) ? 1 : 0;
                        if (judge.Next(minute) is not { } expected || expected.From < Margin || expected.To > judge.Length - Margin)
                        {
                            unknown++;
                            continue;
                        }

                        if (told != new Opening(judge.At(expected.From), judge.At(expected.To)))
                        {
                            Assert.Fail($"{zone.Id} {at} {Read(hours)}: {judge.At(expected.From)} to {judge.At(expected.To)}, told {told}");
                        }
                    }
                }
            }
        }

        output.WriteLine($"zones={zones.Length} with_changes={changed} changes={changes} gaps={gaps} overlaps={overlaps} cases={cases} open={open} openings_past_the_days={unknown} disagreements=0");
        Assert.True(changes > 400 && gaps > 100 && overlaps > 100 && cases > 350_000 && open > cases / 20 && open < cases * 19 / 20 && unknown < cases / 2);
    }

    private static List<Change?> ChangesOf(DateTimeZone zone)
    {
        var intervals = zone.GetZoneIntervals(Instant.FromUtc(1965, 1, 1, 0, 0), Instant.FromUtc(2036, 1, 1, 0, 0)).ToArray();
        return [.. intervals.Zip(intervals.Skip(1))
            .Where(pair => pair.First.WallOffset.Seconds % 60 == 0 && pair.Second.WallOffset.Seconds % 60 == 0 && pair.First.WallOffset != pair.Second.WallOffset)
            .Where(pair => !pair.First.HasStart || pair.Second.Start - pair.First.Start > Duration.FromDays(Days))
            .Select(pair => (Change?)new Change(pair.Second.Start, pair.Second.WallOffset > pair.First.WallOffset))];
    }

    private static string Read(FollowUp.Bots.ActiveHours hours) => System.Text.Json.JsonSerializer.Serialize(hours);

    private sealed record Change(Instant At, bool Later);
}

using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>Schedules drawn at random: overnight, round the clock, closed, many windows, windows at a clock change, exceptions near it.</summary>
internal static class RandomHours
{
    public static ActiveHours Around(LocalDateTime change, Random random)
    {
        // Rare: round the clock, or never, is asked for 400 days ahead.
        var sameEveryDay = random.Next(12) == 0 ? Day(change, random) : null;
        HoursWindow[] Next() => sameEveryDay ?? Day(change, random);
        return new ActiveHours
        {
            Enabled = true,
            Weekly = new WeeklyHours { Monday = Next(), Tuesday = Next(), Wednesday = Next(), Thursday = Next(), Friday = Next(), Saturday = Next(), Sunday = Next() },
            Exceptions = [.. Enumerable.Range(-2, 5).Where(_ => random.Next(4) == 0).Select(days => new HoursOnDate
            {
                Date = change.Date.PlusDays(days).ToDateOnly(),
                Windows = random.Next(2) == 0 ? [] : Day(change, random),
            })],
        };
    }

    private static HoursWindow[] Day(LocalDateTime change, Random random) => random.Next(8) switch
    {
        0 => [],
        1 => [Clock.WholeDay],
        2 => [Clock.Window("09:00-18:00")],
        3 => [Clock.Window("18:00-24:00"), Clock.Window("00:00-02:00")],
        _ => [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Window(change, random))],
    };

    private static HoursWindow Window(LocalDateTime change, Random random)
    {
        var from = Minute(change, random);
        var to = Minute(change, random);
        return new HoursWindow { From = TimeOnly.MinValue.AddMinutes(from), To = TimeOnly.MinValue.AddMinutes(from == to && from != 0 ? to + 1 : to) };
    }

    // Half of them near the change, on the quarter hour or not.
    private static int Minute(LocalDateTime change, Random random) => random.Next(4) switch
    {
        0 => random.Next(1440),
        1 => random.Next(96) * 15,
        2 => (change.TimeOfDay.Hour * 60 + change.TimeOfDay.Minute + 1440 + (random.Next(-8, 9) * 15)) % 1440,
        _ => (change.TimeOfDay.Hour * 60 + change.TimeOfDay.Minute + 1440 + random.Next(-130, 131)) % 1440,
    };
}

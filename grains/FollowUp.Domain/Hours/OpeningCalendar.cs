using FollowUp.Bots;
using NodaTime;
using NodaTime.TimeZones;

namespace FollowUp.Hours;

/// <summary>
/// Turns windows of local dates into openings of absolute time. The rules:
/// <list type="bullet">
/// <item>Start and end of a window map to instants on their own: a skipped local time moves forward by the gap, a repeated one is the first. What is empty after that is no opening.</item>
/// <item>An end earlier than its start belongs to the next date; the window belongs to the date it starts on. So a date's exception replaces the windows that start on it, and the night before still runs into it.</item>
/// <item>A date that the zone skips as a whole (Apia, 30 December 2011) has no windows.</item>
/// <item>Openings that touch or overlap are one.</item>
/// </list>
/// </summary>
internal sealed class OpeningCalendar(
    DateTimeZone zone,
    Func<IsoDayOfWeek, IReadOnlyList<HoursWindow>> weekly,
    IReadOnlyDictionary<LocalDate, IReadOnlyList<HoursWindow>> exceptions)
{
    // A window ends before midnight two dates later; a skipped day may move that end one date further.
    private const int DatesAWindowReaches = 3;

    // Room for the walks before and after, inside what a local date can hold.
    private static readonly Instant Earliest = Instant.FromUtc(2, 1, 1, 0, 0);
    private static readonly Instant Latest = Instant.FromUtc(9990, 1, 1, 0, 0);

    public bool IsHoliday(Instant at) =>
        IsInReach(at) && exceptions.TryGetValue(DateAt(at), out var windows) && windows.Count == 0;

    /// <summary>The openings that end after <paramref name="from"/> and start no later than <paramref name="until"/>, merged, in order. The first may have begun days earlier than told; one without an end in sight is cut soon after <paramref name="until"/>.</summary>
    public IEnumerable<Opening> Openings(Instant from, Instant until)
    {
        if (!IsInReach(from))
        {
            return [];
        }

        var last = DateAt(Instant.Min(until, Latest)).PlusDays(1);
        return Walk(DateAt(from).PlusDays(-DatesAWindowReaches), last)
            .SkipWhile(opening => opening.To <= from)
            .TakeWhile(opening => opening.From <= until);
    }

    /// <summary>The first of these openings, with its true start; one that began more than <paramref name="days"/> days ago is cut there.</summary>
    public Opening? Next(Instant at, Instant until, int days)
    {
        foreach (var opening in Openings(at, until))
        {
            return HasTrueStart(opening, DateAt(at).PlusDays(-DatesAWindowReaches)) ? opening : WithTrueStart(opening, days);
        }

        return null;
    }

    private Opening WithTrueStart(Opening opening, int days)
    {
        for (var back = 4 * DatesAWindowReaches; ; back *= 4)
        {
            var first = DateAt(opening.From).PlusDays(-Math.Min(back, days));
            var wider = Walk(first, DateAt(opening.From).PlusDays(1)).First(candidate => candidate.To > opening.From);
            if (back >= days || HasTrueStart(wider, first))
            {
                return wider with { To = opening.To };
            }
        }
    }

    // Whether no window of a date before the walk's first one can reach it.
    private bool HasTrueStart(Opening opening, LocalDate first) =>
        opening.From > ToInstant(first.PlusDays(DatesAWindowReaches - 1).AtMidnight());

    private static bool IsInReach(Instant at) => at >= Earliest && at <= Latest;

    private LocalDate DateAt(Instant at) => at.InZone(zone).Date;

    // TZDB's zones cache their intervals, so mapping a local time costs a look-up.
    private Instant ToInstant(LocalDateTime local) => zone.ResolveLocal(local, Resolvers.LenientResolver).ToInstant();

    private IEnumerable<Opening> Walk(LocalDate first, LocalDate last)
    {
        var pending = new List<Opening>();
        for (var date = first; date <= last; date = date.PlusDays(1))
        {
            if (StartOf(date) is not { } start)
            {
                continue;
            }

            // Nothing of this date or a later one starts before its first instant.
            var final = pending.FindIndex(opening => opening.To >= start);
            final = final < 0 ? pending.Count : final;
            for (var i = 0; i < final; i++)
            {
                yield return pending[i];
            }

            pending.RemoveRange(0, final);
            foreach (var window in WindowsOn(date))
            {
                Add(pending, OpeningOf(window, date));
            }
        }

        foreach (var opening in pending)
        {
            yield return opening;
        }
    }

    private IReadOnlyList<HoursWindow> WindowsOn(LocalDate date) =>
        exceptions.TryGetValue(date, out var windows) ? windows : weekly(date.DayOfWeek);

    private Opening OpeningOf(HoursWindow window, LocalDate date)
    {
        var from = LocalTime.FromTicksSinceMidnight(window.From.Ticks);
        var to = LocalTime.FromTicksSinceMidnight(window.To.Ticks);

        // Equal times are the whole day at midnight and nothing elsewhere (refused when saved).
        var endDate = to < from || (to == from && to == LocalTime.Midnight) ? date.PlusDays(1) : date;
        return new Opening(ToInstant(date + from), ToInstant(endDate + to));
    }

    private static void Add(List<Opening> openings, Opening added)
    {
        if (added.From >= added.To)
        {
            return;
        }

        // Not always the last one: a start moved out of a gap may stand after the next window's.
        var at = openings.FindIndex(opening => opening.To >= added.From);
        at = at < 0 ? openings.Count : at;
        while (at < openings.Count && openings[at].From <= added.To)
        {
            added = new Opening(Instant.Min(openings[at].From, added.From), Instant.Max(openings[at].To, added.To));
            openings.RemoveAt(at);
        }

        openings.Insert(at, added);
    }

    /// <summary>The first instant of a date; null when the zone skips the date.</summary>
    private Instant? StartOf(LocalDate date)
    {
        var midnight = zone.MapLocal(date.AtMidnight());
        return midnight.Count switch
        {
            0 when midnight.LateInterval.IsoLocalStart.Date > date => null,
            0 => midnight.LateInterval.Start,
            _ => midnight.First().ToInstant(),
        };
    }
}

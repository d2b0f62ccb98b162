using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>
/// A second reading of the rules, as plain as it can be, to judge <see cref="Schedule"/>: it reads the zone's clock minute by minute
/// over some days, looks every window's ends up in what it read, and paints the minutes between. Zones whose offset has seconds do not fit.
/// </summary>
internal sealed class MinuteByMinute
{
    private static readonly LocalDateTime Zero = new(1900, 1, 1, 0, 0);

    private readonly Instant _start;
    private readonly long[] _clock;
    private readonly Dictionary<long, int> _first = [];
    private readonly bool[] _open;

    public MinuteByMinute(DateTimeZone zone, Instant start, int days)
    {
        _start = start;
        _clock = new long[days * 1440];
        _open = new bool[_clock.Length];
        var utc = (long)(start - Zero.InUtc().ToInstant()).TotalMinutes;
        for (var minute = 0; minute < _clock.Length; minute++)
        {
            _clock[minute] = utc + minute + (zone.GetUtcOffset(At(minute)).Seconds / 60);
            _first.TryAdd(_clock[minute], minute);
        }
    }

    public int Length => _clock.Length;

    public Instant At(int minute) => _start + Duration.FromMinutes(minute);

    public bool IsOpen(int minute) => _open[minute];

    /// <summary>The first open minute from there on, and the first closed one after it; null where the days end first.</summary>
    public (int From, int To)? Next(int minute)
    {
        var from = Array.IndexOf(_open, true, minute);
        var to = from < 0 ? -1 : Array.IndexOf(_open, false, from);
        while (from > 0 && to >= 0 && _open[from - 1])
        {
            from--;
        }

        return to < 0 ? null : (from, to);
    }

    public void Paint(ActiveHours hours)
    {
        Array.Clear(_open);
        var last = (int)(_clock.Max() / 1440);
        for (var day = (int)(_clock.Min() / 1440); day <= last; day++)
        {
            // A date of which the zone's clock never shows a minute does not happen.
            if (Enumerable.Range(0, 1440).Any(minute => _first.ContainsKey((day * 1440L) + minute)))
            {
                foreach (var window in WindowsOn(hours, Zero.Date.PlusDays(day)))
                {
                    Paint(day * 1440L, window);
                }
            }
        }
    }

    private void Paint(long midnight, HoursWindow window)
    {
        var from = (int)window.From.ToTimeSpan().TotalMinutes;
        var to = (int)window.To.ToTimeSpan().TotalMinutes;
        if (to < from || (to == 0 && from == 0))
        {
            to += 1440;
        }

        if (MinuteOf(midnight + from) is { } first && MinuteOf(midnight + to) is { } end)
        {
            for (var minute = first; minute < end; minute++)
            {
                _open[minute] = true;
            }
        }
    }

    /// <summary>The first minute at which the clock shows it; a skipped time is the clock's jump later. Outside the days: their nearer end.</summary>
    private int? MinuteOf(long local)
    {
        if (_first.TryGetValue(local, out var found))
        {
            return found;
        }

        for (var minute = 1; minute < _clock.Length; minute++)
        {
            if (_clock[minute - 1] < local && local < _clock[minute])
            {
                return _first[local + _clock[minute] - _clock[minute - 1] - 1];
            }
        }

        return local < _clock[0] ? 0 : _clock.Length;
    }

    private static IReadOnlyList<HoursWindow> WindowsOn(ActiveHours hours, LocalDate date) =>
        hours.Exceptions.FirstOrDefault(exception => exception.Date == date.ToDateOnly())?.Windows ?? date.DayOfWeek switch
        {
            IsoDayOfWeek.Monday => hours.Weekly.Monday,
            IsoDayOfWeek.Tuesday => hours.Weekly.Tuesday,
            IsoDayOfWeek.Wednesday => hours.Weekly.Wednesday,
            IsoDayOfWeek.Thursday => hours.Weekly.Thursday,
            IsoDayOfWeek.Friday => hours.Weekly.Friday,
            IsoDayOfWeek.Saturday => hours.Weekly.Saturday,
            _ => hours.Weekly.Sunday,
        };
}

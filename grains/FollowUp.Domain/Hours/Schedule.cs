using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>When messages may be sent: a business's hours, or the complement of quiet hours, as a calendar in one zone. Immutable; the clock-change rules stand at <see cref="OpeningCalendar"/>.</summary>
public sealed class Schedule
{
    /// <summary>How far ahead an opening is looked for.</summary>
    internal const int HorizonInDays = 400;

    private static readonly HoursWindow WholeDay = new() { From = TimeOnly.MinValue, To = TimeOnly.MinValue };

    // None: always open.
    private readonly OpeningCalendar? _calendar;

    private Schedule(OpeningCalendar? calendar) => _calendar = calendar;

    /// <summary>Always open.</summary>
    public static Schedule Always { get; } = new(null);

    /// <summary>A bot's active hours in the zone they follow; off, or round the clock without exceptions: <see cref="Always"/>. Of two exceptions for a date the last counts.</summary>
    public static Schedule Of(ActiveHours hours, DateTimeZone zone)
    {
        if (!hours.Enabled)
        {
            return Always;
        }

        var exceptions = new Dictionary<LocalDate, IReadOnlyList<HoursWindow>>();
        foreach (var exception in hours.Exceptions)
        {
            exceptions[LocalDate.FromDateOnly(exception.Date)] = exception.Windows;
        }

        var weekly = hours.Weekly;
        return exceptions.Count == 0 && Enum.GetValues<IsoDayOfWeek>().All(day => day == IsoDayOfWeek.None || WindowsOf(weekly, day).Contains(WholeDay))
            ? Always
            : new Schedule(new OpeningCalendar(zone, day => WindowsOf(weekly, day), exceptions));
    }

    /// <summary>One daily window (quiet hours leave it open), the same on every day.</summary>
    public static Schedule Daily(HoursWindow window, DateTimeZone zone)
    {
        HoursWindow[] windows = [window];
        return window == WholeDay
            ? Always
            : new Schedule(new OpeningCalendar(zone, _ => windows, new Dictionary<LocalDate, IReadOnlyList<HoursWindow>>()));
    }

    /// <summary>Whether it is open at that instant: exactly when <see cref="NextOpening"/> holds it.</summary>
    public bool IsOpen(Instant at) =>
        _calendar is null || _calendar.Openings(at, at).Any(opening => opening.From <= at);

    /// <summary>Whether the local date of that instant is an exception without windows. The night before may still run into it.</summary>
    public bool IsHoliday(Instant at) => _calendar is not null && _calendar.IsHoliday(at);

    /// <summary>
    /// The opening that holds <paramref name="at"/>, or the first one after it; null if none starts within 400 days.
    /// Adjoining windows are one opening; one that goes on for more than 400 days, or has, is cut there. <see cref="Always"/> opens at <paramref name="at"/>.
    /// </summary>
    public Opening? NextOpening(Instant at) =>
        _calendar is null ? new Opening(at, Instant.MaxValue) : _calendar.Next(at, Horizon(at), HorizonInDays);

    /// <summary>The openings that end after <paramref name="from"/> and start no later than <paramref name="until"/>, in order.</summary>
    internal IEnumerable<Opening> Openings(Instant from, Instant until) =>
        _calendar is null ? [new Opening(from, Instant.MaxValue)] : _calendar.Openings(from, until);

    internal static Instant Horizon(Instant at)
    {
        var ahead = Duration.FromDays(HorizonInDays);
        return at < Instant.MaxValue - ahead ? at + ahead : Instant.MaxValue;
    }

    private static IReadOnlyList<HoursWindow> WindowsOf(WeeklyHours weekly, IsoDayOfWeek day) => day switch
    {
        IsoDayOfWeek.Monday => weekly.Monday,
        IsoDayOfWeek.Tuesday => weekly.Tuesday,
        IsoDayOfWeek.Wednesday => weekly.Wednesday,
        IsoDayOfWeek.Thursday => weekly.Thursday,
        IsoDayOfWeek.Friday => weekly.Friday,
        IsoDayOfWeek.Saturday => weekly.Saturday,
        _ => weekly.Sunday,
    };
}

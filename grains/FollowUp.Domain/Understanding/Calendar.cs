using NodaTime;

namespace FollowUp.Understanding;

/// <summary>The calendar of RULES D3–D5.</summary>
internal static class Calendar
{
    public const int DefaultMinutes = 600;

    /// <summary>A weekday's first occurrence strictly after today.</summary>
    public static LocalDate NextWeekday(LocalDate today, int weekday) => today.PlusDays(((weekday - (int)today.DayOfWeek + 6) % 7) + 1);

    /// <summary>Monday of the next calendar week.</summary>
    public static LocalDate NextWeek(LocalDate today) => NextWeekday(today, 1);

    public static LocalDate? NextDayOfMonth(LocalDate today, int day)
    {
        for (var month = 0; month < 12; month++)
        {
            var first = new LocalDate(today.Year, today.Month, 1).PlusMonths(month);
            if (day <= CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month) && first.PlusDays(day - 1) is var date && date > today)
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>The next occurrence of a month and day; today itself while 10:00 is ahead.</summary>
    public static LocalDate? DateOf(LocalDateTime now, int month, int day)
    {
        for (var year = now.Year; year <= now.Year + 4; year++)
        {
            if (month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) && new LocalDate(year, month, day) is var date && (date > now.Date || (date == now.Date && now.Hour < 10)))
            {
                return date;
            }
        }

        return null;
    }

    public static LocalDate InMonth(LocalDateTime now, int month, string before, string two, int? nthWeek)
    {
        var year = month > now.Month || (month == now.Month && now.Day == 1) ? now.Year : now.Year + 1;
        var first = new LocalDate(year, month, 1);
        if (nthWeek is { } nth)
        {
            var monday = first.PlusDays((8 - (int)first.DayOfWeek) % 7);
            return monday.PlusDays(7 * (nth - 1));
        }

        return (before, two) switch
        {
            ("mid" or "mitte", _) or (_, "middle") => first.PlusDays(14),
            ("late", _) => first.PlusDays(24),
            ("of", "end") or ("ende", _) => LastBusinessDay(first),
            _ => first,
        };
    }

    public static (LocalDate Day, int? Minutes) Of(Named named, LocalDateTime now)
    {
        var today = now.Date;
        var weekday = (int)today.DayOfWeek;
        var month = new LocalDate(today.Year, today.Month, 1);
        return named switch
        {
            Named.NextWeek => (NextWeek(today), null),
            Named.WeekAfterNext => (NextWeek(today).PlusDays(7), null),
            Named.MidNextWeek => (NextWeek(today).PlusDays(2), null),
            Named.EndOfNextWeek => (NextWeek(today).PlusDays(4), null),
            Named.EndOfWeek => weekday < 5 ? (today.PlusDays(5 - weekday), null) : weekday == 5 ? (today, 1020) : (NextWeekday(today, 5), null),
            Named.LaterThisWeek => weekday < 4 ? (today.PlusDays(4 - weekday), null) : (NextWeekday(today, 5), null),
            Named.Weekend => weekday == 6 ? (today.PlusDays(1), null) : (NextWeekday(today, 6), null),
            Named.NextWeekend => (NextWeek(today).PlusDays(5), null),
            Named.AfterWeekend => (NextWeek(today), null),
            Named.NextMonth => (month.PlusMonths(1), null),
            Named.EndOfMonth => LastBusinessDay(month) is var end && (end > today || (end == today && now.Hour < 10)) ? (end, null) : (LastBusinessDay(month.PlusMonths(1)), null),
            Named.MidMonth => (NextDayOfMonth(today, 15)!.Value, null),
            Named.NextYear or Named.AfterHolidays => (new LocalDate(today.Year + 1, 1, 2), null),
            Named.NextQuarter => (new LocalDate(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1).PlusMonths(3), null),
            Named.Spring => (DateOf(now, 3, 1)!.Value, null),
            Named.Summer => (DateOf(now, 6, 1)!.Value, null),
            Named.Autumn => (DateOf(now, 9, 1)!.Value, null),
            Named.Winter => (DateOf(now, 12, 1)!.Value, null),
            Named.NewYearsDay => (DateOf(now, 1, 1)!.Value, null),
            Named.Valentine => (DateOf(now, 2, 14)!.Value, null),
            Named.Halloween => (DateOf(now, 10, 31)!.Value, null),
            Named.Christmas => (DateOf(now, 12, 25)!.Value, null),
            _ => (today.PlusDays(14), null),
        };
    }

    /// <summary>Minutes and hours elapse; longer units are calendar days at 10:00 (D4).</summary>
    public static TimeMention? After(LocalDateTime now, double count, Unit unit, int start, int end)
    {
        if (count is <= 0 or > 10_000)
        {
            return null;
        }

        var whole = (int)Math.Round(count);
        var mention = new TimeMention { Start = start, End = end };
        return unit switch
        {
            Unit.Minute => mention with { Elapsed = Duration.FromMinutes(count) },
            Unit.Hour => mention with { Elapsed = Duration.FromHours(count) },
            Unit.Day when whole <= 3_660 => mention with { Day = now.Date.PlusDays(whole) },
            Unit.Week when whole <= 520 => mention with { Day = now.Date.PlusWeeks(whole) },
            Unit.Month when whole <= 120 => mention with { Day = now.Date.PlusMonths(whole) },
            Unit.Year when whole <= 10 => mention with { Day = now.Date.PlusYears(whole) },
            _ => null,
        };
    }

    private static LocalDate LastBusinessDay(LocalDate first)
    {
        var last = first.PlusMonths(1).PlusDays(-1);
        return last.DayOfWeek switch { IsoDayOfWeek.Saturday => last.PlusDays(-1), IsoDayOfWeek.Sunday => last.PlusDays(-2), _ => last };
    }
}

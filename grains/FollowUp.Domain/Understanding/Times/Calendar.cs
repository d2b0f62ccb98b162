using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Days that have names of their own.</summary>
internal enum Named
{
    Weekend,
    NextWeekend,
    AfterWeekend,
    MidWeek,
    LaterThisWeek,
    Spring,
    Summer,
    Autumn,
    Winter,
    NewYearsDay,
    NewYear,
    Valentine,
    Easter,
    IndependenceDay,
    LaborDay,
    Halloween,
    Thanksgiving,
    Christmas,
    BoxingDay,
    AfterHolidays,
    NextQuarter,
    FirstQuarter,
    SecondQuarter,
    ThirdQuarter,
    FourthQuarter,
    EndOfMonth,
}

/// <summary>Spans of the calendar that have a beginning, a middle and an end.</summary>
internal enum Period
{
    ThisWeek,
    NextWeek,
    WeekAfterNext,
    ThisMonth,
    NextMonth,
    MonthAfterNext,
    ThisYear,
    NextYear,
}

/// <summary>Which part of a period.</summary>
internal enum PartOf
{
    Start,
    Middle,
    Late,
    End,
}

/// <summary>The calendar of RULES D3–D5.</summary>
internal static class Calendar
{
    public const int DefaultMinutes = 600;

    /// <summary>A weekday's first occurrence strictly after today; Monday is 1.</summary>
    public static LocalDate NextWeekday(LocalDate today, int weekday) => today.PlusDays(((weekday - (int)today.DayOfWeek + 6) % 7) + 1);

    /// <summary>Monday of the next calendar week.</summary>
    public static LocalDate NextWeek(LocalDate today) => NextWeekday(today, 1);

    /// <summary>The next such day of a month, strictly after today.</summary>
    public static LocalDate? NextDayOfMonth(LocalDate today, int day)
    {
        for (var month = 0; month < 12; month++)
        {
            var first = FirstOfMonth(today).PlusMonths(month);
            if (day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(first.Year, first.Month) && first.PlusDays(day - 1) is var date && date > today)
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>The next occurrence of a month and day, today included: whether it is still ahead, the clock decides.</summary>
    public static LocalDate? DateOf(LocalDateTime now, int month, int day)
    {
        for (var year = now.Year; month is >= 1 and <= 12 && year <= now.Year + 8; year++)
        {
            if (day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) && new LocalDate(year, month, day) is var date && (date > now.Date || (date == now.Date && now.Hour < 21)))
            {
                return date;
            }
        }

        return null;
    }

    /// <summary>A date with its year; null: no such date.</summary>
    public static LocalDate? DateOf(int year, int month, int day)
    {
        year += year < 100 ? 2000 : 0;
        return year is >= 2000 and < 2100 && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;
    }

    /// <summary>The first day of the next such month; this month counts while nothing of it that is meant has passed.</summary>
    public static LocalDate InMonth(LocalDateTime now, int month, PartOf part)
    {
        var first = new LocalDate(now.Year, month, 1);
        return Of(first, part) is var day && day + LocalTime.FromHoursSinceMidnight(10) > now ? day : Of(first.PlusYears(1), part);
    }

    /// <summary>The nth Monday of the next such month (RULES D5.7).</summary>
    public static LocalDate NthWeekday(LocalDateTime now, int nth, int weekday, LocalDate firstOfMonth)
    {
        var day = Nth(firstOfMonth, nth, weekday);
        return day > now.Date ? day : Nth(firstOfMonth.PlusYears(1), nth, weekday);
    }

    public static LocalDate FirstOfMonth(LocalDate date) => new(date.Year, date.Month, 1);

    public static LocalDate LastBusinessDay(LocalDate first)
    {
        var last = FirstOfMonth(first).PlusMonths(1).PlusDays(-1);
        return last.DayOfWeek switch { IsoDayOfWeek.Saturday => last.PlusDays(-1), IsoDayOfWeek.Sunday => last.PlusDays(-2), _ => last };
    }

    /// <summary>A part of a period as a day, and what "after" it means.</summary>
    public static (LocalDate Day, int? Minutes, LocalDate? After) Of(Period period, PartOf part, LocalDateTime now)
    {
        var today = now.Date;
        var month = FirstOfMonth(today);
        return period switch
        {
            Period.ThisWeek => EndOfThisWeek(today, part),
            Period.NextWeek => InWeek(NextWeek(today), part),
            Period.WeekAfterNext => InWeek(NextWeek(today).PlusDays(7), part),
            Period.ThisMonth => InThisMonth(now, part),
            Period.NextMonth => (Of(month.PlusMonths(1), part), null, month.PlusMonths(2)),
            Period.MonthAfterNext => (Of(month.PlusMonths(2), part), null, month.PlusMonths(3)),
            Period.ThisYear => (part is PartOf.End or PartOf.Late ? LastBusinessDay(new LocalDate(today.Year, 12, 1)) : SecondOfJanuary(today), null, SecondOfJanuary(today)),
            _ => (part is PartOf.End or PartOf.Late ? LastBusinessDay(new LocalDate(today.Year + 1, 12, 1)) : part is PartOf.Middle ? new LocalDate(today.Year + 1, 7, 1) : SecondOfJanuary(today), null, null),
        };
    }

    public static (LocalDate Day, LocalDate? After)? Of(Named named, LocalDateTime now)
    {
        var today = now.Date;
        var weekday = (int)today.DayOfWeek;
        return named switch
        {
            Named.Weekend => (weekday == 6 ? today.PlusDays(1) : NextWeekday(today, 6), weekday == 7 ? NextWeek(today).PlusDays(7) : NextWeek(today)),
            Named.NextWeekend => (NextWeek(today).PlusDays(5), NextWeek(today).PlusDays(7)),
            Named.AfterWeekend => (NextWeek(today), null),
            Named.MidWeek => (NextWeekday(today, 3), null),
            Named.LaterThisWeek => weekday switch { < 4 => (today.PlusDays(4 - weekday), null), 4 => (today.PlusDays(1), null), _ => null },
            Named.NewYear or Named.AfterHolidays => (SecondOfJanuary(today), null),
            Named.EndOfMonth => InThisMonth(now, PartOf.End) is var (last, _, next) ? (last, next) : null,
            Named.NextQuarter => (new LocalDate(today.Year, (((today.Month - 1) / 3) * 3) + 1, 1).PlusMonths(3), null),
            Named.FirstQuarter => (First(1), null),
            Named.SecondQuarter => (First(4), null),
            Named.ThirdQuarter => (First(7), null),
            Named.FourthQuarter => (First(10), null),
            Named.Spring => (First(3), First(6)),
            Named.Summer => (First(6), First(9)),
            Named.Autumn => (First(9), First(12)),
            Named.Winter => (First(12), First(3)),
            _ => (Holidays.Next(named, now), null),
        };

        LocalDate First(int month) => DateOf(now, month, 1)!.Value;
    }

    /// <summary>Minutes and hours elapse; longer units are calendar days at 10:00 (D4).</summary>
    public static TimePiece? After(LocalDateTime now, double count, Unit unit, int start, int end)
    {
        if (count is <= 0 or > 10_000)
        {
            return null;
        }

        var whole = (int)Math.Round(count);
        var piece = new TimePiece(start, end);
        return unit switch
        {
            Unit.Minute => piece with { Elapsed = Duration.FromMinutes(count) },
            Unit.Hour => piece with { Elapsed = Duration.FromHours(count) },
            Unit.Day when count < 1 => piece with { Elapsed = Duration.FromHours(24 * count) },
            _ when whole > MostOf(unit) => null,
            _ => piece with { Day = Plus(now.Date, count, unit) },
        };
    }

    public static int MostOf(Unit unit) => unit switch { Unit.Day => 3_660, Unit.Week => 520, Unit.Month => 120, Unit.Year => 10, _ => 10_000 };

    public static LocalDate Plus(LocalDate date, double count, Unit unit)
    {
        var whole = (int)Math.Round(count);
        return unit switch
        {
            Unit.Week => date.PlusDays((int)Math.Round(7 * count)),
            Unit.Month => count < 1 ? date.PlusDays(14) : date.PlusMonths(whole),
            Unit.Year => count < 1 ? date.PlusMonths(6) : date.PlusYears(whole),
            _ => date.PlusDays(whole),
        };
    }

    public static LocalDate Nth(LocalDate firstOfMonth, int nth, int weekday) =>
        firstOfMonth.PlusDays(((weekday - (int)firstOfMonth.DayOfWeek + 7) % 7) + (7 * (nth - 1)));

    private static LocalDate SecondOfJanuary(LocalDate today) => today is { Month: 1, Day: 1 } ? today.PlusDays(1) : new LocalDate(today.Year + 1, 1, 2);

    private static LocalDate Of(LocalDate first, PartOf part) => part switch
    {
        PartOf.Middle => first.PlusDays(14),
        PartOf.Late => first.PlusDays(24),
        PartOf.End => LastBusinessDay(first),
        _ => first,
    };

    private static (LocalDate Day, int? Minutes, LocalDate? After) InWeek(LocalDate monday, PartOf part) =>
        (monday.PlusDays(part switch { PartOf.Middle => 2, PartOf.Late or PartOf.End => 4, _ => 0 }), null, monday.PlusDays(7));

    // "end of the week": its Friday at 10:00; said on the Friday 17:00; on a weekend the next Friday. "middle of the week": the coming Wednesday.
    private static (LocalDate Day, int? Minutes, LocalDate? After) EndOfThisWeek(LocalDate today, PartOf part)
    {
        var weekday = (int)today.DayOfWeek;
        return part is PartOf.Middle ? (NextWeekday(today, 3), null, null)
            : part is PartOf.Start ? (NextWeek(today), null, NextWeek(today))
            : weekday == 5 ? (today, 1020, NextWeek(today))
            : (NextWeekday(today, 5), null, NextWeek(today));
    }

    private static (LocalDate Day, int? Minutes, LocalDate? After) InThisMonth(LocalDateTime now, PartOf part)
    {
        var month = FirstOfMonth(now.Date);
        var day = part is PartOf.Start ? month.PlusMonths(1) : Of(month, part);
        var ahead = part is PartOf.Middle ? day > now.Date : day + LocalTime.FromHoursSinceMidnight(10) > now;
        return (ahead ? day : Of(month.PlusMonths(1), part), null, month.PlusMonths(1));
    }
}

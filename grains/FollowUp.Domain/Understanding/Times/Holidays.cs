using NodaTime;

namespace FollowUp.Understanding;

/// <summary>The holidays that have a date (RULES D5.6).</summary>
internal static class Holidays
{
    /// <summary>The next one, today's included while it is still ahead.</summary>
    public static LocalDate Next(Named holiday, LocalDateTime now)
    {
        var day = Of(holiday, now.Year);
        return day > now.Date || (day == now.Date && now.Hour < 10) ? day : Of(holiday, now.Year + 1);
    }

    private static LocalDate Of(Named holiday, int year) => holiday switch
    {
        Named.NewYearsDay => new LocalDate(year, 1, 1),
        Named.Valentine => new LocalDate(year, 2, 14),
        Named.Easter => EasterSunday(year),
        Named.IndependenceDay => new LocalDate(year, 7, 4),
        Named.LaborDay => Calendar.Nth(new LocalDate(year, 9, 1), 1, 1),
        Named.Halloween => new LocalDate(year, 10, 31),
        Named.Thanksgiving => Calendar.Nth(new LocalDate(year, 11, 1), 4, 4),
        Named.BoxingDay => new LocalDate(year, 12, 26),
        _ => new LocalDate(year, 12, 25),
    };

    /// <summary>The Gregorian Easter, by the anonymous algorithm (Meeus, Astronomical Algorithms).</summary>
    private static LocalDate EasterSunday(int year)
    {
        var golden = year % 19;
        var (century, inCentury) = (year / 100, year % 100);
        var epact = ((19 * golden) + century - (century / 4) - ((century - ((century + 8) / 25) + 1) / 3) + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (inCentury / 4)) - epact - (inCentury % 4)) % 7;
        var shift = (golden + (11 * epact) + (22 * weekday)) / 451;
        var days = epact + weekday - (7 * shift) + 114;
        return new LocalDate(year, days / 31, (days % 31) + 1);
    }
}

using System.Globalization;
using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Dates (RULES D5): 15 June, the 15th, 6/15, 2026-06-15, am 25.12.</summary>
internal sealed class DateReader(Reading reading)
{
    private readonly Language language = reading.Language;

    public TimePiece? Read(int i) => language.Past.Contains(reading.At(i - 1)) && language.Months.ContainsKey(reading.At(i)) ? null : Iso(i) ?? Numeric(i) ?? NthWeek(i) ?? MonthFirst(i) ?? DayFirst(i);

    private TimePiece? Iso(int i) =>
        reading.At(i).Length == 4 && reading.At(i + 1) == "-" && reading.At(i + 3) == "-" && reading.Digits(i) is { } year && reading.Digits(i + 2) is { } month && reading.Digits(i + 4) is { } day && Calendar.DateOf(year, month, day) is { } date
            ? Date(i, i + 5, date)
            : null;

    private TimePiece? Numeric(int i)
    {
        var word = reading.At(i);
        var slashed = word.Contains('/', StringComparison.Ordinal);
        if (!slashed && !IsDotted(i, word))
        {
            return null;
        }

        var parts = word.Split(slashed ? '/' : '.');
        if (parts.Length is < 2 or > 3 || !Part(0, out var first) || !Part(1, out var second))
        {
            return null;
        }

        var end = !slashed && reading.At(i + 1) == "." ? i + 2 : i + 1;
        var (month, day) = first > 12 ? (second, first) : second > 12 ? (first, second) : reading.IsMonthFirst ? (first, second) : (second, first);
        var date = parts.Length == 3 && Part(2, out var year) ? Calendar.DateOf(year, month, day) : Calendar.DateOf(reading.Now, month, day);
        return date is { } found ? Date(i, end, found) : null;

        bool Part(int index, out int value) => int.TryParse(parts[index], NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }

    // "am 3.5.", "bis 24.12.": a point after it or a preposition of days before it; "um 15.30" is a clock time.
    private bool IsDotted(int i, string word) =>
        language.Code != "en" && word.Contains('.', StringComparison.Ordinal) && !language.OClock.Contains(reading.At(i + 1)) && (reading.At(i + 1) == "." || language.DayIn.Contains(reading.At(i - 1)) || word.Count(letter => letter == '.') == 2);

    private TimePiece? MonthFirst(int i)
    {
        if (!language.Months.TryGetValue(reading.At(i), out var month))
        {
            return null;
        }

        var at = reading.Skip(i + 1, language.Articles, most: 1);
        if (reading.Digits(at) is { } day and >= 1 and <= 31 && language.Code == "en" && !language.Pm.Contains(reading.At(at + 1)) && !language.Am.Contains(reading.At(at + 1)))
        {
            return Ending(i, Suffixed(at), month, day);
        }

        // "may", "march" and "mar" are other words, too: they need "in" or the like before them.
        if (reading.At(i) is "may" or "march" or "mar" or "sun" or "set" or "jan" && !language.MonthIn.Contains(reading.At(i - 1)))
        {
            return null;
        }

        return Calendar.InMonth(reading.Now, month, PartOf.Start) is var first ? new TimePiece(i, i + 1) { Day = first, AfterDay = first.PlusMonths(1) } : null;
    }

    private TimePiece? DayFirst(int i)
    {
        var ordinal = reading.Digits(i) is null && language.Ordinals.TryGetValue(reading.At(i), out var named) ? named : (int?)null;
        if ((ordinal ?? reading.Digits(i)) is not { } day || day is < 1 or > 31)
        {
            return null;
        }

        var after = Suffixed(i);
        var suffixed = after > i + 1 || ordinal is not null;
        var at = reading.Skip(after, language.Articles, most: 1);
        if (language.Months.TryGetValue(reading.At(at), out var month) && (reading.At(at) is not ("may" or "march" or "mar" or "set") || suffixed || at > after || reading.IsBreak(at + 1) || reading.At(at) == "march"))
        {
            return Ending(i, at + 1, month, day);
        }

        if (ordinal is not null)
        {
            return reading.IsBreak(after) && language.Articles.Contains(reading.At(i - 1)) && language.Bends.TryLongest(reading.Words, i - 2, out _, out _) && Calendar.NextDayOfMonth(reading.Today, day) is { } literal ? Date(i, after, literal) : null;
        }

        var introduced = language.DayIn.Contains(reading.At(i - 1)) && !language.Units.ContainsKey(reading.At(after)) && !language.OClock.Contains(reading.At(after)) && !reading.At(i).Contains(':', StringComparison.Ordinal);
        return (suffixed || introduced) && !language.Weekdays.ContainsKey(reading.At(after)) && reading.At(after) is not ("week" or "time" or "floor" or "street" or "st" or "avenue") && Calendar.NextDayOfMonth(reading.Today, day) is { } date
            ? Date(i, after, date)
            : null;
    }

    // "the first Monday of May", "third week of January" (the third Monday).
    private TimePiece? NthWeek(int i)
    {
        var nth = language.Ordinals.TryGetValue(reading.At(i), out var named) ? named : reading.Digits(i) is { } digits and <= 5 && Suffixed(i) > i + 1 ? digits : 0;
        if (nth is < 1 or > 5)
        {
            return null;
        }

        var at = Suffixed(i);
        var weekday = language.Weekdays.TryGetValue(reading.At(at), out var literal) ? literal : language.Units.GetValueOrDefault(reading.At(at), Unit.Minute) is Unit.Week ? 1 : 0;
        var of = reading.Skip(reading.At(at + 1) == "feira" ? at + 2 : at + 1, language.Articles);
        if (weekday == 0 || of == at + 1)
        {
            return null;
        }

        if (language.Months.TryGetValue(reading.At(of), out var month))
        {
            return Date(i, of + 1, Calendar.NthWeekday(reading.Now, nth, weekday, new LocalDate(reading.Now.Year, month, 1)));
        }

        return language.Periods.TryLongest(reading.Words, of, out var period, out var end) && period is Period.NextMonth or Period.ThisMonth
            ? Date(i, end, Calendar.Nth(Calendar.FirstOfMonth(reading.Today).PlusMonths(period is Period.NextMonth ? 1 : 0), nth, weekday))
            : null;
    }

    private int Suffixed(int i) => reading.At(i + 1) is "st" or "nd" or "rd" or "th" or "er" or "o" or "re" && reading.Digits(i) is not null && reading.Words[i + 1].Start == reading.Words[i].End ? i + 2
        : reading.At(i + 1) == "." && language.Code == "de" && reading.Digits(i) is not null ? i + 2
        : i + 1;

    // A year may stand behind it.
    private TimePiece? Ending(int start, int end, int month, int day)
    {
        var at = reading.At(end) is "," or "de" or "of" ? end + 1 : end;
        return reading.At(at).Length == 4 && reading.Digits(at) is { } year and >= 2000 and < 2100
            ? Calendar.DateOf(year, month, day) is { } dated ? Date(start, at + 1, dated) : null
            : Calendar.DateOf(reading.Now, month, day) is { } date ? Date(start, end, date) : null;
    }

    private static TimePiece Date(int start, int end, LocalDate date) => new(start, end) { Day = date, IsDate = true };
}

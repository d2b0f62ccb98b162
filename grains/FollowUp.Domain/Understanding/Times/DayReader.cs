namespace FollowUp.Understanding;

/// <summary>Days (RULES D3, D5): tomorrow, next Friday, the end of the week, in early May, after the holidays.</summary>
internal sealed class DayReader(Reading reading)
{
    private readonly Language language = reading.Language;
    private readonly DateReader dates = new(reading);

    public TimePiece? Read(int i) => dates.Read(i) is { } date ? date : Longest(i);

    private TimePiece? Longest(int i)
    {
        TimePiece? best = null;
        foreach (var piece in (TimePiece?[])[NamedDay(i), InPeriod(i), Relative(i), Weekday(i)])
        {
            best = piece is not null && (best is null || piece.End > best.End) ? piece : best;
        }

        return best;
    }

    private TimePiece? Relative(int i) =>
        !language.Days.TryLongest(reading.Words, i, out var days, out var end) ? null
        : days == 0 ? new TimePiece(i, end) { IsToday = true }
        : new TimePiece(i, end) { Day = reading.Today.PlusDays(days), IsNoTime = days < 0 };

    private TimePiece? NamedDay(int i) =>
        !language.NamedDays.TryLongest(reading.Words, i, out var named, out var end) ? null
        : language.Past.Contains(reading.At(i - 1)) || Calendar.Of(named, reading.Now) is not var (day, after) ? new TimePiece(i, end) { IsNoTime = true }
        : new TimePiece(i, end) { Day = day, AfterDay = after };

    private TimePiece? InPeriod(int i)
    {
        var parted = language.PartsOf.TryLongest(reading.Words, i, out var part, out var at);
        at = !parted ? i : language.Periods.TryLongest(reading.Words, at, out _, out _) ? at : reading.Skip(at, language.Articles, most: 1);
        at = parted && !language.Periods.TryLongest(reading.Words, at, out _, out _) && Month(at) is null ? reading.Skip(at, language.Articles, most: 1) : at;
        if (parted && Month(at) is var (month, afterMonth))
        {
            var day = Calendar.InMonth(reading.Now, month, part);
            return new TimePiece(i, afterMonth) { Day = day, AfterDay = Calendar.FirstOfMonth(day).PlusMonths(1) };
        }

        if (!language.Periods.TryLongest(reading.Words, at, out var period, out var end) || (!parted && period is Period.ThisWeek or Period.ThisMonth or Period.ThisYear))
        {
            return null;
        }

        // "next week Wednesday", "next week, on Wednesday".
        var near = reading.Skip(end, language.Glue);
        if (period is Period.NextWeek or Period.WeekAfterNext && language.Weekdays.TryGetValue(reading.At(near), out var weekday) && !(reading.IsBreak(end) && reading.At(end) != ","))
        {
            return new TimePiece(i, near + 1) { Day = Calendar.Of(period, PartOf.Start, reading.Now).Day.PlusDays(weekday - 1) };
        }

        var (start, minutes, after) = Calendar.Of(period, parted ? part : PartOf.Start, reading.Now);
        return new TimePiece(i, end) { Day = start, DayMinutes = minutes, AfterDay = after };
    }

    private (int Month, int End)? Month(int i) => language.Months.TryGetValue(reading.At(i), out var month) ? (month, i + 1) : null;

    private TimePiece? Weekday(int i)
    {
        var next = language.Next.Contains(reading.At(i));
        var at = next ? i + 1 : i;
        if (!language.Weekdays.TryGetValue(reading.At(at), out var weekday))
        {
            return null;
        }

        // pt "segunda-feira".
        var end = reading.At(at + 1) == "feira" ? at + 2 : at + 1;
        // "on a Sunday" is any of them; "the sun" shines.
        if (language.Past.Contains(reading.At(i - 1)) || language.Past.Contains(reading.At(end)) || (reading.At(i - 1) == "a" && reading.At(i - 2) == "on" && reading.At(i - 3) != "week") || (reading.At(at) == "sun" && reading.At(at - 1) == "the"))
        {
            return new TimePiece(i, end) { IsNoTime = true };
        }

        var coming = Calendar.NextWeekday(reading.Today, weekday);
        var week = reading.Skip(end, language.Articles);
        if (language.Periods.TryLongest(reading.Words, week, out var period, out var last) && period is Period.NextWeek or Period.WeekAfterNext)
        {
            return new TimePiece(i, last) { Day = Calendar.Of(period, PartOf.Start, reading.Now).Day.PlusDays(weekday - 1) };
        }

        if (language.NextAfter.Contains(reading.At(end)))
        {
            end += reading.At(end + 1) is "viene" or "vem" or "entra" ? 2 : 1;
            return new TimePiece(i, end) { Day = coming };
        }

        return (language.Code, reading.At(end), reading.At(end + 1)) switch
        {
            ("en", "after", "next") => new TimePiece(i, end + 2) { Day = Calendar.NextWeek(reading.Today).PlusDays(weekday + 6) },
            ("fr", "en", "huit") => new TimePiece(i, end + 2) { Day = coming.PlusDays(7) },
            ("de", "in", "einer") when reading.At(end + 2) == "woche" => new TimePiece(i, end + 3) { Day = coming.PlusDays(7) },
            ("en", "week", _) => new TimePiece(i, end + 1) { Day = coming.PlusDays(7) },
            ("en", _, _) when next => new TimePiece(i, end) { Day = Calendar.NextWeek(reading.Today).PlusDays(weekday - 1) },
            _ => new TimePiece(i, end) { Day = coming, MayBeToday = weekday == (int)reading.Today.DayOfWeek && reading.At(i - 1) is "this" or "today" },
        };
    }
}

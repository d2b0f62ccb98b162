namespace FollowUp.Understanding;

/// <summary>Durations (RULES D4): "in 20 minutes", "an hour and a half", "two weeks from Friday".</summary>
internal sealed class SpanReader(Reading reading, DayReader days)
{
    private readonly Language language = reading.Language;

    public TimePiece? Read(int i)
    {
        var marked = language.In.Contains(reading.At(i));
        var at = marked ? i + 1 : i;
        while (marked && Count(at) is null && at < i + 4 && language.Articles.Contains(reading.At(at)))
        {
            at++;
        }

        if (Count(at) is not var (count, afterCount))
        {
            // "en hora y media", "in the next hour", "within the hour".
            if (marked && language.Units.GetValueOrDefault(reading.At(at), Unit.Day) is Unit.Hour && language.AfterHour.TryLongest(reading.Words, at + 1, out var half, out var halfEnd) && half == 30)
            {
                return Ending(1.5, Unit.Hour, i, halfEnd, marked);
            }

            return marked && at > i + 1 && language.Units.TryGetValue(reading.At(at), out var one) ? Ending(1, one, i, at + 1, marked) : null;
        }

        if (TwoWeekdays(i, count, afterCount) is { } weekdays)
        {
            return weekdays;
        }

        afterCount = Smaller(afterCount);
        if (language.Units.TryGetValue(reading.At(afterCount), out var unit) && (reading.At(afterCount).Length > 1 || IsLetterUnit(i, afterCount, marked)) && !(unit is Unit.Hour && reading.At(at) is { Length: 4 } digits && char.IsAsciiDigit(digits[0])))
        {
            // "à 3 heures" is a clock time.
            if (unit is Unit.Hour && !marked && language.OClock.Contains(reading.At(afterCount)) && language.At.Contains(reading.At(i - 1)))
            {
                return null;
            }

            // "in a minute" is no minute (RULES D4.5).
            if (unit is Unit.Minute && count == 1 && reading.Digits(at) is null)
            {
                return new TimePiece(i, afterCount + 1) { IsNoTime = true };
            }

            var end = afterCount + 1;
            if (unit is Unit.Hour && reading.Digits(end) is { } minutes and < 60 && language.Units.GetValueOrDefault(reading.At(end + 1)) is Unit.Minute && (language.Units.ContainsKey(reading.At(end + 1)) || marked))
            {
                return Ending(count + (minutes / 60.0), unit, i, language.Units.ContainsKey(reading.At(end + 1)) ? end + 2 : end + 1, marked);
            }

            if (language.AfterHour.TryLongest(reading.Words, end, out var extra, out var past) && extra == 30 && reading.At(end) is "and" or "y" or "et" or "e" or "und")
            {
                return Ending(count + 0.5, unit, i, past, marked);
            }

            return Ending(count, unit, i, end, marked);
        }

        // "in 20", "give me 15": minutes.
        return (marked || IsGiven(i)) && count is >= 5 and <= 90 && reading.Digits(at) is not null && !language.Am.Contains(reading.At(afterCount)) && !language.Pm.Contains(reading.At(afterCount)) && !language.OClock.Contains(reading.At(afterCount)) && (reading.IsBreak(afterCount) || language.Filler.Contains(reading.At(afterCount)) || language.Glue.Contains(reading.At(afterCount)))
            ? Calendar.After(reading.Now, count, Unit.Minute, i, afterCount)
            : null;
    }

    // "two Fridays from now".
    private TimePiece? TwoWeekdays(int i, double count, int at)
    {
        at = language.Past.Contains(reading.At(at)) ? at + 1 : at;
        return count is > 1 and <= 8 && language.Weekdays.TryGetValue(reading.At(at), out var weekday) && language.From.Contains(reading.At(at + 1)) && reading.At(at + 2) is "now" or "today"
            ? new TimePiece(i, at + 3) { Day = Calendar.NextWeekday(reading.Today, weekday).PlusDays(7 * ((int)count - 1)) }
            : null;
    }

    private bool IsLetterUnit(int i, int at, bool marked) => reading.At(at) == "d" || marked || IsGiven(i);

    private bool IsGiven(int i) => reading.At(i - 1) is "me" or "us" && reading.At(i - 2) is "give" or "gimme";

    private (double Count, int End)? Count(int at)
    {
        if (language.Counts.TryLongest(reading.Words, at, out var count, out var end))
        {
            // "a couple of", but also "an hour": the unit has to follow.
            end = reading.Skip(end, language.Articles, most: 1);
            return language.Units.ContainsKey(reading.At(end)) || language.Or.Contains(reading.At(end)) ? (count, end) : Plain();
        }

        return Plain();

        (double, int)? Plain()
        {
            if (reading.Number(at) is not { } number)
            {
                return null;
            }

            var last = at + 1;
            if (number is 20 or 30 or 40 && reading.Digits(at) is null && reading.Whole(last) is { } ones and < 10 && reading.Digits(last) is null)
            {
                (number, last) = (number + ones, last + 1);
            }

            if (language.AfterHour.TryLongest(reading.Words, last, out var extra, out var past) && extra == 30 && language.Units.ContainsKey(reading.At(past)))
            {
                return (number + 0.5, past);
            }

            return (number, reading.At(last) is "more" or "mas" or "mais" or "weitere" ? last + 1 : last);
        }
    }

    // "2 or 3", "2-3": the smaller one counts.
    private int Smaller(int end) =>
        (language.Or.Contains(reading.At(end)) || language.To.Contains(reading.At(end))) && reading.Number(end + 1) is not null && language.Units.ContainsKey(reading.At(end + 2)) ? end + 2 : end;

    private TimePiece? Ending(double count, Unit unit, int start, int end, bool marked)
    {
        // "an hour or two", "a day or so".
        if (language.Or.Contains(reading.At(end)) && (reading.Number(end + 1) is not null || reading.At(end + 1) == "so") && !language.Units.ContainsKey(reading.At(end + 2)))
        {
            end += 2;
        }

        if (IsPast(end) || IsPast(start - 1) || IsPast(start))
        {
            return new TimePiece(start, end) { IsNoTime = true };
        }

        if (unit is not (Unit.Minute or Unit.Hour) && From(end) is { Day: { } day } later && count <= Calendar.MostOf(unit))
        {
            return new TimePiece(start, later.End) { Day = Calendar.Plus(day, count, unit) };
        }

        var until = !marked && language.Lasting.Contains(reading.At(start - 1)) ? Bend.Until : Bend.None;
        return Calendar.After(reading.Now, count, unit, start, end) is { } piece ? piece with { Bend = until } : null;
    }

    private bool IsPast(int i) => language.Past.Contains(reading.At(i)) || language.Ago.Contains(reading.At(i));

    // "a week from Friday", "two weeks from tomorrow", "a week tomorrow".
    private TimePiece? From(int end)
    {
        var at = language.From.Contains(reading.At(end)) ? reading.Skip(end + 1, language.Articles, most: 1) : end;
        return at == end && !language.Days.TryLongest(reading.Words, end, out _, out _) && !language.Weekdays.ContainsKey(reading.At(end)) ? null
            : reading.At(at) is "now" or "today" ? new TimePiece(end, at + 1) { Day = reading.Today }
            : days.Read(at) is { Day: not null } piece ? piece
            : null;
    }
}

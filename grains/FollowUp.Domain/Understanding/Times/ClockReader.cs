using System.Globalization;

namespace FollowUp.Understanding;

/// <summary>Clock times (RULES D1): 3pm, 15:00, 15h30, half past 3, a las 5 y media, 1-3pm, 7pm ET.</summary>
internal sealed class ClockReader(Reading reading)
{
    private readonly Language language = reading.Language;

    /// <param name="i">The word it begins with.</param>
    /// <param name="isBeside">Whether a day or part of the day stands right before it: then a bare number is an hour.</param>
    public TimePiece? Read(int i, bool isBeside)
    {
        if (language.SameTime.TryLongest(reading.Words, i, out _, out var same))
        {
            var week = reading.Skip(same, language.Articles, most: 1);
            return language.Periods.TryLongest(reading.Words, week, out var period, out var end) && period is Period.NextWeek
                ? new TimePiece(i, end) { Clock = (reading.Now.Hour * 60) + reading.Now.Minute, Day = reading.Today.PlusDays(7) }
                : new TimePiece(i, same) { Clock = (reading.Now.Hour * 60) + reading.Now.Minute, NeedsDay = true };
        }

        return (Before(i) ?? Hour(i, isBeside)) is { } clock ? Ranged(clock) : null;
    }

    /// <summary>Minutes that stand before the hour: half past three, viertel nach vier, ten to five.</summary>
    private TimePiece? Before(int i)
    {
        if (language.BeforeHour.TryLongest(reading.Words, i, out var minutes, out var at) && HourAt(at) is { } hour)
        {
            return Suffixed(i, at + 1, (hour * 60) + minutes, isBare: hour <= 12);
        }

        var joint = language.Units.ContainsKey(reading.At(i + 1)) ? i + 2 : i + 1;
        var to = reading.Skip(joint + 1, language.Articles, most: 1);
        if (reading.Whole(i) is { } some and (5 or 10 or 15 or 20 or 25) && HourAt(to) is { } full && !reading.IsBreak(joint))
        {
            // "10 to 12" in digits is a range.
            var past = language.MinutesPast.Contains(reading.At(joint));
            if (past || (language.MinutesTo.Contains(reading.At(joint)) && (some > 12 || reading.Digits(i) is null || language.Code != "en")))
            {
                return Suffixed(i, to + 1, (full * 60) + (past ? some : -some), isBare: full <= 12);
            }
        }

        return null;
    }

    private int? HourAt(int i) => reading.Whole(i) is { } hour and >= 1 and <= 24 && !language.Units.ContainsKey(reading.At(i + 1)) ? hour : null;

    private TimePiece? Hour(int i, bool isBeside)
    {
        var word = reading.At(i);
        if (word.Length > 0 && char.IsAsciiDigit(word[0]) && word.IndexOfAny([':', '.']) is > 0 and var colon)
        {
            return Parse(word[..colon]) is { } hour and < 24 && word.Length - colon == 3 && Parse(word[(colon + 1)..]) is { } minute and < 60 && (IsClock(i, word[colon]) || isBeside || (minute % 5 == 0 && IsClosed(i + 1)))
                ? Suffixed(i, i + 1, (hour * 60) + minute, isBare: hour is >= 1 and <= 12 && word[0] != '0')
                : null;
        }

        if (reading.Whole(i) is not { } number)
        {
            return null;
        }

        var after = reading.At(i + 1);
        // "by one" is an hour where the sentence ends, "by one plumber" is not.
        var isDigits = reading.Digits(i) is not null;
        var introduced = (IsIntroduced(i) && (isDigits || IsClosed(i + 1))) || (isBeside && IsClosed(i + 1));
        introduced |= language.Zones.TryLongest(reading.Words, i + 1, out _, out _) || (reading.IsBreak(i - 1) && language.Suited.TryLongest(reading.Words, i + 1, out _, out _));
        var isHalved = language.Am.Contains(after) || language.Pm.Contains(after) || IsSpelledHalf(i + 1);
        if (word.Length == 4 && char.IsAsciiDigit(word[0]) && language.Units.GetValueOrDefault(after, Unit.Day) is Unit.Hour && number < 2400 && number % 100 < 60)
        {
            return Suffixed(i, i + 2, (number / 100 * 60) + (number % 100), isBare: false);
        }

        if (word.Length is 3 or 4 && char.IsAsciiDigit(word[0]) && number < 2400 && number % 100 < 60 && (isHalved || (introduced && IsClosed(i + 1)) || (word[0] == '0' && word.Length == 4)))
        {
            return number >= 100 || word[0] == '0' ? Suffixed(i, i + 1, (number / 100 * 60) + (number % 100), isBare: number is >= 100 and < 1300 && word[0] != '0') : null;
        }

        if (number > 24)
        {
            return null;
        }

        if (language.OClock.Contains(after))
        {
            // "15h30", "15 Uhr 30"; a small hour is left open, "9h" is not.
            var bare = number is >= 1 and <= 6 || (after is "oclock" or "ish" && number <= 12);
            return number < 24 && reading.Digits(i + 2) is { } minutes and < 60 && reading.At(i + 2).Length == 2
                ? Suffixed(i, i + 3, (number * 60) + minutes, isBare: number is >= 1 and <= 6)
                : Suffixed(i, i + 2, number % 24 * 60, bare);
        }

        // "three thirty", "5 y media": the minutes behind it make it an hour when something introduces it.
        var minuted = language.AfterHour.TryLongest(reading.Words, i + 1, out _, out _);
        return isHalved || (introduced && !language.Units.ContainsKey(after)) || (minuted && (introduced || language.Code == "en" || reading.IsBreak(i - 1))) || IsRange(i)
            ? number == 24 ? null : Suffixed(i, i + 1, number * 60, isBare: number is >= 1 and <= 12)
            : null;
    }

    // "3.5" is a number; "15.30" a clock time when something says so.
    private bool IsClock(int i, char mark) => mark == ':' || language.At.Contains(reading.At(i - 1)) || language.OClock.Contains(reading.At(i + 1)) || language.Am.Contains(reading.At(i + 1)) || language.Pm.Contains(reading.At(i + 1));

    private bool IsIntroduced(int i) =>
        language.At.Contains(reading.At(i - 1)) || (language.Articles.Contains(reading.At(i - 1)) && language.At.Contains(reading.At(i - 2)) && language.Code != "en");

    /// <summary>Whether a bare number stands alone, not before the thing it counts.</summary>
    private bool IsClosed(int i) =>
        reading.IsBreak(i) || language.Glue.Contains(reading.At(i)) || language.Filler.Contains(reading.At(i)) || language.At.Contains(reading.At(i)) || language.To.Contains(reading.At(i)) || language.Or.Contains(reading.At(i))
        || language.Am.Contains(reading.At(i)) || language.Pm.Contains(reading.At(i)) || language.AfterHour.TryLongest(reading.Words, i, out _, out _) || language.Days.TryLongest(reading.Words, i, out _, out _) || language.Parts.TryLongest(reading.Words, i, out _, out _) || language.Weekdays.ContainsKey(reading.At(i));

    /// <summary>"in the morning", "de la tarde", "du soir" behind a number make it an hour.</summary>
    private bool IsSpelledHalf(int i) =>
        !reading.IsBreak(i) && language.HalvesAfter.TryLongest(reading.Words, i, out _, out _);

    /// <summary>"1-3pm": the end tells that the start is an hour.</summary>
    private bool IsRange(int i) =>
        (language.To.Contains(reading.At(i + 1)) || language.Or.Contains(reading.At(i + 1))) && reading.Whole(i + 2) is <= 24
        && (language.Am.Contains(reading.At(i + 3)) || language.Pm.Contains(reading.At(i + 3)) || language.OClock.Contains(reading.At(i + 3)) || language.Days.TryLongest(reading.Words, i + 3, out _, out _)
            || language.Weekdays.ContainsKey(reading.At(reading.Skip(i + 3, language.Articles, most: 1))));

    private TimePiece Suffixed(int start, int end, int minutes, bool isBare)
    {
        if (language.AfterHour.TryLongest(reading.Words, end, out var extra, out var past) && minutes % 60 == 0)
        {
            (minutes, end) = (minutes + extra, past);
        }
        else if (minutes % 60 == 0 && reading.At(end) is "y" or "e" or "menos" or "moins" && reading.Whole(end + 1) is { } more and < 60 && !language.Units.ContainsKey(reading.At(end + 2)))
        {
            (minutes, end) = (minutes + (reading.At(end) is "y" or "e" ? more : -more), end + 2);
        }

        minutes = (minutes + 1440) % 1440;
        end = reading.At(end) is "ish" or "sharp" or "oclock" ? end + 1 : end;
        var word = reading.At(end);
        if (minutes < 780 && (language.Am.Contains(word) || language.Pm.Contains(word)))
        {
            // "9 a.m." is four words.
            var last = reading.At(end + 1) == "." && reading.At(end + 2) == "m" ? reading.At(end + 3) == "." ? end + 4 : end + 3 : reading.At(end + 1) == "m" ? end + 2 : end + 1;
            return Zoned(new TimePiece(start, last) { Clock = (minutes % 720) + (language.Pm.Contains(word) ? 720 : 0) });
        }

        end = language.OClock.Contains(word) && !language.Zones.TryLongest(reading.Words, end, out _, out _) && !language.OClock.Contains(reading.At(end - 1)) ? end + 1 : end;
        return Zoned(new TimePiece(start, end) { Clock = minutes, IsBare = isBare });
    }

    private TimePiece Zoned(TimePiece piece)
    {
        if (!language.Zones.TryLongest(reading.Words, piece.End, out var zone, out var end))
        {
            return piece;
        }

        return piece with { End = end, Zone = zone == "contact" ? null : zone };
    }

    /// <summary>A range is its start, which takes the end's half of the day where that keeps it before the end (RULES D1.5).</summary>
    private TimePiece Ranged(TimePiece first)
    {
        var joined = language.To.Contains(reading.At(first.End)) || language.Or.Contains(reading.At(first.End)) || (language.RangeAnd.Contains(reading.At(first.End)) && (language.Between.Contains(reading.At(first.Start - 1)) || language.Between.Contains(reading.At(first.Start - 2))));
        if (!joined || first.Zone is not null)
        {
            return first;
        }

        var at = reading.Skip(first.End + 1, language.Articles, most: 1);
        if ((Before(at) ?? Hour(at, isBeside: true)) is not { Clock: { } last } second)
        {
            return first;
        }

        if (!first.IsBare || second.IsBare)
        {
            return first with { End = second.End, Zone = second.Zone };
        }

        var minutes = first.Clock!.Value % 720;
        var (same, other) = last >= 720 ? (minutes + 720, minutes) : (minutes, minutes + 720);
        return first with { End = second.End, Clock = same < last ? same : other, IsBare = false, Zone = second.Zone };
    }

    private static int? Parse(string digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}

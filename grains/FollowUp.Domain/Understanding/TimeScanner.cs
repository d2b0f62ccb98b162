using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Finds the pieces of time expressions: days, dates, parts of the day, clock times, durations.</summary>
internal sealed class TimeScanner(Language language, List<Word> words, LocalDateTime now, bool monthFirst)
{
    public List<TimeMention> Scan()
    {
        var mentions = new List<TimeMention>();
        for (var i = 0; i < words.Count;)
        {
            var found = Relative(i) ?? Duration_(i) ?? DateAt(i) ?? NamedDay(i) ?? Weekday(i) ?? Part(i) ?? Clock(i, mentions);
            if (found is null)
            {
                i++;
                continue;
            }

            mentions.Add(Bent(found));
            i = Math.Max(found.End, i + 1);
        }

        return mentions;
    }

    private string At(int i) => i >= 0 && i < words.Count ? words[i].Text : "";

    private TimeMention Bent(TimeMention mention)
    {
        var bend = Bend.None;
        var negated = false;
        for (var back = mention.Start - 1; back >= 0 && back >= mention.Start - 3; back--)
        {
            var word = At(back);
            bend = bend is not Bend.None ? bend
                : language.After.Contains(word) ? Bend.After
                : language.Before.Contains(word) ? Bend.Before
                : language.By.Contains(word) ? Bend.By
                : language.Until.Contains(word) ? Bend.Until
                : Bend.None;
            if (language.Not.Contains(word))
            {
                negated = bend is not (Bend.Before or Bend.Until);
                bend = bend is Bend.Before ? Bend.None : bend;
                break;
            }

            if (!language.Glue.Contains(word) || word == ",")
            {
                break;
            }
        }

        return mention with { Bend = bend, IsNegated = negated };
    }

    private int? LengthAt(Pattern pattern, int at) => pattern.MatchAt(words, at) is { } end && end > at ? end - at : null;

    private TimeMention? Relative(int i)
    {
        foreach (var (pattern, days) in language.RelativeDays)
        {
            if (LengthAt(pattern, i) is { } length)
            {
                return days == 0
                    ? new TimeMention { Start = i, End = i + length, IsToday = true }
                    : new TimeMention { Start = i, End = i + length, Day = now.Date.PlusDays(days) };
            }
        }

        return null;
    }

    private TimeMention? NamedDay(int i)
    {
        foreach (var (pattern, named) in language.NamedDays)
        {
            if (LengthAt(pattern, i) is { } length && Calendar.Of(named, now) is var (day, minutes))
            {
                // "Wednesday next week" and "next week Wednesday" are days of that week.
                var end = i + length;
                if (named is Named.NextWeek && Near(end) is var (weekday, past))
                {
                    return new TimeMention { Start = i, End = past, Day = day.PlusDays(weekday - 1) };
                }

                return new TimeMention { Start = i, End = end, Day = day, DayMinutes = minutes };
            }
        }

        return null;

        (int Weekday, int End)? Near(int at)
        {
            at = At(at) == "," || language.Glue.Contains(At(at)) ? at + 1 : at;
            return language.Weekdays.TryGetValue(At(at), out var weekday) ? (weekday, at + 1) : null;
        }
    }

    private TimeMention? Weekday(int i)
    {
        var next = language.Next.Contains(At(i));
        var at = next ? i + 1 : i;
        if (!language.Weekdays.TryGetValue(At(at), out var weekday) || (At(at) is "sun" or "sat" or "mar" && At(at).Length == 3 && language.Code != "en"))
        {
            return null;
        }

        var day = Calendar.NextWeekday(now.Date, weekday);
        var end = at + 1;
        if (next && language.Code == "en")
        {
            day = Calendar.NextWeek(now.Date).PlusDays(weekday - 1);
        }
        else if (language.Code == "en" && At(end) == "next" && At(end + 1) == "week")
        {
            return new TimeMention { Start = i, End = end + 2, Day = Calendar.NextWeek(now.Date).PlusDays(weekday - 1) };
        }
        else if ((At(i - 1) == "on" && At(i - 2) == "week" && At(i - 3) == "a") || At(end) == "week")
        {
            return new TimeMention { Start = i, End = At(end) == "week" ? end + 1 : end, Day = day.PlusDays(7) };
        }

        return new TimeMention { Start = i, End = end, Day = day };
    }

    private TimeMention? Part(int i)
    {
        foreach (var (pattern, minutes, half) in language.Parts)
        {
            if (LengthAt(pattern, i) is { } length)
            {
                return new TimeMention { Start = i, End = i + length, Part = minutes, Half = half };
            }
        }

        return null;
    }

    private TimeMention? Duration_(int i)
    {
        var at = language.In.Contains(At(i)) || At(i) is "me" or "us" ? i + 1 : i;
        var marked = at > i;
        foreach (var (pattern, count) in language.Counts)
        {
            if (LengthAt(pattern, at) is { } length && language.Units.TryGetValue(At(at + length), out var unit))
            {
                var plus = At(at + length + 1) == "and" && At(at + length + 2) == "a" && At(at + length + 3) == "half" ? 3 : 0;
                return Calendar.After(now, count + (plus > 0 ? 0.5 : 0), unit, i, at + length + 1 + plus);
            }
        }

        if (Number(at) is not { } number || At(at).Contains(':', StringComparison.Ordinal))
        {
            return null;
        }

        var end = at + 1;
        if (At(end) is "-" or "or" or "to" or "o" or "ou" or "oder" && Number(end + 1) is not null)
        {
            end += 2;
        }

        if (language.Units.TryGetValue(At(end), out var known) && (At(end) is not ("m" or "h") || marked))
        {
            return Calendar.After(now, number, known, i, end + 1);
        }

        // "in 20", "give me 15": minutes.
        return marked && number is >= 5 and <= 90 && (At(i) is "in" or "within" || (At(i) is "me" or "us" && At(i - 1) is "give")) && !language.Pm.Contains(At(end)) && !language.Am.Contains(At(end))
            ? Calendar.After(now, number, Unit.Minute, i, end)
            : null;
    }

    private TimeMention? DateAt(int i)
    {
        var word = At(i);
        var slash = word.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && word.Split('/') is { Length: 2 or 3 } parts && int.TryParse(parts[0], out var first) && int.TryParse(parts[1], out var second))
        {
            var (month, day) = first > 12 ? (second, first) : second > 12 ? (first, second) : monthFirst ? (first, second) : (second, first);
            return Calendar.DateOf(now, month, day) is { } date ? new TimeMention { Start = i, End = i + 1, Day = date } : null;
        }

        if (language.Months.TryGetValue(word, out var named))
        {
            return MonthAt(i, named);
        }

        if (Number(i) is not ({ } dom and >= 1 and <= 31) || dom != Math.Floor(dom))
        {
            return null;
        }

        // "the 15th", "15 June", "15th of June", "am 25.", "el 30", "le 22", "dia 10".
        var suffixed = At(i + 1) is "st" or "nd" or "rd" or "th" or "er" or "e";
        var after = suffixed ? i + 2 : i + 1;
        after = At(after) is "of" or "de" or "." ? after + 1 : after;
        if (language.Months.TryGetValue(At(after), out var monthAfter) && (At(after) != "may" || suffixed || At(i + 1) == "may"))
        {
            return Calendar.DateOf(now, monthAfter, (int)dom) is { } date ? new TimeMention { Start = i, End = after + 1, Day = date } : null;
        }

        var articled = At(i - 1) is "el" or "le" or "dia" or "am" or "den" or "der";
        return (suffixed || (articled && !language.Units.ContainsKey(At(i + 1)) && At(i + 1) is not ("h" or "uhr" or ":"))) && Calendar.NextDayOfMonth(now.Date, (int)dom) is { } bare
            ? new TimeMention { Start = i, End = suffixed ? i + 2 : i + 1, Day = bare }
            : null;
    }

    private TimeMention? MonthAt(int i, int month)
    {
        var word = At(i);
        var end = i + 1;
        var the = At(end) == "the" ? end + 1 : end;
        if (Number(the) is { } day && day is >= 1 and <= 31 && !At(the).Contains(':', StringComparison.Ordinal) && !language.Pm.Contains(At(the + 1)) && !language.Am.Contains(At(the + 1)))
        {
            end = At(the + 1) is "st" or "nd" or "rd" or "th" ? the + 2 : the + 1;
            return Calendar.DateOf(now, month, (int)day) is { } date ? new TimeMention { Start = i, End = end, Day = date } : null;
        }

        var before = At(i - 1);
        if (word is "may" or "march" or "mar" or "sun" && before is not ("in" or "early" or "mid" or "late" or "of" or "en" or "em" or "im" or "until" or "next"))
        {
            return null;
        }

        var two = At(i - 2);
        var nth = before == "of" && two == "week" ? Ordinal(At(i - 3)) ?? Ordinal(At(i - 4)) : null;
        return new TimeMention { Start = i, End = end, Day = Calendar.InMonth(now, month, before, two, nth) };
    }

    private static int? Ordinal(string word) => word switch { "first" or "1" => 1, "second" or "2" => 2, "third" or "3" => 3, "fourth" or "4" => 4, _ => null };

    private TimeMention? Clock(int i, List<TimeMention> mentions)
    {
        var word = At(i);
        if (language.HalfPast.Contains(word) && Number(i + 1) is { } halved && halved is >= 1 and <= 12)
        {
            // "half four" is 4:30; "halb vier" is 3:30.
            var minutes = ((int)halved * 60) + (language.Code == "de" ? -30 : 30);
            return Suffixed(i, i + 2, minutes, bare: true);
        }

        if (word == "quarter" && At(i + 1) is "past" or "to" or "after" && Number(i + 2) is { } quarter)
        {
            return Suffixed(i, i + 3, ((int)quarter * 60) + (At(i + 1) == "to" ? -15 : 15), bare: true);
        }

        if (Number(i) is not { } number)
        {
            return null;
        }

        var colon = word.IndexOfAny([':', '.']);
        if (colon > 0 && int.TryParse(word[..colon], out var hour) && int.TryParse(word[(colon + 1)..], out var minute) && hour < 24 && minute < 60 && word.Length - colon == 3)
        {
            return Suffixed(i, i + 1, (hour * 60) + minute, bare: hour is >= 1 and <= 12 && !(word[0] == '0' && hour > 0));
        }

        if (colon > 0)
        {
            return null;
        }

        var marked = language.Am.Contains(At(i + 1)) || language.Pm.Contains(At(i + 1)) || language.OClock.Contains(At(i + 1)) || At(i + 1) is "h" or "hs" or "uhr" or "horas" or "heures" or "heure" or "hrs";
        if (At(i + 1) is "h" or "heures" or "hs" && Number(i + 2) is { } minutesAfter && minutesAfter < 60 && minutesAfter == Math.Floor(minutesAfter) && At(i + 2).Length == 2)
        {
            return new TimeMention { Start = i, End = i + 3, Clock = ((int)number * 60) + (int)minutesAfter };
        }

        if (word.Length is 3 or 4 && number is >= 100 and < 2400 && (int)number % 100 < 60 && (marked || language.At.Contains(At(i - 1))))
        {
            return Suffixed(i, i + 1, ((int)number / 100 * 60) + ((int)number % 100), bare: number < 1300 && word[0] != '0');
        }

        var beside = mentions.Count > 0 && mentions[^1] is { Clock: null, Elapsed: null } last && (last.End == i || (last.End == i - 1 && (At(i - 1) == "," || language.Glue.Contains(At(i - 1)))));
        var introduced = language.At.Contains(At(i - 1)) || (At(i - 1) is "las" or "la" or "a" or "as" or "um" or "gegen" or "ab" or "vers" or "the" && language.At.Contains(At(i - 2)));
        if (number is < 0 or > 24 || number != Math.Floor(number) || !(marked || beside || introduced) || language.Units.ContainsKey(At(i + 1)) && !marked)
        {
            return null;
        }

        return number == 24 ? null : Suffixed(i, i + 1, (int)number * 60, bare: number is >= 1 and <= 12 && At(i + 1) is not ("h" or "uhr" or "heures"));
    }

    private TimeMention Suffixed(int start, int end, int minutes, bool bare)
    {
        minutes = (minutes + 1440) % 1440;
        if (At(end) is "-" or "to" && Number(end + 1) is { } until && until <= 12)
        {
            // A range: its start, with the end's half where it has one.
            var pm = language.Pm.Contains(At(end + 2));
            var am = language.Am.Contains(At(end + 2));
            if (pm || am)
            {
                var half = pm && minutes < until * 60 && minutes < 720 ? minutes + 720 : minutes;
                return new TimeMention { Start = start, End = end + 3, Clock = half };
            }

            return new TimeMention { Start = start, End = end + 2, Clock = minutes, IsBare = bare };
        }

        if (language.Pm.Contains(At(end)) && minutes < 780)
        {
            return new TimeMention { Start = start, End = Zone(end + 1), Clock = (minutes % 720) + 720 };
        }

        if (language.Am.Contains(At(end)) && minutes < 780 && (At(end) != "a" || At(end + 1) == "m"))
        {
            return new TimeMention { Start = start, End = Zone(end + 1), Clock = minutes % 720 };
        }

        end = language.OClock.Contains(At(end)) || At(end) is "h" or "uhr" or "hs" or "horas" or "heures" or "heure" ? end + 1 : end;
        if (language.Code == "fr" && At(end) == "et" && At(end + 1) == "demie" || language.Code is "es" && At(end) == "y" && At(end + 1) == "media" || language.Code == "pt" && At(end) == "e" && At(end + 1) == "meia")
        {
            return new TimeMention { Start = start, End = end + 2, Clock = minutes + 30, IsBare = bare };
        }

        return new TimeMention { Start = start, End = end, Clock = minutes, IsBare = bare };
    }

    private int Zone(int end) => At(end) == "m" ? end + 1 : end;

    private double? Number(int i)
    {
        var word = At(i);
        return word.Length > 0 && char.IsDigit(word[0]) && double.TryParse(word.Split(':')[0], System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
            : language.Numbers.TryGetValue(word, out var named) ? named
            : null;
    }
}

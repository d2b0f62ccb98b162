using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Puts pieces together and says which wall-clock time they mean (RULES D1–D3, D8).</summary>
internal sealed class TimeResolver(Language language, List<Word> words, LocalDateTime now, Instant sentAt, DateTimeZone zone)
{
    public List<TimeExpression> Resolve(List<TimeMention> mentions)
    {
        var expressions = new List<TimeExpression>();
        for (var i = 0; i < mentions.Count;)
        {
            var group = new List<TimeMention> { mentions[i] };
            while (i + group.Count < mentions.Count && Belongs(group, mentions[i + group.Count]))
            {
                group.Add(mentions[i + group.Count]);
            }

            i += group.Count;
            expressions.Add(Combine(group));
        }

        return expressions;
    }

    private bool Belongs(List<TimeMention> group, TimeMention next)
    {
        if (next.Start - group[^1].End > 3 || next.IsNegated || group.Exists(piece => piece.Elapsed is not null) || next.Elapsed is not null)
        {
            return false;
        }

        for (var i = group[^1].End; i < next.Start; i++)
        {
            if (words[i].Text is "or" or "o" or "ou" or "oder" or "?" || !language.Glue.Contains(words[i].Text))
            {
                return false;
            }
        }

        return !(next.IsDayPiece && group.Exists(piece => piece.IsDayPiece))
            && !(next.Clock is not null && group.Exists(piece => piece.Clock is not null))
            && !(next.Part is not null && group.Exists(piece => piece.Part is not null));
    }

    private TimeExpression Combine(List<TimeMention> group)
    {
        var (start, end) = (group[0].Start, group[^1].End);
        var negated = group.Exists(piece => piece.IsNegated);
        if (group.Find(piece => piece.Elapsed is not null) is { } elapsed)
        {
            var at = sentAt + elapsed.Elapsed!.Value;
            return new TimeExpression(start, end, at.InZone(zone).LocalDateTime, at, TimeGrain.Minute, negated, elapsed.Bend is Bend.Until);
        }

        var day = group.Find(piece => piece.IsDayPiece);
        var part = group.Find(piece => piece.Part is not null);
        var clock = group.Find(piece => piece.Clock is not null);
        var until = group.Exists(piece => piece.Bend is Bend.Until);
        var due = clock is not null ? OfClock(day, part, clock) : part is not null ? OfPart(day, part) : OfDay(day!);
        return new TimeExpression(start, end, due, null, clock is not null ? TimeGrain.Minute : part is not null ? TimeGrain.PartOfDay : TimeGrain.Day, negated, until);
    }

    private LocalDate DayOf(TimeMention day) => day.IsToday ? now.Date : day.Bend is Bend.After ? day.Day!.Value.PlusDays(1) : day.Day!.Value;

    private LocalDateTime OfDay(TimeMention day)
    {
        if (day.IsToday)
        {
            var later = now.PlusHours(3);
            return later.Date > now.Date || later.Hour >= 20 ? now.PlusMinutes(60) : later;
        }

        if (day.Bend is Bend.Before)
        {
            var before = day.Day!.Value.PlusDays(-1) + Minutes(Calendar.DefaultMinutes);
            return before > now ? before : now.PlusMinutes(60);
        }

        return DayOf(day) + Minutes(day.DayMinutes ?? Calendar.DefaultMinutes);
    }

    private LocalDateTime OfPart(TimeMention? day, TimeMention part)
    {
        var minutes = part.Part!.Value;
        if (day is not null)
        {
            var on = DayOf(day) + Minutes(Math.Abs(minutes));
            return on > now || !day.IsToday ? on : now.PlusMinutes(60);
        }

        if (minutes < 0)
        {
            // Today's own: if its clock time is past, an hour from now.
            var today = now.Date + Minutes(-minutes);
            return today > now ? today : now.PlusMinutes(60);
        }

        var next = now.Date + Minutes(minutes);
        return next > now ? next : next.PlusDays(1);
    }

    private LocalDateTime OfClock(TimeMention? day, TimeMention? part, TimeMention clock)
    {
        var minutes = clock.Clock!.Value;
        var half = part?.Half ?? Half.None;
        if (clock.IsBare && half is not Half.None)
        {
            minutes = half is Half.Pm ? (minutes % 720) + 720 : minutes % 720;
        }

        var date = day is not null ? DayOf(day) : part?.Part < 0 ? now.Date : (LocalDate?)null;
        var due = clock.IsBare && half is Half.None ? EarliestBare(minutes, date) : Earliest(minutes, date);
        if (clock.Bend is not (Bend.Before or Bend.By))
        {
            return due;
        }

        // "before 5", "by 5": an hour earlier, or halfway when that is past.
        var earlier = due.PlusHours(-1);
        return earlier > now ? earlier : now.PlusSeconds((long)((due - now).ToDuration().TotalSeconds / 2));
    }

    private LocalDateTime Earliest(int minutes, LocalDate? date)
    {
        if (date is { } day)
        {
            return day + Minutes(minutes);
        }

        var today = now.Date + Minutes(minutes);
        return today > now ? today : today.PlusDays(1);
    }

    /// <summary>A bare hour is the earliest of its two readings after now inside 07:00–21:00.</summary>
    private LocalDateTime EarliestBare(int minutes, LocalDate? date)
    {
        minutes %= 720;
        for (var ahead = 0; ahead < 3; ahead++)
        {
            var day = date ?? now.Date.PlusDays(ahead);
            foreach (var candidate in (int[])[minutes, minutes + 720])
            {
                if (candidate is >= 420 and <= 1260 && day + Minutes(candidate) is var due && due > now)
                {
                    return due;
                }
            }

            if (date is not null)
            {
                break;
            }
        }

        return (date ?? now.Date) + Minutes(minutes + 720);
    }

    private static LocalTime Minutes(int minutes) => LocalTime.Midnight.PlusMinutes(minutes);
}

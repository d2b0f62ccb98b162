using NodaTime;

namespace FollowUp.Understanding;

/// <summary>Puts pieces together and says which wall-clock time they mean (RULES D1–D3, D8).</summary>
internal sealed class TimeResolver(Reading reading, Instant sentAt, DateTimeZone zone)
{
    /// <summary>Words between a day and the clock time that completes it.</summary>
    private const int Farthest = 6;

    /// <summary>Words between "if you don't hear" and its limit.</summary>
    private const int UnlessReach = 14;

    private readonly Language language = reading.Language;
    private readonly LocalDateTime now = reading.Now;

    public List<TimeExpression> Resolve(List<TimePiece> pieces)
    {
        var expressions = new List<TimeExpression>();
        var groups = new List<List<TimePiece>>();
        foreach (var piece in pieces)
        {
            if (groups.Count > 0 && (Belongs(groups[^1], piece) || Completes(groups[^1], piece)))
            {
                groups[^1].Add(piece);
            }
            else
            {
                groups.Add([piece]);
            }
        }

        for (var i = 0; i < groups.Count; i++)
        {
            Share(groups, i);
            Carry(groups, i);
            expressions.Add(Combine(groups[i]));
        }

        return expressions;
    }

    // "sunday after church lets out at 12", "after supper call me, 7:45": a clock time later in the sentence is that of the day or part before it.
    private bool Completes(List<TimePiece> group, TimePiece next)
    {
        if (next is not { Clock: not null, NeedsDay: false, IsNegated: false } || next.Start - group[^1].End > Farthest || group.Exists(piece => piece.IsNegated || piece.IsNoTime || piece.Clock is not null || piece.Elapsed is not null || piece.Bend is Bend.Until))
        {
            return false;
        }

        // "speak tomorrow? 11ish"
        if (next.Start == group[^1].End + 1 && reading.IsBreak(next.End))
        {
            return true;
        }

        for (var i = group[^1].End; i < next.Start; i++)
        {
            if (reading.IsSentenceEnd(i) || language.Or.Contains(reading.At(i)))
            {
                return false;
            }
        }

        return true;
    }

    // "interview tomorrow at 15, so call at 17", "Tuesday can. Call me in the afternoon": the day goes on.
    private void Carry(List<List<TimePiece>> groups, int i)
    {
        if (i == 0 || groups[i].Exists(piece => piece.IsDayPiece || piece.Elapsed is not null || piece.IsNoTime || piece.NeedsDay || piece.Part is { Until: not null }))
        {
            return;
        }

        var before = groups[i - 1];
        var ended = false;
        for (var at = before[^1].End; at < groups[i][0].Start; at++)
        {
            ended |= reading.IsSentenceEnd(at);
        }

        if (before.Find(piece => piece is { Day: not null, IsNegated: false, IsNoTime: false, Bend: not (Bend.Until or Bend.After or Bend.Before) }) is { } day
            && (!ended || (groups[i][0].Start - before[^1].End <= Farthest && groups[i].TrueForAll(piece => piece.Clock is null))))
        {
            groups[i].Add(day with { Start = groups[i][0].Start, End = groups[i][0].End });
        }
    }

    // "Monday or Tuesday at 9": both at 9.
    private void Share(List<List<TimePiece>> groups, int i)
    {
        if (i + 1 < groups.Count && groups[i].TrueForAll(piece => piece is { IsDayPiece: true, IsNegated: false, Bend: Bend.None }) && groups[i + 1][0] is { IsDayPiece: true, IsNegated: false } other && other.Start == groups[i][^1].End + 1 && language.Or.Contains(reading.At(groups[i][^1].End)))
        {
            groups[i].AddRange(groups[i + 1].Where(piece => piece.Clock is not null || piece.Part is not null));
        }
    }

    private bool Belongs(List<TimePiece> group, TimePiece next)
    {
        if (next.Start - group[^1].End > 3 || next.IsNegated || (group[^1] is { Bend: Bend.Until } && reading.IsBreak(group[^1].End)) || next.Elapsed is not null || group.Exists(piece => piece.Elapsed is not null))
        {
            return false;
        }

        for (var i = group[^1].End; i < next.Start; i++)
        {
            var word = reading.At(i);
            if (language.Or.Contains(word) || (reading.IsBreak(i) && (group.Exists(piece => piece.IsNegated || piece.IsNoTime) || (next.IsDayPiece && group.Exists(piece => piece.IsToday)))) || !(language.Glue.Contains(word) || language.Articles.Contains(word)))
            {
                return false;
            }
        }

        return !(next.IsDayPiece && group.Exists(piece => piece.IsDayPiece && !(next.IsDate && !piece.IsDate) && !piece.IsToday))
            && !(next.Clock is not null && group.Exists(piece => piece.Clock is not null))
            && !(next.Part is not null && group.Exists(piece => piece.Part is not null));
    }

    private TimeExpression Combine(List<TimePiece> group)
    {
        var (start, end) = (group[0].Start, group.Max(piece => piece.End));
        var negated = group.Exists(piece => piece.IsNegated);
        var until = group.Exists(piece => piece.Bend is Bend.Until);
        if (group.Find(piece => piece.Elapsed is not null) is { } elapsed)
        {
            var at = sentAt + elapsed.Elapsed!.Value;
            return new TimeExpression(start, end, at.InZone(zone).LocalDateTime, at, TimeGrain.Minute, negated, until, IsOtherDay: false, IsSpan: true);
        }

        var day = group.Find(piece => piece.IsDate) ?? group.FindLast(piece => piece.IsDayPiece);
        var part = group.Find(piece => piece.Part is not null);
        var clock = group.Find(piece => piece.Clock is not null);
        var grain = clock is not null ? TimeGrain.Minute : part is not null ? TimeGrain.PartOfDay : TimeGrain.Day;
        LocalDateTime? due = group.Exists(piece => piece.IsNoTime) || (clock is { NeedsDay: true } && day is null) ? null
            : clock is not null ? OfClock(day, part, clock)
            : part is not null ? OfPart(day, part)
            : OfDay(day!);
        return new TimeExpression(start, end, due, null, grain, negated, until, IsOtherDay: day is { IsToday: false }, IsSpan: false);
    }

    private LocalDate DayOf(TimePiece day) => day.IsToday ? now.Date : day.Bend is Bend.After ? day.AfterDay ?? day.Day!.Value.PlusDays(1) : day.Day!.Value;

    private LocalDateTime OfDay(TimePiece day)
    {
        if (day.IsToday)
        {
            var later = now.PlusHours(3);
            return later.Date > now.Date || later.TimeOfDay > LocalTime.FromHoursSinceMidnight(20) ? now.PlusMinutes(60) : later;
        }

        if (day.Bend is Bend.Before)
        {
            var before = day.Day!.Value.PlusDays(-1) + Minutes(Calendar.DefaultMinutes);
            return before > now ? before : now.PlusMinutes(60);
        }

        var due = DayOf(day) + Minutes(day.DayMinutes ?? Calendar.DefaultMinutes);
        return due > now || !day.IsDate ? due : due.PlusYears(1);
    }

    private LocalDateTime? OfPart(TimePiece? day, TimePiece piece)
    {
        var part = piece.Part!;
        if (day is { IsToday: false })
        {
            return DayOf(day) + Minutes(part.Minutes);
        }

        var today = now.Date + Minutes(part.Minutes);
        if (part.Until is null && day is null)
        {
            return today > now ? today : today.PlusDays(1);
        }

        // Today's own part: when its clock time is past and the part is not, an hour from now.
        var least = part.IsLater ? now.PlusMinutes(30) : now;
        var until = part.Until ?? (part.Half is Half.Am ? 720 : 1410);
        return today > least ? today
            : now.TimeOfDay < Minutes(until) ? now.PlusMinutes(60)
            : part.Half is Half.Pm ? now.PlusMinutes(60)
            : null;
    }

    private LocalDateTime? OfClock(TimePiece? day, TimePiece? part, TimePiece clock)
    {
        var there = clock.Zone is { } named ? DateTimeZoneProviders.Tzdb[named] : zone;
        var then = clock.Zone is null ? now : sentAt.InZone(there).LocalDateTime;
        var minutes = clock.Clock!.Value;
        var half = part?.Part!.Half ?? Half.None;
        var isBare = clock.IsBare;
        if (isBare && half is not Half.None)
        {
            minutes = half is Half.Pm && minutes >= 720 && part!.Part!.Minutes >= 1080 ? 1440 + (minutes % 720) : (minutes % 720) + (half is Half.Pm ? 720 : 0);
            isBare = false;
        }

        if (half is Half.Pm && !isBare && minutes is >= 60 and < 720)
        {
            minutes += 720;
        }

        var date = day is not null ? DayOf(day) : part?.Part!.Until is not null ? now.Date : (LocalDate?)null;
        if (day is { MayBeToday: true } && now.Date + Minutes(isBare && minutes < 720 ? minutes + 720 : minutes) > now)
        {
            date = now.Date;
        }

        var due = isBare ? EarliestBare(minutes, date, then) : Earliest(minutes, date, then);
        if (clock.Zone is not null)
        {
            due = due.InZoneLeniently(there).WithZone(zone).LocalDateTime;
        }

        var bend = clock.Bend is Bend.None && day is { Bend: Bend.By or Bend.Before } ? day.Bend : clock.Bend;
        if (bend is not (Bend.Before or Bend.By) || IsUnless(clock))
        {
            return due;
        }

        // "before 5", "by 5": an hour earlier, or halfway when that is past.
        var earlier = due.PlusHours(-1);
        return earlier > now ? earlier : now.PlusMinutes((long)((due - now).ToDuration().TotalMinutes / 2));
    }

    // "if you don't hear from me by 5": five o'clock itself.
    private bool IsUnless(TimePiece clock)
    {
        for (var i = Math.Max(0, clock.Start - UnlessReach); i < clock.Start; i++)
        {
            if (language.Unless.TryLongest(reading.Words, i, out _, out _))
            {
                return true;
            }
        }

        return false;
    }

    private static LocalDateTime Earliest(int minutes, LocalDate? date, LocalDateTime then)
    {
        var due = (date ?? then.Date).PlusDays(minutes / 1440) + Minutes(minutes % 1440);
        return due > then || (date is not null && minutes > 0) ? due : due.PlusDays(1);
    }

    /// <summary>A bare hour is the earliest of its two readings after now inside 07:00–21:00 (RULES D1.2).</summary>
    private static LocalDateTime EarliestBare(int minutes, LocalDate? date, LocalDateTime then)
    {
        minutes %= 720;
        for (var ahead = 0; ahead < (date is null ? 3 : 1); ahead++)
        {
            var day = date ?? then.Date.PlusDays(ahead);
            foreach (var candidate in (ReadOnlySpan<int>)[minutes, minutes + 720])
            {
                if (candidate is >= 420 and <= 1260 && day + Minutes(candidate) is var due && due > then)
                {
                    return due;
                }
            }
        }

        return (date ?? then.Date) + Minutes(minutes + 720);
    }

    private static LocalTime Minutes(int minutes) => LocalTime.Midnight.PlusMinutes(minutes);
}

namespace FollowUp.Understanding;

/// <summary>Finds the pieces of time expressions in a message, each with the preposition that bends it and the word that excludes it.</summary>
internal sealed class TimeScanner
{
    /// <summary>How far before a time the word that excludes it may stand.</summary>
    private const int Reach = 5;

    /// <summary>How far behind a clock time the event may stand: "my 3pm client presentation meeting".</summary>
    private const int EventReach = 3;

    private static readonly PartOfDay Morning = PartOfDay.Parse("09:00 am");
    private static readonly PartOfDay Afternoon = PartOfDay.Parse("14:00 pm");

    private readonly Reading reading;
    private readonly Language language;
    private readonly DayReader days;
    private readonly SpanReader spans;
    private readonly ClockReader clocks;

    public TimeScanner(Reading reading)
    {
        this.reading = reading;
        language = reading.Language;
        days = new DayReader(reading);
        spans = new SpanReader(reading, days);
        clocks = new ClockReader(reading);
    }

    public List<TimePiece> Scan()
    {
        var pieces = new List<TimePiece>();
        var (bend, bendStart, bendEnd) = (Bend.None, -1, -1);
        for (var i = 0; i < reading.Words.Count;)
        {
            if (pieces.Count > 0 && pieces[^1] is { Clock: not null, Zone: null } last && IsNear(last.End, i) && language.Zones.TryLongest(reading.Words, i, out var zone, out var zoned))
            {
                pieces[^1] = last with { End = zoned, Zone = zone == "contact" ? null : zone };
                i = zoned;
                continue;
            }

            var piece = Longest(i, pieces, isBent: bendEnd == i);
            if (language.NoTimes.TryLongest(reading.Words, i, out _, out var past) && (piece is null || past >= piece.End))
            {
                i = past;
                continue;
            }

            if (language.Bends.TryLongest(reading.Words, i, out var found, out var end) && (piece is null || end > piece.End))
            {
                (bend, bendStart, bendEnd) = (found, i, end);
                i = end;
                continue;
            }

            if (piece is null)
            {
                i++;
                continue;
            }

            // A comma ends what a preposition bends: "the Monday after, the 14th".
            var isBent = bend is not Bend.None && IsNear(bendEnd, piece.Start) && !(reading.IsBreak(bendEnd) && bendEnd < piece.Start);
            piece = isBent && piece.Bend is Bend.None ? piece with { Bend = bend } : piece;
            piece = piece with { IsNegated = IsExcluded(isBent ? bendStart : piece.Start, piece) };
            piece = AfterEvent(piece, bend, bendEnd);
            bend = Bend.None;
            pieces.Add(piece);
            i = Math.Max(piece.End, i + 1);
        }

        return pieces;
    }

    private TimePiece? Longest(int i, List<TimePiece> before, bool isBent)
    {
        var best = days.Read(i);
        best = Longer(spans.Read(i), best);
        best = Longer(Part(i) ?? HalfOf(i, before), best);
        best = Longer(clocks.Read(i, isBent || IsBeside(i, before)), best);
        return best is null || before.Count > 0 ? Longer(Anaphor(i, before), best) : best;

        static TimePiece? Longer(TimePiece? one, TimePiece? other) => one is not null && (other is null || one.End > other.End) ? one : other;
    }

    private TimePiece? Part(int i) =>
        !language.Parts.TryLongest(reading.Words, i, out var part, out var end) ? null
        : language.Past.Contains(reading.At(i - 1)) ? new TimePiece(i, end) { IsNoTime = true }
        : part.IsClock ? new TimePiece(i, end) { Clock = part.Minutes }
        : new TimePiece(i, end) { Part = part };

    // "mon am": the morning of the day before it.
    private TimePiece? HalfOf(int i, List<TimePiece> before) =>
        before.Count == 0 || before[^1] is not { IsDayPiece: true } day || day.End != i ? null
        : language.Am.Contains(reading.At(i)) ? new TimePiece(i, i + 1) { Part = Morning }
        : language.Pm.Contains(reading.At(i)) ? new TimePiece(i, i + 1) { Part = Afternoon }
        : null;

    // "We vote on the 28th. Call me the day after."
    private TimePiece? Anaphor(int i, List<TimePiece> before) =>
        language.Anaphors.TryLongest(reading.Words, i, out var days, out var end) && !language.Days.TryLongest(reading.Words, end, out _, out _) && before.FindLast(piece => piece.Day is not null) is { Day: { } day }
            ? new TimePiece(i, end) { Day = day.PlusDays(days) }
            : null;

    // "tomorrow 3", "tonight, 8": a bare number beside a day is an hour.
    private bool IsBeside(int i, List<TimePiece> before) =>
        before.Count > 0 && before[^1] is { Clock: null, Elapsed: null, IsNoTime: false } last && IsNear(last.End, i);

    private bool IsNear(int end, int start)
    {
        if (start - end is < 0 or > 3)
        {
            return false;
        }

        for (var i = end; i < start; i++)
        {
            if (!language.Glue.Contains(reading.At(i)) && !language.Articles.Contains(reading.At(i)))
            {
                return false;
            }
        }

        return true;
    }

    private bool IsExcluded(int start, TimePiece piece)
    {
        if (piece.Bend is Bend.Until)
        {
            return false;
        }

        for (var back = start - 1; back >= 0 && back >= start - Reach; back--)
        {
            var word = reading.At(back);
            if (language.Not.Contains(word))
            {
                return true;
            }

            if (!language.NotFar.Contains(word) && !language.Glue.Contains(word) && !language.Articles.Contains(word) || reading.IsBreak(back))
            {
                break;
            }
        }

        return language.Unsuited.TryLongest(reading.Words, piece.End, out _, out _);
    }

    // "after my 3pm meeting", "after the class at 10": an hour after its start (RULES D7.2).
    private TimePiece AfterEvent(TimePiece piece, Bend bend, int bendEnd)
    {
        if (piece.Clock is not { } clock || bend is not Bend.After)
        {
            return piece;
        }

        var last = piece.End;
        while (last < piece.End + EventReach && !reading.IsBreak(last) && !language.Events.Contains(reading.At(last)))
        {
            last++;
        }

        var ahead = language.Events.Contains(reading.At(last));
        var behind = false;
        for (var i = bendEnd; i < piece.Start && i >= 0 && piece.Start - bendEnd <= 4 && !reading.IsBreak(piece.Start - 1); i++)
        {
            behind |= language.Events.Contains(reading.At(i));
        }

        return ahead || behind
            ? piece with { Clock = (clock + 60) % 1440, End = ahead ? last + 1 : piece.End, Bend = Bend.None }
            : piece;
    }
}

using System.Globalization;
using NodaTime;

namespace FollowUp.Understanding;

/// <summary>A piece of a time expression as it stands in the message: a day, a part of the day, a clock time or a duration.</summary>
internal sealed record TimePiece(int Start, int End)
{
    /// <summary>A calendar day; 10:00 unless a part or clock stands with it.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>"today": three hours from now unless a part or clock stands with it (RULES D2.5).</summary>
    public bool IsToday { get; init; }

    /// <summary>The day's own clock in minutes where it is not 10:00 (the end of the week, said on its Friday).</summary>
    public int? DayMinutes { get; init; }

    /// <summary>What "after" this day means where it is more than a day: after next week.</summary>
    public LocalDate? AfterDay { get; init; }

    /// <summary>A date wins over the weekday beside it: "Friday the 12th".</summary>
    public bool IsDate { get; init; }

    /// <summary>"this Friday", said on a Friday with the clock time still ahead (RULES D3.2).</summary>
    public bool MayBeToday { get; init; }

    public PartOfDay? Part { get; init; }

    /// <summary>A clock time in minutes of the day.</summary>
    public int? Clock { get; init; }

    /// <summary>The half of the day is open: "at 3".</summary>
    public bool IsBare { get; init; }

    /// <summary>The IANA zone a clock time names; null: the contact's.</summary>
    public string? Zone { get; init; }

    /// <summary>"same time": only with a day.</summary>
    public bool NeedsDay { get; init; }

    /// <summary>Elapsed time from now.</summary>
    public Duration? Elapsed { get; init; }

    public Bend Bend { get; init; }

    /// <summary>Excluded: "not Monday".</summary>
    public bool IsNegated { get; init; }

    /// <summary>Past, habitual or not derivable: understood as a time, but none to contact at.</summary>
    public bool IsNoTime { get; init; }

    public bool IsDayPiece => Day is not null || IsToday;
}

/// <summary>How a preposition bends a time.</summary>
internal enum Bend
{
    None,
    After,

    /// <summary>Begins there: "from Monday", "not before 5".</summary>
    From,
    Before,
    By,
    Until,
}

/// <summary>Which half of the day a part fixes for a bare hour.</summary>
internal enum Half
{
    None,
    Am,
    Pm,
}

/// <summary>Units of durations.</summary>
internal enum Unit
{
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
}

/// <summary>A part of the day and its default clock (RULES D2).</summary>
/// <param name="Minutes">Minutes of the day.</param>
/// <param name="Half">What it makes of a bare hour beside it.</param>
/// <param name="Until">For today's own parts ("this morning"): when they are over, in minutes; null: the next such part.</param>
/// <param name="IsLater">"later this morning": an hour from now when it is less than half an hour away.</param>
/// <param name="IsClock">A clock time in words: noon.</param>
internal sealed record PartOfDay(int Minutes, Half Half, int? Until, bool IsLater, bool IsClock)
{
    /// <summary>Reads <c>HH:mm [am|pm] [until HH:mm] [later] [clock]</c>.</summary>
    public static PartOfDay Parse(string text)
    {
        var words = text.Split(' ');
        var until = Array.IndexOf(words, "until");
        return new PartOfDay(
            Clock(words[0]),
            words.Contains("am") ? Half.Am : words.Contains("pm") ? Half.Pm : Half.None,
            until > 0 ? Clock(words[until + 1]) : null,
            words.Contains("later"),
            words.Contains("clock"));
    }

    private static int Clock(string text) => (int.Parse(text[..2], CultureInfo.InvariantCulture) * 60) + int.Parse(text[3..], CultureInfo.InvariantCulture);
}

/// <summary>Pieces that belong together, resolved.</summary>
/// <param name="Start">First word.</param>
/// <param name="End">Word after the last.</param>
/// <param name="Due">Wall-clock time; null: none can be derived.</param>
/// <param name="At">The instant, where the time is an elapsed one.</param>
/// <param name="Grain">How exact.</param>
/// <param name="IsNegated">Excluded by the contact.</param>
/// <param name="IsUntil">The end of something: "busy till 3".</param>
/// <param name="IsOtherDay">Names a day that is not today.</param>
/// <param name="IsSpan">A duration.</param>
internal sealed record TimeExpression(int Start, int End, LocalDateTime? Due, Instant? At, TimeGrain Grain, bool IsNegated, bool IsUntil, bool IsOtherDay, bool IsSpan);

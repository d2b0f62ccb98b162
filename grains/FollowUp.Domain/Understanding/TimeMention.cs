using NodaTime;

namespace FollowUp.Understanding;

/// <summary>How a preposition bends a time.</summary>
internal enum Bend
{
    None,
    After,
    Before,
    By,
    Until,
}

/// <summary>A piece of a time expression as it stands in the message.</summary>
internal sealed record TimeMention
{
    public required int Start { get; init; }
    public required int End { get; init; }

    /// <summary>A calendar day; its default clock where it has one of its own.</summary>
    public LocalDate? Day { get; init; }

    /// <summary>"today": R + 3 hours unless a clock time or part stands with it (RULES D2.5).</summary>
    public bool IsToday { get; init; }

    /// <summary>The day's own clock in minutes where it is not 10:00 (end of this week said on Friday).</summary>
    public int? DayMinutes { get; init; }

    /// <summary>A part of the day in minutes; negative: today's own.</summary>
    public int? Part { get; init; }

    public Half Half { get; init; }

    /// <summary>A clock time in minutes; <see cref="IsBare"/>: its half of the day is open.</summary>
    public int? Clock { get; init; }

    public bool IsBare { get; init; }

    /// <summary>Elapsed time from now.</summary>
    public Duration? Elapsed { get; init; }

    public Bend Bend { get; init; }

    public bool IsNegated { get; init; }

    public bool IsDayPiece => Day is not null || IsToday;
}

/// <summary>Pieces that belong together, resolved to a wall-clock time.</summary>
internal sealed record TimeExpression(int Start, int End, LocalDateTime? Due, Instant? At, TimeGrain Grain, bool IsNegated, bool IsUntil);

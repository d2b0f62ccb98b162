namespace FollowUp.Bots;

/// <summary>Whose clock the hours follow.</summary>
public enum HoursZone
{
    /// <summary>The contact's; unknown: the business's.</summary>
    Contact,

    /// <summary>The bot's zone, else the workspace's, else UTC.</summary>
    Business,
}

/// <summary>One opening of the day in which follow-ups may be sent. <see cref="To"/> is exclusive; earlier than <see cref="From"/> means past midnight; 00:00 to 00:00 (or 24:00) is the whole day.</summary>
[GenerateSerializer, Immutable, Alias("followup.HoursWindow")]
public sealed record HoursWindow
{
    [Id(0)] public required TimeOnly From { get; init; }
    [Id(1)] public required TimeOnly To { get; init; }
}

/// <summary>The openings of each weekday; an absent day is closed.</summary>
[GenerateSerializer, Immutable, Alias("followup.WeeklyHours")]
public sealed record WeeklyHours
{
    [Id(0)] public IReadOnlyList<HoursWindow> Monday { get; init; } = [];
    [Id(1)] public IReadOnlyList<HoursWindow> Tuesday { get; init; } = [];
    [Id(2)] public IReadOnlyList<HoursWindow> Wednesday { get; init; } = [];
    [Id(3)] public IReadOnlyList<HoursWindow> Thursday { get; init; } = [];
    [Id(4)] public IReadOnlyList<HoursWindow> Friday { get; init; } = [];
    [Id(5)] public IReadOnlyList<HoursWindow> Saturday { get; init; } = [];
    [Id(6)] public IReadOnlyList<HoursWindow> Sunday { get; init; } = [];
}

/// <summary>A date with hours of its own: none means closed (a holiday).</summary>
[GenerateSerializer, Immutable, Alias("followup.HoursOnDate")]
public sealed record HoursOnDate
{
    [Id(0)] public required DateOnly Date { get; init; }
    [Id(1)] public IReadOnlyList<HoursWindow> Windows { get; init; } = [];
}

/// <summary>When follow-ups may be sent. The bot's answers know no hours.</summary>
[GenerateSerializer, Immutable, Alias("followup.ActiveHours")]
public sealed record ActiveHours
{
    /// <summary>Default: false (any time).</summary>
    [Id(0)] public bool Enabled { get; init; }

    /// <summary>Default: the contact's. Also names the zone in which delays in days keep their wall-clock time, even when the hours are off.</summary>
    [Id(1)] public HoursZone Zone { get; init; }

    /// <summary>The first step of a requested follow-up may go outside the hours (never outside the quiet hours). Default: false.</summary>
    [Id(2)] public bool HonourRequestedTime { get; init; }

    [Id(3)] public WeeklyHours Weekly { get; init; } = new();

    /// <summary>At most 400, no date twice.</summary>
    [Id(4)] public IReadOnlyList<HoursOnDate> Exceptions { get; init; } = [];
}

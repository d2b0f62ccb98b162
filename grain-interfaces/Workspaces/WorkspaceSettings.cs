using FollowUp.Bots;
using FollowUp.Channels;

namespace FollowUp.Workspaces;

/// <summary>When sending stops because a day is unlike all others.</summary>
[GenerateSerializer, Immutable, Alias("followup.BreakerSettings")]
public sealed record BreakerSettings
{
    /// <summary>Never trips below so many proactive messages a day. Default: 100.</summary>
    [Id(0)] public int Floor { get; init; } = 100;

    /// <summary>Trips above so many times the busiest day of the last 30. Default: 3.</summary>
    [Id(1)] public int Multiple { get; init; } = 3;
}

/// <summary>A workspace's settings.</summary>
[GenerateSerializer, Immutable, Alias("followup.WorkspaceSettings")]
public sealed record WorkspaceSettings
{
    /// <summary>At most 200 characters.</summary>
    [Id(0)] public string? BusinessName { get; init; }

    /// <summary>IANA zone; absent: UTC.</summary>
    [Id(1)] public string? TimeZone { get; init; }

    /// <summary>Whole-message opt-out words beside the built-in ones; at most 100 of 50 characters.</summary>
    [Id(2)] public IReadOnlyList<string> OptOutWords { get; init; } = [];

    /// <summary>The hours of the day in which a channel may be used, in the contact's zone. Sms: 08:00–21:00, can only be narrowed.</summary>
    [Id(3)] public IReadOnlyDictionary<Channel, HoursWindow>? QuietHours { get; init; }

    /// <summary>Follow-ups per contact over all bots. Default: 5 a day and 20 in 30 days.</summary>
    [Id(4)] public IReadOnlyList<FollowUpLimit> Caps { get; init; } =
    [
        new() { Count = 5, Per = Delay.Of(1, DelayUnit.Days) },
        new() { Count = 20, Per = Delay.Of(30, DelayUnit.Days) },
    ];

    [Id(5)] public BreakerSettings Breaker { get; init; } = new();

    /// <summary>For templates: <c>custom_values.name</c>; at most 100 of 1,000 characters.</summary>
    [Id(6)] public IReadOnlyDictionary<string, string>? CustomValues { get; init; }
}

#pragma warning disable CA1822
using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>A stretch of openness in absolute time: [From, To).</summary>
public readonly record struct Opening(Instant From, Instant To)
{
    public Duration Length => To - From;
}

/// <summary>Why an instant is closed.</summary>
public enum Closed
{
    OutsideHours,
    Holiday,
    QuietHours,
}

/// <summary>When messages may be sent: a business's hours, or the complement of quiet hours, as a calendar in one zone.</summary>
public sealed class Schedule
{
    /// <summary>Always open.</summary>
    public static Schedule Always { get; } = new();

    /// <summary>A bot's active hours in the zone they follow; off: <see cref="Always"/>.</summary>
    public static Schedule Of(ActiveHours hours, DateTimeZone zone) => Always;

    /// <summary>One daily window (quiet hours leave it open), the same on every day.</summary>
    public static Schedule Daily(HoursWindow window, DateTimeZone zone) => Always;

    /// <summary>Whether it is open at that instant.</summary>
    public bool IsOpen(Instant at) => true;

    /// <summary>Whether the local date of that instant is an exception without windows.</summary>
    public bool IsHoliday(Instant at) => false;

    /// <summary>The opening that holds <paramref name="at"/>, or the first one after it; null if there is none within 400 days.</summary>
    public Opening? NextOpening(Instant at) => new Opening(at, Instant.MaxValue);
}

/// <summary>Several schedules that must all be open.</summary>
public static class OpenHours
{
    /// <summary>The first stretch, from <paramref name="at"/> on, in which all are open; it starts at <paramref name="at"/> when they are now, and reaches back to no earlier than that. Null: none within 400 days.</summary>
    public static Opening? Next(IReadOnlyList<Schedule> schedules, Instant at) => new Opening(at, Instant.MaxValue);

    /// <summary>How long all were open between two instants; zero when <paramref name="to"/> is not after <paramref name="from"/>.</summary>
    public static Duration Between(IReadOnlyList<Schedule> schedules, Instant from, Instant to) => to - from;
}

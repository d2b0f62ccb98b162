namespace FollowUp.Bots;

/// <summary>The unit of a <see cref="Delay"/>.</summary>
public enum DelayUnit
{
    Minutes,
    Seconds,
    Hours,

    /// <summary>Calendar days at the same wall-clock time.</summary>
    Days,

    /// <summary>Without end; only for sleep-after-human, with no value.</summary>
    Forever,
}

/// <summary>A duration as people set it. Seconds, minutes and hours are exact; days are calendar days.</summary>
[GenerateSerializer, Immutable, Alias("followup.Delay")]
public sealed record Delay
{
    /// <summary>How many units; positive.</summary>
    [Id(0)] public int Value { get; init; }

    [Id(1)] public DelayUnit Unit { get; init; }

    public static Delay Of(int value, DelayUnit unit) => new() { Value = value, Unit = unit };
}

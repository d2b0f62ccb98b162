using System.ComponentModel.DataAnnotations;

namespace FollowUp.Clock;

/// <summary>The engine's clock.</summary>
public sealed class ClockOptions
{
    public const string Section = "Clock";

    /// <summary>How many times faster the engine's time runs: 1 to 600. Default: 1. Standalone only.</summary>
    [Range(1, 600)]
    public double Speed { get; set; } = 1;
}

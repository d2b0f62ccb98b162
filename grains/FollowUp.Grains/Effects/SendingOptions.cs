using System.ComponentModel.DataAnnotations;

namespace FollowUp.Effects;

/// <summary>How messages are handed to providers. All times are real ones.</summary>
public sealed class SendingOptions
{
    public const string Section = "Channels:Sending";

    /// <summary>When a provider is asked about a lost answer, after the attempt, ascending; afterwards it is shown as uncertain. Default: 1, 5 and 15 minutes.</summary>
    public TimeSpan[]? ReconcileAfter { get; set; }

    /// <summary>Requests under way per connection, on each silo: 1 to 1,000. A provider that hangs holds up no more than its own. Default: 16.</summary>
    [Range(1, 1_000)]
    public int Concurrency { get; set; } = 16;

    /// <summary>How long a message waits for its turn; after that it is asked about anew a little later. Short, because what waits here when the process is killed is uncertain though it never left. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How often a connection's missed inbound messages are asked for. No follow-up goes out when that was more than twice as long ago. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan CatchUpEvery { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long follow-ups wait for a provider that cannot be asked; then they go out all the same. Default: 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan CatchUpPatience { get; set; } = TimeSpan.FromMinutes(15);

    internal IReadOnlyList<TimeSpan> ReconcileTimes => ReconcileAfter is { Length: > 0 } set ? set : [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];
}

using System.ComponentModel.DataAnnotations;

namespace FollowUp.Connectors;

/// <summary>How fast messages leave on a channel. Providers refuse what comes faster, or punish the number for it.</summary>
public sealed class ChannelPace
{
    /// <summary>Messages a second of one sender, on each silo: 1 to 10,000.</summary>
    [Range(1, 10_000)]
    public int PerSecond { get; set; }

    /// <summary>Between two messages of one sender to the same recipient, once <see cref="Burst"/> is used up.</summary>
    [Range(typeof(TimeSpan), "00:00:00.01", "00:10:00")]
    public TimeSpan PerRecipient { get; set; }

    /// <summary>Messages to the same recipient that may go at once: 1 to 45.</summary>
    [Range(1, 45)]
    public int Burst { get; set; }
}

/// <summary>The pace of each channel. Real time.</summary>
public sealed class PaceOptions
{
    public const string Section = "Channels:Pace";

    /// <summary>Default: 100 a second; one a second to the same number after three. Twilio itself queues by the sender's own rate.</summary>
    [Required]
    public ChannelPace Sms { get; set; } = new() { PerSecond = 100, PerRecipient = TimeSpan.FromSeconds(1), Burst = 3 };

    /// <summary>Default: 80 a second, the number's documented throughput; one in 6 seconds to the same person after ten.</summary>
    [Required]
    public ChannelPace WhatsApp { get; set; } = new() { PerSecond = 80, PerRecipient = TimeSpan.FromSeconds(6), Burst = 10 };

    /// <summary>Default: 250 a second of the documented 300; one a second to the same person after five.</summary>
    [Required]
    public ChannelPace Messenger { get; set; } = new() { PerSecond = 250, PerRecipient = TimeSpan.FromSeconds(1), Burst = 5 };

    /// <summary>Default: 90 a second of the documented 100; one a second to the same person after five.</summary>
    [Required]
    public ChannelPace Instagram { get; set; } = new() { PerSecond = 90, PerRecipient = TimeSpan.FromSeconds(1), Burst = 5 };
}

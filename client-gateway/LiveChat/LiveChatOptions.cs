using System.ComponentModel.DataAnnotations;

namespace FollowUp.LiveChat;

/// <summary>Bounds of the live chat. Those of one address of the internet do not bind callers on this machine while <see cref="ExemptLoopback"/> is on.</summary>
public sealed class LiveChatOptions
{
    public const string Section = "LiveChat";

    /// <summary>New anonymous visitors from one address in 12 hours, over all gateways. Default: 6.</summary>
    [Range(1, 100_000)]
    public int NewConversationsPerIp { get; set; } = 6;

    /// <summary>Sessions opened from one address in a minute, on one gateway. Default: 60.</summary>
    [Range(1, 100_000)]
    public int SessionsPerMinutePerIp { get; set; } = 60;

    /// <summary>Refused or unknown calls (401, 403, 404) from one address in a minute, loopback included; then everything of the live chat answers 429. Default: 100.</summary>
    [Range(1, 100_000)]
    public int FailuresPerMinutePerIp { get; set; } = 100;

    /// <summary>Messages of one workspace in a second, on one gateway. Default: 200.</summary>
    [Range(1, 1_000_000)]
    public int MessagesPerSecondPerWorkspace { get; set; } = 200;

    /// <summary>Sockets of one session. Default: 3.</summary>
    [Range(1, 100)]
    public int SocketsPerSession { get; set; } = 3;

    /// <summary>Sockets of one visitor, whatever the number of tabs, on one gateway. Default: 12.</summary>
    [Range(1, 1_000)]
    public int SocketsPerVisitor { get; set; } = 12;

    /// <summary>Sockets from one address, on one gateway. Default: 200.</summary>
    [Range(1, 100_000)]
    public int SocketsPerIp { get; set; } = 200;

    /// <summary>Sockets of one gateway that have not said who they are, and wait for at most ten seconds. Default: 500.</summary>
    [Range(1, 100_000)]
    public int SilentSockets { get; set; } = 500;

    /// <summary>Sockets of one gateway. Default: 10,000.</summary>
    [Range(1, 1_000_000)]
    public int Sockets { get; set; } = 10_000;

    /// <summary>Callers on this machine are not counted by address: behind a local proxy that does not say whom it speaks for, they would all be one. Default: true.</summary>
    public bool ExemptLoopback { get; set; } = true;
}

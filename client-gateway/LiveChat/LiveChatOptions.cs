using System.ComponentModel.DataAnnotations;

namespace FollowUp.LiveChat;

/// <summary>Bounds of the live chat.</summary>
public sealed class LiveChatOptions
{
    public const string Section = "LiveChat";

    /// <summary>New conversations from one address in 12 hours; callers on this machine are exempt. Default: 6.</summary>
    [Range(1, 100_000)]
    public int NewConversationsPerIp { get; set; } = 6;

    /// <summary>Sockets of one session. Default: 3.</summary>
    [Range(1, 100)]
    public int SocketsPerSession { get; set; } = 3;
}

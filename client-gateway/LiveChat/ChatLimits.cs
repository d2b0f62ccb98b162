using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace FollowUp.LiveChat;

/// <summary>The rates of this gateway's live chat: by address, by visitor, by workspace.</summary>
internal sealed class ChatLimits(IOptions<LiveChatOptions> options) : IDisposable
{
    /// <summary>A visitor writes one message a second, this many at once.</summary>
    public const int Burst = 5;

    private readonly PartitionedRateLimiter<string> visitors = Buckets(Burst, 1, TimeSpan.FromSeconds(1));
    private readonly PartitionedRateLimiter<string> workspaces = Buckets(options.Value.MessagesPerSecondPerWorkspace, options.Value.MessagesPerSecondPerWorkspace, TimeSpan.FromSeconds(1));
    private readonly PartitionedRateLimiter<string> sessions = Buckets(options.Value.SessionsPerMinutePerIp, options.Value.SessionsPerMinutePerIp, TimeSpan.FromMinutes(1));
    private readonly PartitionedRateLimiter<string> failures = Buckets(options.Value.FailuresPerMinutePerIp, options.Value.FailuresPerMinutePerIp, TimeSpan.FromMinutes(1));

    public bool MayWrite(ChatSession session) => Take(visitors, $"{session.Workspace}|{session.ConversationId}") && Take(workspaces, session.Workspace);

    public bool MayOpenSession(HttpContext context) => SourceOf(context) is not { } source || Take(sessions, source);

    /// <summary>Whether this address has not failed too often in the last minute.</summary>
    public bool MayTry(HttpContext context) =>
        failures.GetStatistics(NameOf(context.Connection.RemoteIpAddress)) is not { CurrentAvailablePermits: < 1 };

    public void Failed(HttpContext context) => Take(failures, NameOf(context.Connection.RemoteIpAddress));

    /// <summary>The address a caller is counted by; null: not counted.</summary>
    public string? SourceOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        return options.Value.ExemptLoopback && (address is null || IPAddress.IsLoopback(address)) ? null : NameOf(address);
    }

    public void Dispose()
    {
        visitors.Dispose();
        workspaces.Dispose();
        sessions.Dispose();
        failures.Dispose();
    }

    // A household has a whole /64 of IPv6: it counts as one.
    private static string NameOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        address = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return address.AddressFamily is AddressFamily.InterNetworkV6 ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, string name)
    {
        using var lease = limiter.AttemptAcquire(name);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Buckets(int atOnce, int each, TimeSpan period) =>
        PartitionedRateLimiter.Create<string, string>(name => RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = atOnce,
            TokensPerPeriod = each,
            ReplenishmentPeriod = period,
            QueueLimit = 0,
        }));
}

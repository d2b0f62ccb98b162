using System.IO.Hashing;
using System.Text;
using NodaTime;

namespace FollowUp.Planning;

/// <summary>Spreads what one opening releases.</summary>
public static class Spread
{
    /// <summary>The longest spread.</summary>
    public static readonly Duration Longest = Duration.FromMinutes(10);

    /// <summary>A stable part of min(10 minutes, length of the window), by conversation; whole seconds.</summary>
    public static Duration Of(string conversationId, Duration window)
    {
        var seconds = (ulong)Math.Max(1, Math.Floor((window < Longest ? window : Longest).TotalSeconds));
        return Duration.FromSeconds((long)(Hash(conversationId) % seconds));
    }

    /// <summary>A stable number from 0 to below <paramref name="tickets"/>.</summary>
    public static int TicketOf(string id, int tickets) => (int)(Hash(id) % (ulong)tickets);

    private static ulong Hash(string id) => XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id));
}

using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace FollowUp.Conversations;

/// <summary>The ids of messages taken, as 8-byte hashes by day: eight full days and today, longer than any provider redelivers.</summary>
public sealed record SeenIds
{
    /// <summary>Days an id is remembered beside today.</summary>
    public const int Days = 8;

    /// <summary>Hashes by day number (days since 1970-01-01), eight bytes each.</summary>
    public IReadOnlyDictionary<int, byte[]> ByDay { get; init; } = new Dictionary<int, byte[]>();

    public bool Contains(string id)
    {
        Span<byte> wanted = stackalloc byte[8];
        Hash(id, wanted);
        foreach (var hashes in ByDay.Values)
        {
            for (var i = 0; i + 8 <= hashes.Length; i += 8)
            {
                if (hashes.AsSpan(i, 8).SequenceEqual(wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }

    public SeenIds With(string id, DateTimeOffset now)
    {
        var today = (int)(now.ToUnixTimeSeconds() / 86_400);
        var days = new Dictionary<int, byte[]>(ByDay.Count + 1);
        foreach (var (day, hashes) in ByDay)
        {
            if (day >= today - Days)
            {
                days[day] = hashes;
            }
        }

        var before = days.GetValueOrDefault(today) ?? [];
        var after = new byte[before.Length + 8];
        before.CopyTo(after, 0);
        Hash(id, after.AsSpan(before.Length));
        days[today] = after;
        return new SeenIds { ByDay = days };
    }

    /// <summary>What either has seen.</summary>
    public SeenIds And(SeenIds other)
    {
        var days = new Dictionary<int, byte[]>(ByDay);
        foreach (var (day, hashes) in other.ByDay)
        {
            days[day] = days.TryGetValue(day, out var ours) ? [.. ours, .. hashes] : hashes;
        }

        return new SeenIds { ByDay = days };
    }

    private static void Hash(string id, Span<byte> destination) =>
        BinaryPrimitives.WriteUInt64LittleEndian(destination, XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(id)));
}

using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using FollowUp.Workspaces;

namespace FollowUp.Security;

/// <summary>Keys seen lately. A revoked key is refused everywhere within the minute, here at once.</summary>
internal sealed class KeyCache(IGrainFactory grains)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);

    /// <summary>Bounds what guesses can make us remember.</summary>
    private const int Most = 10_000;

    private readonly ConcurrentDictionary<string, (ApiKeyInfo? Info, long At)> known = new();

    /// <summary>Null: no such key.</summary>
    public async ValueTask<ApiKeyInfo?> FindAsync(string key)
    {
        // The hash is what is looked up and compared, so timing tells nothing of the key.
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        if (known.TryGetValue(hash, out var entry) && TimeProvider.System.GetElapsedTime(entry.At) < Kept)
        {
            return entry.Info;
        }

        var info = await grains.GetGrain<IApiKeyGrain>(hash).VerifyAsync();
        if (info is not null)
        {
            if (known.Count >= Most)
            {
                known.Clear();
            }

            known[hash] = (info, TimeProvider.System.GetTimestamp());
        }

        return info;
    }

    public void Clear() => known.Clear();
}

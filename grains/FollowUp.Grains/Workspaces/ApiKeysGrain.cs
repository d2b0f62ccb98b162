using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Workspaces;

/// <summary>A workspace's keys: what is known of each, and the hash that names its row.</summary>
public sealed class ApiKeysState
{
    public Dictionary<string, ApiKeyEntry> Keys { get; set; } = [];
}

/// <summary>One key of the list.</summary>
public sealed record ApiKeyEntry(ApiKeyInfo Info, string Hash);

internal sealed class ApiKeysGrain([PersistentState("apiKeys", StorageNames.FollowUp)] IPersistentState<ApiKeysState> stored, TimeProvider time) : Grain, IApiKeysGrain
{
    private const int MostKeys = 200;

    public Task<IReadOnlyList<ApiKeyInfo>> ListAsync() =>
        Task.FromResult<IReadOnlyList<ApiKeyInfo>>([.. stored.State.Keys.Values.Select(entry => entry.Info).OrderBy(info => info.CreatedAt)]);

    public async Task<Answer<ApiKeyCreated>> CreateAsync(Role role, string? name, DateTimeOffset? expiresAt)
    {
        if (name?.Length > 200)
        {
            return Problem.Invalid("name", "At most 200 characters.");
        }

        if (expiresAt <= time.GetUtcNow())
        {
            return Problem.Invalid("expiresAt", "It has to be in the future.");
        }

        if (stored.State.Keys.Count >= MostKeys)
        {
            return Problem.Conflict("tooManyKeys", $"At most {MostKeys} keys.");
        }

        var key = $"fu_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var info = await AddAsync(key, role, name, expiresAt);
        return new ApiKeyCreated { Info = info, Key = key };
    }

    public async Task<bool> BootstrapAsync(string key)
    {
        if (stored.State.Keys.Values.Any(entry => entry.Info.Role is Role.Admin))
        {
            return false;
        }

        await AddAsync(key, Role.Admin, "bootstrap", expiresAt: null);
        return true;
    }

    public async Task<Answer<bool>> DeleteAsync(string keyId)
    {
        if (!stored.State.Keys.TryGetValue(keyId, out var entry))
        {
            return Problem.NotFound("There is no such key.");
        }

        if (entry.Info.Role is Role.Admin && stored.State.Keys.Values.Count(other => other.Info.Role is Role.Admin) == 1)
        {
            return Problem.Conflict("lastAdminKey", "The last admin key stays: make another one first.");
        }

        await GrainFactory.GetGrain<IApiKeyGrain>(entry.Hash).RevokeAsync();
        stored.State.Keys.Remove(keyId);
        await stored.WriteStateAsync();
        return true;
    }

    private async Task<ApiKeyInfo> AddAsync(string key, Role role, string? name, DateTimeOffset? expiresAt)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var info = new ApiKeyInfo
        {
            KeyId = $"k-{hash[..16]}",
            Workspace = this.GetPrimaryKeyString(),
            Role = role,
            Name = name,
            CreatedAt = time.GetUtcNow(),
            ExpiresAt = expiresAt,
        };
        stored.State.Keys[info.KeyId] = new ApiKeyEntry(info, hash);
        await stored.WriteStateAsync();
        await GrainFactory.GetGrain<IApiKeyGrain>(hash).StoreAsync(info);
        return info;
    }
}

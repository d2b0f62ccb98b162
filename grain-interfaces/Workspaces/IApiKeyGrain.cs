namespace FollowUp.Workspaces;

/// <summary>What a key may do; each role holds what the later ones may.</summary>
public enum Role
{
    Admin,
    Agent,
    Ingest,
    Reader,
}

/// <summary>A key, without its secret.</summary>
[GenerateSerializer, Immutable, Alias("followup.ApiKeyInfo")]
public sealed record ApiKeyInfo
{
    [Id(0)] public required string KeyId { get; init; }
    [Id(1)] public required string Workspace { get; init; }
    [Id(2)] public required Role Role { get; init; }
    [Id(3)] public string? Name { get; init; }
    [Id(4)] public DateTimeOffset CreatedAt { get; init; }
    [Id(5)] public DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>A fresh key: the only time its secret is shown.</summary>
[GenerateSerializer, Immutable, Alias("followup.ApiKeyCreated")]
public sealed record ApiKeyCreated
{
    [Id(0)] public required ApiKeyInfo Info { get; init; }
    [Id(1)] public required string Key { get; init; }
}

/// <summary>Looks a presented key up. Key: the lower-case hex SHA-256 of the presented key, so no key is ever stored.</summary>
[Alias("followup.IApiKeyGrain")]
public interface IApiKeyGrain : IGrainWithStringKey
{
    /// <summary>Null: unknown, revoked or expired.</summary>
    [Alias("Verify")]
    Task<ApiKeyInfo?> VerifyAsync();

    [Alias("Store")]
    Task StoreAsync(ApiKeyInfo info);

    [Alias("Revoke")]
    Task RevokeAsync();
}

/// <summary>A workspace's keys. Key: the workspace.</summary>
[Alias("followup.IApiKeysGrain")]
public interface IApiKeysGrain : IGrainWithStringKey
{
    [Alias("List")]
    Task<IReadOnlyList<ApiKeyInfo>> ListAsync();

    /// <summary>Makes a key of 256 random bits.</summary>
    [Alias("Create")]
    Task<Answer<ApiKeyCreated>> CreateAsync(Role role, string? name, DateTimeOffset? expiresAt);

    /// <summary>Registers a key given by configuration when the workspace has no admin key yet; true if it did.</summary>
    [Alias("Bootstrap")]
    Task<bool> BootstrapAsync(string key);

    [Alias("Delete")]
    Task<Answer<bool>> DeleteAsync(string keyId);
}

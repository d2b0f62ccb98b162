namespace FollowUp.Security;

/// <summary>Sealed protection keys, and whose they are.</summary>
public sealed class ClusterKeysState
{
    /// <summary>Type of the grain that keeps it, and name of its state: where a silo looks before it joins.</summary>
    public const string TypeName = "clusterkeys", StateName = "clusterKeys";

    /// <summary>Of the <c>Security:AddressKey</c> that the first process had.</summary>
    public string? Fingerprint { get; set; }

    public List<string> Elements { get; set; } = [];
}

[GrainType(ClusterKeysState.TypeName)]
internal sealed class ClusterKeysGrain([PersistentState(ClusterKeysState.StateName, StorageNames.FollowUp)] IPersistentState<ClusterKeysState> stored) : Grain, IClusterKeysGrain
{
    public async Task<IReadOnlyList<string>?> GetAsync(string fingerprint)
    {
        if (stored.State.Fingerprint is null)
        {
            stored.State.Fingerprint = fingerprint;
            await WriteAsync();
        }

        return fingerprint == stored.State.Fingerprint ? [.. stored.State.Elements] : null;
    }

    public async Task<bool> AddAsync(string fingerprint, string element, int known)
    {
        if (fingerprint != stored.State.Fingerprint || known != stored.State.Elements.Count)
        {
            return false;
        }

        stored.State.Elements.Add(element);
        await WriteAsync();
        return true;
    }

    private async Task WriteAsync()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

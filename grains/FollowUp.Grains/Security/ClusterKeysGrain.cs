using FollowUp.Ports;

namespace FollowUp.Security;

/// <summary>Sealed protection keys.</summary>
public sealed class ClusterKeysState
{
    public List<string> Elements { get; set; } = [];
}

internal sealed class ClusterKeysGrain([PersistentState("clusterKeys", StorageNames.FollowUp)] IPersistentState<ClusterKeysState> stored, IClusterIdentity identity) : Grain, IClusterKeysGrain
{
    public Task<IReadOnlyList<string>?> GetAsync(string fingerprint) =>
        Task.FromResult<IReadOnlyList<string>?>(fingerprint == identity.Fingerprint ? [.. stored.State.Elements] : null);

    public async Task<bool> AddAsync(string fingerprint, string element, int known)
    {
        if (fingerprint != identity.Fingerprint || known != stored.State.Elements.Count)
        {
            return false;
        }

        stored.State.Elements.Add(element);
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        return true;
    }
}

namespace FollowUp.Security;

/// <summary>The protection keys that every process of the cluster shares, sealed before they come here. Key: <c>cluster</c>.</summary>
[Alias("followup.IClusterKeysGrain")]
public interface IClusterKeysGrain : IGrainWithStringKey
{
    /// <summary>All keys, oldest first, as XML. Null: the fingerprint is not that of the cluster's <c>Security:AddressKey</c>, so the caller could open none.</summary>
    [Alias("Get")]
    Task<IReadOnlyList<string>?> GetAsync(string fingerprint);

    /// <summary>Adds a key (or a revocation) made by a process that knew <paramref name="known"/> of them. False, and nothing is added: others were faster, read again.</summary>
    [Alias("Add")]
    Task<bool> AddAsync(string fingerprint, string element, int known);
}

using FollowUp.Security;
using Orleans.Storage;

namespace FollowUp.Hosting;

/// <summary>A silo with another <c>Security:AddressKey</c> than the cluster would look for every address under another name: it must not become active.</summary>
internal sealed class AddressKeyCheck(AddressKey key, [FromKeyedServices(StorageNames.FollowUp)] IGrainStorage storage) : ILifecycleParticipant<ISiloLifecycle>
{
    // Storage providers are ready by then; no grain runs here yet.
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(nameof(AddressKeyCheck), ServiceLifecycleStage.BecomeActive - 1, _ => CheckAsync());

    private async Task CheckAsync()
    {
        var known = new GrainState<ClusterKeysState>(new ClusterKeysState());
        await storage.ReadStateAsync(ClusterKeysState.StateName, GrainId.Create(ClusterKeysState.TypeName, "cluster"), known);
        if (known.State?.Fingerprint is { } fingerprint && fingerprint != key.Fingerprint)
        {
            throw new InvalidSettingsException("Security:AddressKey is not the one that the rest of the cluster has.");
        }
    }
}

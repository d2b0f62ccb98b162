using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Orleans.Concurrency;

namespace FollowUp.Addresses;

[StatelessWorker]
internal sealed class AddressBookGrain(IGrainFactory grains, IAddressHasher hasher) : Grain, IAddressBookGrain
{
    public Task<string?> FindAsync(Channel channel, string address) => Of(channel, address).FindAsync();

    public async Task<string> FindOrCreateAsync(Channel channel, string address)
    {
        if (await FindAsync(channel, address) is { } known)
        {
            return known;
        }

        // Stable, so that two first messages meet in one conversation; keyed, so that it tells nobody the address.
        return $"c-{hasher.Hash("conversation", this.GetPrimaryKeyString(), channel, address)[..32]}";
    }

    // Claim leaves an alias that leads elsewhere as it is.
    public Task LinkAsync(Channel channel, string alias, string conversationId) => Of(channel, alias).ClaimAsync(conversationId);

    private IAddressGrain Of(Channel channel, string address) =>
        grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, this.GetPrimaryKeyString(), channel, address));
}

using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;
using Orleans.Concurrency;

namespace FollowUp.Addresses;

[StatelessWorker]
internal sealed class AddressBookGrain(IGrainFactory grains, IAddressHasher hasher) : Grain, IAddressBookGrain
{
    /// <summary>Who merged, in the history.</summary>
    private const string ByIdentity = "verified identity";

    private string Workspace => this.GetPrimaryKeyString();

    public Task<string?> FindAsync(Channel channel, string address) => Of(channel, address).FindAsync();

    public async Task<string> FindOrCreateAsync(Channel channel, string address) => await FindAsync(channel, address) ?? StableId(channel, address);

    public async Task<string> JoinUserAsync(VerifiedUser user)
    {
        var own = await LiveAsync(await FindAsync(Channel.LiveChat, user.Address));
        var number = user.Phone is { } phone ? await LiveAsync(await FindAsync(Channel.Sms, phone) ?? await FindAsync(Channel.WhatsApp, phone)) : null;
        if (number is not null && number != own && await IsAnothersAsync(number, user.Address))
        {
            // One number, two users of the site: no evidence that they are one person.
            number = null;
        }

        var anonymous = await LiveAsync(user.Anonymous);
        if (anonymous is not null && await IsAnothersAsync(anonymous, user.Address))
        {
            anonymous = null;
        }

        var home = number ?? own ?? anonymous;
        if (home is null)
        {
            return StableId(Channel.LiveChat, user.Address);
        }

        foreach (var other in (string?[])[own, anonymous])
        {
            if (other is not null && other != home)
            {
                await Conversation(other).ActAsync(new PersonAction.Merge { Into = home, By = ByIdentity });
            }
        }

        await Of(Channel.LiveChat, user.Address).ClaimAsync(home);
        return home;
    }

    // Claim leaves an alias that leads elsewhere as it is.
    public Task LinkAsync(Channel channel, string alias, string conversationId) => Of(channel, alias).ClaimAsync(conversationId);

    private IConversationGrain Conversation(string id) => grains.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, id));

    /// <summary>Where a thread lives now, over merges; null: nowhere.</summary>
    private async Task<string?> LiveAsync(string? id)
    {
        while (id is not null && await Conversation(id).LeadsToAsync() is var leads && leads != id)
        {
            id = leads;
        }

        return id;
    }

    private async Task<bool> IsAnothersAsync(string id, string address) =>
        (await Conversation(id).GetAsync()).Value?.Contact.Addresses?.GetValueOrDefault(Channel.LiveChat) is { } chat
        && chat.StartsWith(ChatAddress.User, StringComparison.Ordinal)
        && chat != address;

    // Stable, so that two first messages meet in one conversation; keyed, so that it tells nobody the address.
    private string StableId(Channel channel, string address) => $"c-{hasher.Hash("conversation", Workspace, channel, address)[..32]}";

    private IAddressGrain Of(Channel channel, string address) =>
        grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, Workspace, channel, address));
}

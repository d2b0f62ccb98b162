using FollowUp.Addresses;
using FollowUp.Channels;
using FollowUp.Ports;

namespace FollowUp.Conversations;

/// <summary>An address leads to one conversation: new ones are claimed before the message that names them is taken.</summary>
internal sealed class ContactAddresses(IGrainFactory grains, IAddressHasher hasher)
{
    /// <summary>The problem names an address that belongs to another conversation; then nothing stays claimed.</summary>
    public async Task<Problem?> ClaimAsync(string key, IReadOnlyDictionary<Channel, string>? before, IReadOnlyDictionary<Channel, string>? told)
    {
        if (told is null || told.Count == 0)
        {
            return null;
        }

        var (workspace, id) = GrainKeys.Parse(key);
        var claimed = new List<IAddressGrain>();
        foreach (var (channel, address) in New(before, told))
        {
            var grain = grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, workspace, channel, address));
            if (!await grain.ClaimAsync(id))
            {
                foreach (var ours in claimed)
                {
                    await ours.ReleaseAsync(id);
                }

                return Problem.Conflict("addressTaken", $"The {Words.Of(channel)} address belongs to another conversation.");
            }

            claimed.Add(grain);
        }

        return null;
    }

    public async Task ReleaseNewAsync(string key, IReadOnlyDictionary<Channel, string>? before, IReadOnlyDictionary<Channel, string>? told)
    {
        var (workspace, id) = GrainKeys.Parse(key);
        foreach (var (channel, address) in New(before, told ?? new Dictionary<Channel, string>()))
        {
            await grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, workspace, channel, address)).ReleaseAsync(id);
        }
    }

    private static IEnumerable<KeyValuePair<Channel, string>> New(IReadOnlyDictionary<Channel, string>? before, IReadOnlyDictionary<Channel, string> told) =>
        told.Where(entry => before?.GetValueOrDefault(entry.Key) != entry.Value);
}

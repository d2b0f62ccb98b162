using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>Finds the conversation of an address. Key: the workspace. Addresses are kept as keyed hashes only.</summary>
[Alias("followup.IAddressBookGrain")]
public interface IAddressBookGrain : IGrainWithStringKey
{
    /// <summary>The conversation that the address leads to; null if none does.</summary>
    [Alias("Find")]
    Task<string?> FindAsync(Channel channel, string address);

    /// <summary>The same; where there is none, an id that is stable and tells nobody the address.</summary>
    [Alias("FindOrCreate")]
    Task<string> FindOrCreateAsync(Channel channel, string address);

    /// <summary>Lets another name of the same person lead to the conversation too; one that leads elsewhere already stays as it is.</summary>
    [Alias("Link")]
    Task LinkAsync(Channel channel, string alias, string conversationId);
}

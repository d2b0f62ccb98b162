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

    /// <summary>The conversation of a user whose identity the site vouches for. What is proven to be the same person's (the user's own chat, the vouched-for number's conversation, the anonymous chat of this very browser) becomes one conversation.</summary>
    [Alias("JoinUser")]
    Task<string> JoinUserAsync(VerifiedUser user);
}

/// <summary>A live chat visitor whose identity was verified.</summary>
[GenerateSerializer, Immutable, Alias("followup.VerifiedUser")]
public sealed record VerifiedUser
{
    /// <summary>The live chat address: <c>user-</c> and the site's id of the user.</summary>
    [Id(0)] public required string Address { get; init; }

    /// <summary>A number the site vouches for, in E.164; a number that the visitor only claims never comes here.</summary>
    [Id(1)] public string? Phone { get; init; }

    /// <summary>The anonymous conversation that the same browser proved to be its own.</summary>
    [Id(2)] public string? Anonymous { get; init; }
}

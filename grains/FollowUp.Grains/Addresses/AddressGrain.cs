using FollowUp.Channels;
using FollowUp.Ports;

namespace FollowUp.Addresses;

/// <summary>One address of a workspace: the conversation it leads to, and whether it may be written to. Key: <c>workspace|channel-keyed hash</c>.</summary>
[Alias("followup.IAddressGrain")]
internal interface IAddressGrain : IGrainWithStringKey
{
    [Alias("Find")]
    Task<string?> FindAsync();

    /// <summary>False: the address belongs to another conversation.</summary>
    [Alias("Claim")]
    Task<bool> ClaimAsync(string conversationId);

    [Alias("Release")]
    Task ReleaseAsync(string conversationId);

    /// <summary>Hands the address of a merged conversation on.</summary>
    [Alias("Move")]
    Task MoveAsync(string from, string to);

    /// <summary>An opt-out by address: it outlives conversation and contact.</summary>
    [Alias("Suppress")]
    Task SuppressAsync();

    [Alias("Lift")]
    Task LiftAsync();

    [Alias("IsSuppressed")]
    Task<bool> IsSuppressedAsync();
}

/// <summary>What is kept of an address; never the address itself.</summary>
public sealed class AddressRecord
{
    public string? ConversationId { get; set; }
    public DateTimeOffset? SuppressedAt { get; set; }
}

internal sealed class AddressGrain(
    [PersistentState("address", StorageNames.FollowUp)] IPersistentState<AddressRecord> stored,
    TimeProvider time) : Grain, IAddressGrain
{
    public static string KeyOf(IAddressHasher hasher, string workspace, Channel channel, string address) =>
        GrainKeys.Of(workspace, $"{Words.Of(channel)}-{hasher.Hash("address", workspace, channel, address)}");

    public Task<string?> FindAsync() => Task.FromResult(stored.State.ConversationId);

    public async Task<bool> ClaimAsync(string conversationId)
    {
        if (stored.State.ConversationId is { } owner)
        {
            return owner == conversationId;
        }

        stored.State.ConversationId = conversationId;
        await StoreAsync();
        return true;
    }

    public Task ReleaseAsync(string conversationId) => MoveAsync(conversationId, null!);

    public async Task MoveAsync(string from, string to)
    {
        if (stored.State.ConversationId == from)
        {
            stored.State.ConversationId = to;
            await StoreAsync();
        }
    }

    public async Task SuppressAsync()
    {
        if (stored.State.SuppressedAt is null)
        {
            stored.State.SuppressedAt = time.GetUtcNow();
            await StoreAsync();
        }
    }

    public async Task LiftAsync()
    {
        if (stored.State.SuppressedAt is not null)
        {
            stored.State.SuppressedAt = null;
            await StoreAsync();
        }
    }

    public Task<bool> IsSuppressedAsync() => Task.FromResult(stored.State.SuppressedAt is not null);

    private async Task StoreAsync()
    {
        try
        {
            await stored.WriteStateAsync();
        }
        catch
        {
            // What is in memory was not stored: the next activation reads what was.
            DeactivateOnIdle();
            throw;
        }
    }
}

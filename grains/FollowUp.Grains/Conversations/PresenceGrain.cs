using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>Whether the contact is there; kept in memory only. Presence is real: it knows no engine's clock.</summary>
internal sealed class PresenceGrain : Grain, IPresenceGrain
{
    /// <summary>Gone without a heartbeat or message for this long (SPEC §7.1).</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(60);

    private readonly Dictionary<Channel, long> heartbeats = [];
    private readonly Dictionary<Channel, bool> told = [];

    public Task HeartbeatAsync(Channel channel)
    {
        told.Remove(channel);
        heartbeats[channel] = TimeProvider.System.GetTimestamp();
        return Task.CompletedTask;
    }

    public Task SetAsync(Channel channel, bool present)
    {
        heartbeats.Remove(channel);
        told[channel] = present;
        if (present)
        {
            // Held in memory: an adapter that says "present" is believed for a day at most.
            DelayDeactivation(TimeSpan.FromDays(1));
        }

        return Task.CompletedTask;
    }

    public Task<bool> IsPresentAsync(Channel channel) =>
        Task.FromResult(told.TryGetValue(channel, out var present)
            ? present
            : heartbeats.TryGetValue(channel, out var at) && TimeProvider.System.GetElapsedTime(at) < Grace);
}

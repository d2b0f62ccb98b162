using System.Collections.Concurrent;
using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>One observer a conversation on this gateway, fanned out to its sockets, renewed while any is open: an activation that moved to another silo knows no listeners until then.</summary>
internal sealed class ChatSubscriptions(IGrainFactory grains) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, Listeners> byConversation = new();

    /// <summary>Calls <paramref name="changed"/> for every change until disposed.</summary>
    public async Task<IAsyncDisposable> ListenAsync(string key, Action<TranscriptMessage?> changed)
    {
        var listeners = byConversation.GetOrAdd(key, name => new Listeners(grains, name));
        var id = listeners.Add(changed);
        await listeners.RenewAsync();
        return new Listening(this, key, listeners, id);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var listeners in byConversation.Values)
            {
                await listeners.TryRenewAsync();
            }
        }
    }

    private sealed class Listeners(IGrainFactory grains, string key) : IConversationObserver
    {
        private readonly ConcurrentDictionary<long, Action<TranscriptMessage?>> all = new();
        private IConversationObserver? reference;
        private long ids;

        public bool IsEmpty => all.IsEmpty;

        public long Add(Action<TranscriptMessage?> changed)
        {
            var id = Interlocked.Increment(ref ids);
            all[id] = changed;
            return id;
        }

        public void Remove(long id) => all.TryRemove(id, out _);

        public Task ChangedAsync(string conversationId, TranscriptMessage? message)
        {
            foreach (var changed in all.Values)
            {
                changed(message);
            }

            return Task.CompletedTask;
        }

        public Task RenewAsync()
        {
            reference ??= grains.CreateObjectReference<IConversationObserver>(this);
            return grains.GetGrain<IConversationGrain>(key).SubscribeAsync(reference);
        }

        public async Task TryRenewAsync()
        {
            try
            {
                await RenewAsync();

                // What was said while nobody was told.
                await ChangedAsync(key, null);
            }
            catch (Exception failure) when (failure is TimeoutException or Orleans.Runtime.OrleansException)
            {
                // The next round renews it; sockets replay what they missed.
            }
        }

        public async Task EndAsync()
        {
            if (reference is { } ours)
            {
                await grains.GetGrain<IConversationGrain>(key).UnsubscribeAsync(ours);
                grains.DeleteObjectReference<IConversationObserver>(ours);
            }
        }
    }

    private sealed class Listening(ChatSubscriptions owner, string key, Listeners listeners, long id) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            listeners.Remove(id);
            if (listeners.IsEmpty && owner.byConversation.TryRemove(key, out _))
            {
                await listeners.EndAsync();
            }
        }
    }
}

using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>Hears what happens in a conversation, on this gateway.</summary>
internal interface IChatListener
{
    void Changed();

    void Typing(Author author);
}

/// <summary>One observer a conversation on this gateway, fanned out to its sockets, renewed while any is open: an activation that moved to another silo knows no listeners until then.</summary>
internal sealed class ChatSubscriptions(IGrainFactory grains) : BackgroundService
{
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);

    private readonly Lock guard = new();
    private readonly Dictionary<string, Observer> byConversation = [];

    /// <summary>Tells <paramref name="listener"/> of every change until disposed.</summary>
    public async Task<IAsyncDisposable> ListenAsync(string key, IChatListener listener)
    {
        Observer observer;
        lock (guard)
        {
            if (!byConversation.TryGetValue(key, out observer!))
            {
                byConversation[key] = observer = new Observer(grains, key);
            }

            observer.Add(listener);
        }

        var listening = new Listening(this, key, observer, listener);
        try
        {
            await observer.RenewAsync();
            return listening;
        }
        catch
        {
            await listening.DisposeAsync();
            throw;
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RenewEvery);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var observer in All())
            {
                await QuietlyAsync(observer.RenewAndTellAsync);
            }
        }
    }

    private List<Observer> All()
    {
        lock (guard)
        {
            return [.. byConversation.Values];
        }
    }

    private async Task LeaveAsync(string key, Observer observer, IChatListener listener)
    {
        lock (guard)
        {
            if (!observer.Remove(listener))
            {
                return;
            }

            byConversation.Remove(key);
        }

        await QuietlyAsync(observer.EndAsync);
    }

    // The next minute renews it; an observer that is never taken back expires. Sockets replay what they missed.
    private static async Task QuietlyAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (Exception failure) when (failure is TimeoutException or Orleans.Runtime.OrleansException or ObjectDisposedException)
        {
            // Nobody is told less for it than they learn with the next heartbeat.
        }
    }

    private sealed class Observer(IGrainFactory grains, string key) : IConversationObserver
    {
        private readonly Lock guard = new();
        private IChatListener[] listeners = [];
        private IConversationObserver? reference;

        private IConversationGrain Conversation => grains.GetGrain<IConversationGrain>(key);

        public void Add(IChatListener listener) => listeners = [.. listeners, listener];

        /// <summary>True: that was the last one.</summary>
        public bool Remove(IChatListener listener)
        {
            var before = listeners.Length;
            listeners = [.. listeners.Where(candidate => candidate != listener)];
            return before > 0 && listeners.Length == 0;
        }

        public Task ChangedAsync(string conversationId, TranscriptMessage? message)
        {
            foreach (var listener in listeners)
            {
                listener.Changed();
            }

            return Task.CompletedTask;
        }

        public Task TypingAsync(string conversationId, Author author)
        {
            foreach (var listener in listeners)
            {
                listener.Typing(author);
            }

            return Task.CompletedTask;
        }

        public Task RenewAsync() => Conversation.SubscribeAsync(Reference());

        /// <summary>Renews, and looks for what was said while nobody was told.</summary>
        public async Task RenewAndTellAsync()
        {
            await RenewAsync();
            foreach (var listener in listeners)
            {
                listener.Changed();
            }
        }

        public async Task EndAsync()
        {
            var ours = Reference();
            await Conversation.UnsubscribeAsync(ours);
            grains.DeleteObjectReference<IConversationObserver>(ours);
        }

        private IConversationObserver Reference()
        {
            lock (guard)
            {
                return reference ??= grains.CreateObjectReference<IConversationObserver>(this);
            }
        }
    }

    private sealed class Listening(ChatSubscriptions owner, string key, Observer observer, IChatListener listener) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(owner.LeaveAsync(key, observer, listener));
    }
}

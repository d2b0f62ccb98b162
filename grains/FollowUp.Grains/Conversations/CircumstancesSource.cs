using FollowUp.Addresses;
using FollowUp.Channels;
using FollowUp.Effects;
using FollowUp.Ports;
using FollowUp.Workspaces;
using Microsoft.Extensions.Options;

namespace FollowUp.Conversations;

/// <summary>Gathers what a decision may know. Settings come from this silo's cache, a second old at most; a step that fires reads them from their owners.</summary>
internal sealed class CircumstancesSource(IGrainFactory grains, SettingsCache cache, ProactiveBudget budget, CatchUps catchUps, IOptions<SendingOptions> sending, IAddressHasher hasher, IUnderstanding model, TimeProvider time, IEngineSpeed speed)
{
    /// <summary>For taking messages and showing: cached settings.</summary>
    public Task<Circumstances> ForTakingAsync(string key, Conversation? conversation, string? botId) => GatherAsync(key, conversation, botId, firing: false, presence: false);

    /// <summary>For showing what will happen: presence too.</summary>
    public Task<Circumstances> ForShowingAsync(string key, Conversation conversation) => GatherAsync(key, conversation, null, firing: false, presence: true);

    /// <summary>For deciding on a send: settings, suppression, presence and breaker as they are now.</summary>
    public Task<Circumstances> ForFiringAsync(string key, Conversation conversation) => GatherAsync(key, conversation, null, firing: true, presence: true);

    /// <summary>A bot as it is now; null: there is none.</summary>
    public ValueTask<BotSnapshot?> BotAsync(string workspace, string botId) => cache.GetBotAsync(workspace, botId, fresh: true);

    private async Task<Circumstances> GatherAsync(string key, Conversation? conversation, string? newBotId, bool firing, bool presence)
    {
        var (workspace, id) = GrainKeys.Parse(key);
        var known = await cache.GetAsync(workspace, fresh: firing);
        var botId = conversation?.BotId ?? newBotId;
        var bot = botId is null ? null : await cache.GetBotAsync(workspace, botId, fresh: firing);
        var chats = presence && conversation is not null && conversation.HasAddress(Channel.LiveChat);
        var connections = ConnectionsOf(known, conversation, botId);
        return new Circumstances
        {
            Now = time.GetUtcNow(),
            ConversationId = id,
            Bot = bot,
            Workspace = known.Settings,
            Connections = connections,
            Repeatable = [.. known.Connections.Where(connection => connection.Kind is ConnectionKind.Webhook).Select(connection => connection.ConnectionId)],
            Behind = firing && conversation?.Plan is not null && await catchUps.AreBehindAsync(workspace, known.Connections.Where(connection => connections.ContainsValue(connection.ConnectionId))),
            ReconcileAfter = sending.Value.ReconcileTimes,
            StoppedTemplates = known.Connections.FirstOrDefault(connection => connection.ConnectionId == connections.GetValueOrDefault(Channel.WhatsApp))?.StoppedTemplates ?? [],
            VisitorPresent = chats && await grains.GetGrain<IPresenceGrain>(key).IsPresentAsync(Channel.LiveChat),
            Suppressed = firing && conversation is not null ? await SuppressedAsync(workspace, conversation) : [],
            BreakerTripped = firing && conversation?.Plan is not null && await budget.IsSpentAsync(workspace),
            HasModel = model.IsAvailableIn(workspace),
            Speed = speed.Value,
            Token = Guid.CreateVersion7().ToString("N"),
        };
    }

    private async Task<IReadOnlyList<Channel>> SuppressedAsync(string workspace, Conversation conversation)
    {
        List<Channel>? suppressed = null;
        foreach (var (channel, address) in conversation.Contact.Addresses ?? new Dictionary<Channel, string>())
        {
            if (await grains.GetGrain<IAddressGrain>(AddressGrain.KeyOf(hasher, workspace, channel, address)).IsSuppressedAsync())
            {
                (suppressed ??= []).Add(channel);
            }
        }

        return suppressed ?? [];
    }

    // The connection a channel was last used by, else one of the bot's. Live chat is ours: it needs none.
    private static Dictionary<Channel, string> ConnectionsOf(WorkspaceView known, Conversation? conversation, string? botId)
    {
        var connections = new Dictionary<Channel, string> { [Channel.LiveChat] = "" };
        foreach (var connection in known.Connections)
        {
            foreach (var channel in connection.Paused ? [] : connection.Channels)
            {
                var used = conversation?.Connections.GetValueOrDefault(channel) == connection.ConnectionId;
                if (used || (connection.BotId == botId && !connections.ContainsKey(channel)))
                {
                    connections[channel] = connection.ConnectionId;
                }
            }
        }

        return connections;
    }
}

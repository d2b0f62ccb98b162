using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What is known of the contact.</summary>
internal static class ContactKeeping
{
    /// <summary>A message may name more of its contact, its bot and its connection.</summary>
    public static void Learn(Turn turn, IncomingMessage message)
    {
        var conversation = turn.Conversation;
        if (message.Contact is { } told)
        {
            var known = conversation.Contact;
            conversation = conversation with
            {
                Contact = known with
                {
                    Name = told.Name ?? known.Name,
                    Language = told.Language ?? known.Language,
                    TimeZone = told.TimeZone ?? known.TimeZone,
                    Email = told.Email ?? known.Email,
                    AssignedTo = told.AssignedTo ?? known.AssignedTo,
                    Tags = told.Tags ?? known.Tags,
                    Addresses = Merge(known.Addresses, told.Addresses),
                    Consent = Merge(known.Consent, told.Consent),
                    Custom = Merge(known.Custom, told.Custom),
                },
                DeadAddresses = StillDead(conversation, told.Addresses),
            };
        }

        turn.Conversation = conversation with
        {
            BotId = conversation.BotId ?? message.BotId,
            Connections = message.ConnectionId is { } connection && conversation.Connections.GetValueOrDefault(message.Channel) != connection
                ? new Dictionary<Channel, string>(conversation.Connections) { [message.Channel] = connection }
                : conversation.Connections,
        };
    }

    /// <summary>Replaces the contact's data whole.</summary>
    public static Decision Put(Turn turn, ContactData contact, string? botId)
    {
        var conversation = turn.Conversation;
        foreach (var (channel, address) in conversation.Contact.Addresses ?? new Dictionary<Channel, string>())
        {
            if (contact.Addresses?.GetValueOrDefault(channel) != address)
            {
                turn.ToOutbox(OutboxKind.ReleaseAddress, channel, address);
            }
        }

        turn.Conversation = turn.Conversation with
        {
            Contact = contact,
            BotId = conversation.BotId ?? botId,
            DeadAddresses = StillDead(conversation, contact.Addresses),
            LastActivityAt = conversation.LastActivityAt == default ? turn.Now.Now : conversation.LastActivityAt,
        };
        turn.Do(new Effect.Tell(null));
        return turn.ToDecision();
    }

    /// <summary>Takes over what matters of a conversation that was merged into this one: its addresses, consent, opt-outs and the plan the contact asked for.</summary>
    public static Decision Adopt(Turn turn, Conversation other)
    {
        var conversation = turn.Conversation;
        var known = conversation.Contact;
        turn.Conversation = conversation with
        {
            Contact = known with
            {
                Name = known.Name ?? other.Contact.Name,
                Language = known.Language ?? other.Contact.Language,
                TimeZone = known.TimeZone ?? other.Contact.TimeZone,
                Email = known.Email ?? other.Contact.Email,
                AssignedTo = known.AssignedTo ?? other.Contact.AssignedTo,
                Addresses = Merge(other.Contact.Addresses, known.Addresses),
                Consent = Merge(other.Contact.Consent, known.Consent),
                Custom = Merge(other.Contact.Custom, known.Custom),
                Tags = [.. (known.Tags ?? []).Union(other.Contact.Tags ?? [])],
            },
            BotId = conversation.BotId ?? other.BotId,
            OptedOutOfAll = conversation.OptedOutOfAll || other.OptedOutOfAll,
            OptedOut = [.. conversation.OptedOut.Union(other.OptedOut)],
            DeadAddresses = [.. conversation.DeadAddresses.Union(other.DeadAddresses)],
            InboundAt = Latest(conversation.InboundAt, other.InboundAt),
            FollowUpsSentAt = [.. conversation.FollowUpsSentAt.Concat(other.FollowUpsSentAt).Order()],
            Connections = Merge(other.Connections, conversation.Connections)!,
            Channel = conversation.Channel ?? other.Channel,
        };
        turn.RaiseVersion();
        turn.Happened(HistoryKind.Merged);
        if (other.Plan is { Scenario: Scenario.RequestedFollowUp, IsUntouched: true } promise && turn.Conversation is { OptedOutOfAll: false, Plan: not { Scenario: Scenario.RequestedFollowUp } })
        {
            Planner.EndPlan(turn, Reason.Superseded);
            Planner.Rearm(turn, promise with { BotId = turn.Conversation.BotId ?? promise.BotId });
        }

        return turn.ToDecision();
    }

    // A new address is a new chance.
    private static IReadOnlyList<Channel> StillDead(Conversation conversation, IReadOnlyDictionary<Channel, string>? addresses) =>
        [.. conversation.DeadAddresses.Where(channel => addresses?.GetValueOrDefault(channel) is not { } address || conversation.Contact.Addresses?.GetValueOrDefault(channel) == address)];

    private static IReadOnlyDictionary<Channel, DateTimeOffset> Latest(IReadOnlyDictionary<Channel, DateTimeOffset> one, IReadOnlyDictionary<Channel, DateTimeOffset> other) =>
        one.Concat(other).GroupBy(entry => entry.Key).ToDictionary(group => group.Key, group => group.Max(entry => entry.Value));

    private static IReadOnlyDictionary<TKey, TValue>? Merge<TKey, TValue>(IReadOnlyDictionary<TKey, TValue>? known, IReadOnlyDictionary<TKey, TValue>? told)
        where TKey : notnull
    {
        if (told is null || told.Count == 0)
        {
            return known;
        }

        var merged = known is null ? [] : new Dictionary<TKey, TValue>(known);
        foreach (var (key, value) in told)
        {
            merged[key] = value;
        }

        return merged;
    }
}

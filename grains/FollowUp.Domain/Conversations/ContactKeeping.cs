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
                    Addresses = Merge(known.Addresses, StillVerified(known.Addresses, told.Addresses)),
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

    /// <summary>
    /// Takes over what matters of a conversation that was merged into this one: its addresses, consent, opt-outs, what was said last and the plan the contact asked for.
    /// Told again of the same merge, it changes nothing.
    /// </summary>
    public static Decision Adopt(Turn turn, Conversation other, string otherId)
    {
        var merge = $"merge:{otherId}:{other.PlanVersion}";
        var conversation = turn.Conversation;
        if (conversation.Seen.Contains(merge))
        {
            return Decision.Nothing(conversation);
        }

        var known = conversation.Contact;
        var later = other.LastActivityAt >= conversation.LastActivityAt;
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
                Tags = known.Tags is null && other.Contact.Tags is null ? null : [.. (known.Tags ?? []).Union(other.Contact.Tags ?? [])],
            },
            BotId = conversation.BotId ?? other.BotId,
            OptedOutOfAll = conversation.OptedOutOfAll || other.OptedOutOfAll,
            OptedOut = [.. conversation.OptedOut.Union(other.OptedOut)],
            DeadAddresses = [.. conversation.DeadAddresses.Union(other.DeadAddresses)],
            InboundAt = Latest(conversation.InboundAt, other.InboundAt),
            FollowUpsSentAt = [.. conversation.FollowUpsSentAt.Concat(other.FollowUpsSentAt).Order()],
            Connections = Merge(other.Connections, conversation.Connections)!,
            WrittenOn = [.. conversation.WrittenOn.Union(other.WrittenOn)],
            Channel = later ? other.Channel ?? conversation.Channel : conversation.Channel ?? other.Channel,
            HandedOver = conversation.HandedOver || other.HandedOver,
            Human = conversation.Human ?? other.Human,
            Seen = conversation.Seen.And(other.Seen).With(merge, turn.Now.Now),
        };
        turn.RaiseVersion();
        turn.Happened(HistoryKind.Merged, detail: otherId);
        foreach (var message in other.Messages)
        {
            turn.Append(message);
        }

        if (later)
        {
            GoOn(turn, other);
        }

        KeepPromise(turn, other);
        return turn.ToDecision();
    }

    // The other one's is the later word: who stands last there stands last here.
    private static void GoOn(Turn turn, Conversation other)
    {
        var before = turn.Conversation;
        turn.Conversation = before with
        {
            LastAuthor = other.LastAuthor ?? before.LastAuthor,
            LastOutboundAt = other.LastOutboundAt > before.LastOutboundAt || before.LastOutboundAt is null ? other.LastOutboundAt : before.LastOutboundAt,
            LastDetection = other.LastDetection ?? before.LastDetection,
            LastActivityAt = other.LastActivityAt,
        };
        if (other.InboundAt.Count == 0)
        {
            return;
        }

        if (before.Plan is { Scenario: not Scenario.RequestedFollowUp } plan && other.InboundAt.Values.Max() > plan.AnchorAt)
        {
            Planner.EndPlan(turn, Reason.ContactReplied, keepIfAskedTo: true);
        }

        turn.Conversation = turn.Conversation with { Episode = other.Episode, Closed = false };
        if (other is { LastAuthor: Author.Contact, LastDetection: { } detection } && other.Messages.LastOrDefault(message => message.Author is Author.Contact) is { } question)
        {
            Inbound.OweAnswer(turn, new IncomingMessage { MessageId = question.Id, Author = Author.Contact, Channel = question.Channel }, detection);
        }
    }

    // Of two promises the one asked for last stands.
    private static void KeepPromise(Turn turn, Conversation other)
    {
        if (other.Plan is not { Scenario: Scenario.RequestedFollowUp, IsUntouched: true } promise
            || turn.Conversation.OptedOutOfAll
            || turn.Conversation.Plan is { Scenario: Scenario.RequestedFollowUp, AnchorAt: var ours } && ours >= promise.AnchorAt)
        {
            return;
        }

        Planner.EndPlan(turn, Reason.Superseded);
        if (turn.Bot is { } bot && bot.Id != promise.BotId && bot.Steps(Scenario.RequestedFollowUp) is not null)
        {
            // Another bot's steps, at the time the contact asked for.
            Planner.Lay(turn, Scenario.RequestedFollowUp, promise.AnchorAt, promise.Because, promise.Steps[0].OwnTime);
            return;
        }

        Planner.Rearm(turn, promise with { BotId = turn.Conversation.BotId ?? promise.BotId });
    }

    // A visitor who was verified once stays so: an anonymous tab of the same thread does not take that away.
    private static IReadOnlyDictionary<Channel, string>? StillVerified(IReadOnlyDictionary<Channel, string>? known, IReadOnlyDictionary<Channel, string>? told) =>
        told?.GetValueOrDefault(Channel.LiveChat)?.StartsWith(ChatAddress.Visitor, StringComparison.Ordinal) is true && known?.GetValueOrDefault(Channel.LiveChat)?.StartsWith(ChatAddress.User, StringComparison.Ordinal) is true
            ? told.Where(entry => entry.Key is not Channel.LiveChat).ToDictionary(entry => entry.Key, entry => entry.Value)
            : told;

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

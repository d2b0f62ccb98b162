using FollowUp.Channels;
using FollowUp.Writing;

namespace FollowUp.Conversations;

/// <summary>Opt-outs act at once, without a model, and are kept by address as well, so that they outlive this conversation.</summary>
internal static class OptOuts
{
    /// <summary>Opts out of a channel, or (null) of all. A refusal in free words gets one confirmation, on the channel it came by.</summary>
    public static void Apply(Turn turn, Channel? channel, string? by, Channel? confirmOn)
    {
        var conversation = turn.Conversation;
        turn.Conversation = channel is { } one
            ? conversation with { OptedOut = [.. conversation.OptedOut.Where(other => other != one), one] }
            : conversation with { OptedOutOfAll = true };
        turn.Happened(HistoryKind.OptedOut, reason: channel is null ? Reason.OptedOut : Reason.ChannelOptedOut, channel: channel, by: by);
        foreach (var (of, address) in conversation.Contact.Addresses ?? new Dictionary<Channel, string>())
        {
            if (channel is null || of == channel)
            {
                turn.ToOutbox(OutboxKind.SuppressAddress, of, address);
            }
        }

        if (confirmOn is { } on && turn.Now.Connections.ContainsKey(on))
        {
            var text = BuiltInAnswers.OptedOut(WritingTasks.LanguageOf(conversation, turn.Now), WritingTasks.BusinessNameOf(turn.Now));
            Attempts.Begin(turn, AttemptKind.OptOutConfirmation, Author.Bot, on, text, turn.NewId("m"), plan: null, step: null, builtIn: true, by: null);
        }
    }

    /// <summary>Lifts an opt-out; it revives nothing. The contact's own word lifts the address's suppression too where this conversation, begun after an erasure, knows of none.</summary>
    public static bool Lift(Turn turn, Channel? channel, string? by, bool inOwnWords = false)
    {
        var conversation = turn.Conversation;
        if (inOwnWords && channel is { } told && conversation.Contact.Addresses?.GetValueOrDefault(told) is { } suppressed)
        {
            turn.ToOutbox(OutboxKind.LiftSuppression, told, suppressed);
        }

        if (channel is { } one ? !conversation.OptedOutOfAll && !conversation.OptedOut.Contains(one) && !turn.Now.Suppressed.Contains(one) : !conversation.OptedOutOfAll && conversation.OptedOut.Count == 0 && turn.Now.Suppressed.Count == 0)
        {
            return false;
        }

        turn.RaiseVersion();
        turn.Conversation = turn.Conversation with
        {
            // Opting in to one channel after a refusal of all lifts that channel only.
            OptedOutOfAll = false,
            OptedOut = channel is null ? [] : conversation.OptedOutOfAll ? [.. Enum.GetValues<Channel>().Where(other => other != channel)] : [.. conversation.OptedOut.Where(other => other != channel)],
        };
        foreach (var (of, address) in conversation.Contact.Addresses ?? new Dictionary<Channel, string>())
        {
            if ((channel is null || of == channel) && !inOwnWords)
            {
                turn.ToOutbox(OutboxKind.LiftSuppression, of, address);
            }
        }

        turn.Happened(HistoryKind.OptedIn, channel: channel, by: by);
        return true;
    }
}

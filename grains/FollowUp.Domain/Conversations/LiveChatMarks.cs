using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>What the visitor's widget has taken and shown, up to a number; any order and multiplicity ends in one state.</summary>
internal static class LiveChatMarks
{
    public static Decision Take(Turn turn, long upTo, Delivery state)
    {
        var waiting = turn.Conversation.Messages
            .Where(message => message.Author is not Author.Contact && message.Channel is Channel.LiveChat && message.Sequence <= upTo && Receipts.Merge(message.Delivery, state) != message.Delivery)
            .ToList();
        if (waiting.Count == 0)
        {
            return Decision.Nothing(turn.Conversation);
        }

        foreach (var message in waiting)
        {
            Receipts.Mark(turn, message, state, errorCode: null);
        }

        if (turn.Conversation.Unacknowledged is { } unacknowledged && waiting.Any(message => message.Id == unacknowledged.MessageId))
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
        }

        return turn.ToDecision();
    }
}

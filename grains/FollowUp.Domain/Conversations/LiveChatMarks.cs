using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>What the visitor's widget has taken and shown, up to a number; any order and multiplicity ends in one state.</summary>
internal static class LiveChatMarks
{
    public static Decision Take(Turn turn, long upTo, Delivery state)
    {
        var receipt = new Receipt { State = state };
        var told = turn.Conversation.Messages
            .Where(message => message.Author is not Author.Contact && message.Channel is Channel.LiveChat && message.Sequence <= upTo)
            .ToList()
            .FindAll(message => Receipts.Grow(turn, message, receipt));
        if (told.Count == 0)
        {
            return Decision.Nothing(turn.Conversation);
        }

        if (turn.Conversation.Unacknowledged is { } unacknowledged && told.Exists(message => message.Id == unacknowledged.MessageId))
        {
            turn.Conversation = turn.Conversation with { Unacknowledged = null };
        }

        return turn.ToDecision();
    }
}

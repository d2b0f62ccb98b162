namespace FollowUp.Conversations;

/// <summary>The whole behaviour of a conversation: an event in, what follows from it out.</summary>
public static class ConversationDecider
{
    public static Decision Decide(Conversation conversation, ConversationEvent @event, Circumstances now) => Decision.Nothing(conversation);

    /// <summary>When the conversation next has something to do by itself; null: nothing is pending.</summary>
    public static DateTimeOffset? NextWakeUpAt(Conversation conversation) => null;

    /// <summary>Something is owed at once (an answer, an outcome, the outbox): the alarm stands at most a minute away while it is.</summary>
    public static bool Owes(Conversation conversation) => false;
}

namespace FollowUp.Conversations;

/// <summary>Shows a conversation: the fire check itself says what will happen.</summary>
public static class ResponseInfos
{
    public static ResponseInfo Of(Conversation conversation, Circumstances now) => new() { ConversationId = now.ConversationId, AsOf = now.Now, Status = StatusOf(conversation, now), History = conversation.History };

    public static ConversationStatus StatusOf(Conversation conversation, Circumstances now) => ConversationStatus.Idle;

    /// <summary>The live plan's next pending step as a row of the workspace's list; null: nothing is pending.</summary>
    public static PendingFollowUp? PendingOf(Conversation conversation, Circumstances now) => null;

    public static ConversationView ViewOf(Conversation conversation, Circumstances now) => new() { ConversationId = now.ConversationId, Status = StatusOf(conversation, now), Contact = conversation.Contact };

    public static TranscriptMessage Show(Message message) => new() { MessageId = message.Id, Author = message.Author, Channel = message.Channel, Text = message.Text, At = message.At };
}

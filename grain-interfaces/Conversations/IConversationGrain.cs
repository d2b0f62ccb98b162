using Orleans.Concurrency;

namespace FollowUp.Conversations;

/// <summary>One conversation: the contact's one thread with the business over all channels. Key: <c>workspace|conversationId</c>.</summary>
[Alias("followup.IConversationGrain")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Takes a message; answered when it is durable. Problems: <c>validation</c>, <c>addressTaken</c>.</summary>
    [Alias("PostMessage")]
    Task<Answer<MessageReceived>> PostMessageAsync(IncomingMessage message);

    /// <summary>Does what a person asks; answers the Response Info after it. Problems: <c>validation</c>, <c>notFound</c>, <c>conflict</c> codes that say what does not fit.</summary>
    [Alias("Act")]
    Task<Answer<ResponseInfo>> ActAsync(PersonAction action);

    [Alias("GetResponseInfo")]
    Task<Answer<ResponseInfo>> GetResponseInfoAsync();

    [Alias("Get")]
    Task<Answer<ConversationView>> GetAsync();

    /// <summary>The transcript, newest page first, oldest line first within it; <paramref name="before"/> is a page's <c>next</c>.</summary>
    [Alias("GetMessages")]
    Task<Answer<Page<TranscriptMessage>>> GetMessagesAsync(string? before, int limit);

    /// <summary>Replaces the contact's data; creates the conversation (with <paramref name="botId"/>) when there is none. Problems: <c>validation</c>, <c>addressTaken</c>.</summary>
    [Alias("PutContact")]
    Task<Answer<ContactData>> PutContactAsync(ContactData contact, string? botId);

    /// <summary>Merges a delivery receipt by rank, in any order, any number of times.</summary>
    [Alias("PostReceipt")]
    Task<Answer<ResponseInfo>> PostReceiptAsync(Receipt receipt);

    /// <summary>
    /// A message of our side that the provider shows us. One that this engine sent settles its attempt; any other is a person's (or another app's) and takes over.
    /// <paramref name="attemptId"/>: what came back with it, if anything did.
    /// </summary>
    [Alias("PostEcho")]
    Task<Answer<MessageReceived>> PostEchoAsync(IncomingMessage message, string? attemptId);

    /// <summary>What a channel tells beside messages and receipts. Of a conversation that does not exist it changes nothing.</summary>
    [Alias("PostSignal")]
    Task PostSignalAsync(ChannelSignal signal);

    [Alias("GetNotes")]
    Task<Answer<Page<Note>>> GetNotesAsync();

    /// <summary>Live chat messages with a sequence number above <paramref name="after"/>, in order, at most 200; of a merged conversation only where it went.</summary>
    [Alias("ReplayChat")]
    Task<ChatReplay> ReplayAsync(long after);

    /// <summary>The visitor's widget has (<see cref="Delivery.Delivered"/>) or showed (<see cref="Delivery.Read"/>) our side's live chat messages up to a number. One write at most; none when nothing is new.</summary>
    [Alias("MarkChat")]
    Task MarkChatAsync(long upTo, Delivery state);

    /// <summary>Somebody is writing. Told to who listens; never stored, and no reply.</summary>
    [Alias("Typing")]
    Task TypingAsync(Author author);

    /// <summary>The conversation in which this thread goes on: itself, or the one it was merged into. Null: there is none.</summary>
    [Alias("LeadsTo"), AlwaysInterleave]
    Task<string?> LeadsToAsync();

    /// <summary>Tells <paramref name="observer"/> of what happens here; to be renewed every minute.</summary>
    [Alias("Subscribe")]
    Task SubscribeAsync(IConversationObserver observer);

    [Alias("Unsubscribe")]
    Task UnsubscribeAsync(IConversationObserver observer);
}

/// <summary>Hears what happens in a conversation.</summary>
[Alias("followup.IConversationObserver")]
public interface IConversationObserver : IGrainObserver
{
    /// <summary>Something changed: a message (given), a plan or a status (null).</summary>
    [Alias("Changed")]
    Task ChangedAsync(string conversationId, TranscriptMessage? message);

    /// <summary>Somebody is writing; it holds for 30 s or until their message.</summary>
    [Alias("Typing")]
    Task TypingAsync(string conversationId, Author author);
}

/// <summary>Whether the contact is there, by channel; nothing is stored. Key: <c>workspace|conversationId</c>.</summary>
[Alias("followup.IPresenceGrain")]
public interface IPresenceGrain : IGrainWithStringKey
{
    /// <summary>A heartbeat or a message: present for the next 60 s of real time.</summary>
    [Alias("Heartbeat")]
    Task HeartbeatAsync(Channels.Channel channel);

    /// <summary>Told by a channel adapter: present until told otherwise, or gone at once.</summary>
    [Alias("Set")]
    Task SetAsync(Channels.Channel channel, bool present);

    [Alias("IsPresent")]
    Task<bool> IsPresentAsync(Channels.Channel channel);
}

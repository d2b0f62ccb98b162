namespace FollowUp.Conversations;

/// <summary>What the live chat asks of a conversation beside messages.</summary>
internal sealed partial class ConversationGrain
{
    /// <summary>How long a typing signal holds.</summary>
    private static readonly TimeSpan TypingHolds = TimeSpan.FromSeconds(30);

    /// <summary>The bot shows that it writes when its answer is due this soon.</summary>
    private static readonly TimeSpan AnswersSoon = TimeSpan.FromSeconds(15);

    private long? contactTypedAt;

    private bool ContactTyping => contactTypedAt is { } at && TimeProvider.System.GetElapsedTime(at) < TypingHolds;

    public async Task MarkChatAsync(long upTo, Delivery state)
    {
        if (Known is { MergedInto: null } && state is Delivery.Delivered or Delivery.Read)
        {
            await HandleAsync(new ConversationEvent.ChatMarked(upTo, state));
        }
    }

    public Task TypingAsync(Author author)
    {
        if (author is Author.Contact)
        {
            contactTypedAt = TimeProvider.System.GetTimestamp();
        }

        TellTyping(author);
        return Task.CompletedTask;
    }

    public Task<string?> LeadsToAsync() => Task.FromResult(Known is { } conversation ? conversation.MergedInto ?? GrainKeys.Parse(Key).Id : null);

    private void TellTyping(Author author) => observers.Notify(observer => observer.TypingAsync(GrainKeys.Parse(Key).Id, author)).Ignore();

    private void TellOfAnswer(Conversation conversation, DateTimeOffset now)
    {
        if (conversation.Owed is { } owed && owed.DueAt - now < AnswersSoon * speed.Value)
        {
            TellTyping(Author.Bot);
        }
    }
}

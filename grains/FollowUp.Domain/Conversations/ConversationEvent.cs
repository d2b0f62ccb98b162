using FollowUp.Channels;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>What happened to a conversation.</summary>
[GenerateSerializer, Immutable, Alias("followup.ConversationEvent")]
public abstract record ConversationEvent
{
    private ConversationEvent() { }

    /// <summary>A contact's message, understood. Its id is set and its text within bounds.</summary>
    public sealed record ContactWrote(IncomingMessage Message, Detection Detection) : ConversationEvent;

    /// <summary>A message of our side, told or to be sent.</summary>
    public sealed record OurSideWrote(IncomingMessage Message) : ConversationEvent;

    /// <summary>A wake-up: something may be due.</summary>
    public sealed record WokeUp : ConversationEvent;

    /// <summary>This activation just loaded the document: what was in flight when the last one died is not any more.</summary>
    public sealed record Recovered : ConversationEvent;

    /// <summary>The writer is done with a step.</summary>
    [GenerateSerializer, Immutable, Alias("followup.TextWritten")]
    public sealed record TextWritten(string PlanId, string StepId, long PlanVersion, Written Written) : ConversationEvent;

    /// <summary>The writer is done with the bot's own answer.</summary>
    [GenerateSerializer, Immutable, Alias("followup.AnswerWritten")]
    public sealed record AnswerWritten(string MessageId, long PlanVersion, Written Written) : ConversationEvent;

    /// <summary>A model read the contact's message anew; null: it came to nothing.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Understood")]
    public sealed record Understood(string MessageId, Detection? Opinion) : ConversationEvent;

    /// <summary>The connector is done with an attempt, or found out about an uncertain one.</summary>
    [GenerateSerializer, Immutable, Alias("followup.AttemptEnded")]
    public sealed record AttemptEnded(string AttemptId, SendResult Result) : ConversationEvent;

    /// <summary>The provider could not tell of an uncertain attempt.</summary>
    [GenerateSerializer, Immutable, Alias("followup.StillUncertain")]
    public sealed record StillUncertain(string AttemptId) : ConversationEvent;

    public sealed record ReceiptCame(Receipt Receipt) : ConversationEvent;

    /// <summary>The provider shows a message of our side; whose it is, is to be found out.</summary>
    public sealed record EchoCame(IncomingMessage Message, string? AttemptId) : ConversationEvent;

    /// <summary>A channel told something beside messages and receipts.</summary>
    public sealed record Signalled(ChannelSignal Signal) : ConversationEvent;

    /// <summary>The visitor's widget has taken, or shown, the live chat up to a number.</summary>
    public sealed record ChatMarked(long UpTo, Delivery State) : ConversationEvent;

    public sealed record PersonActed(PersonAction Action) : ConversationEvent;

    /// <summary>Contact data was put whole.</summary>
    public sealed record ContactPut(ContactData Contact, string? BotId) : ConversationEvent;

    /// <summary>The bot was saved, switched on or off, or deleted.</summary>
    public sealed record BotChanged(bool Redate) : ConversationEvent;

    /// <summary>An explicit call chases an old silence.</summary>
    public sealed record Enrolled(string? By) : ConversationEvent;

    /// <summary>An explicit call resumes a plan that expired while the bot was inactive.</summary>
    public sealed record MissedResumed(string? By) : ConversationEvent;

    /// <summary>Outbox entries were delivered.</summary>
    [GenerateSerializer, Immutable, Alias("followup.OutboxDelivered")]
    public sealed record OutboxDelivered(IReadOnlyList<string> Ids) : ConversationEvent;

    /// <summary>Another conversation was merged into this one.</summary>
    public sealed record Adopted(Conversation Other, string OtherId) : ConversationEvent;
}

/// <summary>What a writer came to.</summary>
[GenerateSerializer, Immutable, Alias("followup.Written")]
public abstract record Written
{
    private Written() { }

    /// <summary>A text. <paramref name="BuiltIn"/>: composed without a model.</summary>
    [GenerateSerializer, Immutable, Alias("followup.WrittenText")]
    public sealed record Text(string Value, bool BuiltIn, string? Model = null) : Written;

    /// <summary>Better not, and why: a reason of the writer's own, or what the conversation has come to.</summary>
    [GenerateSerializer, Immutable, Alias("followup.WritingDeclined")]
    public sealed record Declined(string Because, Reason Reason = Reason.AiDeclined) : Written;

    /// <summary>No text could be made.</summary>
    [GenerateSerializer, Immutable, Alias("followup.WritingFailed")]
    public sealed record Failed(string Because) : Written;
}

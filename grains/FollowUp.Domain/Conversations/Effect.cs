using FollowUp.Bots;
using FollowUp.Opinions;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>What is to be done after the document is stored, outside the conversation's turn.</summary>
public abstract record Effect
{
    private Effect() { }

    /// <summary>Write a step's text; the outcome comes back as <see cref="ConversationEvent.TextWritten"/>.</summary>
    public sealed record WriteStep(string PlanId, string StepId, long PlanVersion, WritingTask Brief) : Effect;

    /// <summary>Write the bot's own answer; comes back as <see cref="ConversationEvent.AnswerWritten"/>.</summary>
    public sealed record WriteAnswer(string MessageId, long PlanVersion, WritingTask Brief) : Effect;

    /// <summary>Ask a model for a second opinion of the contact's message; comes back as <see cref="ConversationEvent.Understood"/>.</summary>
    public sealed record Understand(ReadingTask Brief) : Effect;

    /// <summary>Send once; comes back as <see cref="ConversationEvent.AttemptEnded"/>.</summary>
    public sealed record Send(Attempt Attempt) : Effect;

    /// <summary>Ask the provider about an uncertain attempt. <paramref name="Known"/>: its ids of messages that are settled, so that none of them is taken for the lost one.</summary>
    public sealed record Reconcile(Attempt Attempt, IReadOnlyList<string> Known) : Effect;

    /// <summary>Deliver the outbox.</summary>
    public sealed record DeliverOutbox : Effect;

    /// <summary>Tell who listens: a message of the transcript, or (null) that something changed.</summary>
    public sealed record Tell(Message? Message) : Effect;
}

/// <summary>What a writer needs to know: this conversation and public bot text only.</summary>
public sealed record WritingTask
{
    /// <summary>Null for the bot's own answer.</summary>
    public Scenario? Scenario { get; init; }

    /// <summary>1 to 5; 0 for an answer.</summary>
    public int StepNumber { get; init; }

    public int StepsOfPlan { get; init; }

    /// <summary>What the step says; null for an answer.</summary>
    public StepMessage? Step { get; init; }

    public required string ConversationId { get; init; }
    public required ContactData Contact { get; init; }
    public required string BotName { get; init; }
    public required Persona Persona { get; init; }
    public required IReadOnlyList<string> AllowedLinks { get; init; }
    public string? BusinessName { get; init; }
    public IReadOnlyDictionary<string, string>? CustomValues { get; init; }

    /// <summary>en, es, fr, de or pt.</summary>
    public required string Language { get; init; }

    /// <summary>The transcript's current page, oldest first.</summary>
    public required IReadOnlyList<Message> Messages { get; init; }

    /// <summary>The follow-ups of this conversation, oldest first: none is repeated.</summary>
    public IReadOnlyList<string> Nudges { get; init; } = [];

    /// <summary>The contact's last message as it was understood, for an answer.</summary>
    public Detection? Detection { get; init; }

    /// <summary>When the promise will really be kept, in the contact's zone, for an answer.</summary>
    public DateTimeOffset? PromisedLocal { get; init; }

    /// <summary>The engine's now in the contact's zone.</summary>
    public DateTimeOffset? NowLocal { get; init; }

    /// <summary>Characters at most.</summary>
    public int MaximumLength { get; init; } = 1_600;
}

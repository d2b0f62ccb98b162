using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>A decision in the making: the document as it changes, what happened, what is to be done. Lives for one call of the decider.</summary>
internal sealed class Turn(Conversation start, Circumstances now)
{
    /// <summary>Lines of the history kept in the document.</summary>
    public const int HistoryKept = 100;

    /// <summary>Notes for the team kept in the document.</summary>
    public const int NotesKept = 20;

    private readonly List<Effect> effects = [];
    private readonly List<Happening> happened = [];
    private TranscriptPage? page;
    private int inHistory;
    private int ids;

    /// <summary>The document as it was given; a refusal leaves it so.</summary>
    public Conversation Start { get; } = start;

    public Conversation Conversation { get; set; } = start;

    public Circumstances Now { get; } = now;

    public BotSnapshot? Bot => Now.Bot;

    public string NewId(string prefix) => $"{prefix}-{Now.Token}{(ids++ == 0 ? "" : $"-{ids}")}";

    public void Do(Effect effect) => effects.Add(effect);

    public void Happened(HistoryKind kind, Plan? plan = null, string? stepId = null, Reason? reason = null, DateTimeOffset? dueAt = null, Channel? channel = null, string? by = null, string? detail = null, string? text = null) =>
        happened.Add(new Happening(
            new HistoryEntry { At = Now.Now, Kind = kind, Scenario = plan?.Scenario, PlanId = plan?.Id, StepId = stepId, Reason = reason, DueAt = dueAt, Channel = channel, By = by, Detail = detail },
            text));

    /// <summary>A note for the team, here and in the workspace's list; once for the same words until the contact writes again.</summary>
    public void NoteToTeam(string text, Reason? reason = null)
    {
        var lastInbound = Conversation.InboundAt.Count > 0 ? Conversation.InboundAt.Values.Max() : DateTimeOffset.MinValue;
        if (Conversation.Notes.Any(note => note.Text == text && note.At >= lastInbound))
        {
            return;
        }

        Conversation = Conversation with { Notes = [.. Conversation.Notes.TakeLast(NotesKept - 1), new Note { At = Now.Now, Text = text, Reason = reason }] };
        ToOutbox(OutboxKind.TellTeam, channel: null, subject: reason?.ToString(), detail: text);
        Happened(HistoryKind.Note, Conversation.Plan, reason: reason, detail: text);
    }

    /// <summary>Appends to the transcript; a full page goes to the store.</summary>
    public Message Append(Message message)
    {
        if (message.Channel is Channel.LiveChat)
        {
            message = message with { Sequence = Conversation.LastSequence + 1 };
            Conversation = Conversation with { LastSequence = Conversation.LastSequence + 1 };
        }

        if (page is null && Transcript.IsFull(Conversation.Messages))
        {
            page = new TranscriptPage(Conversation.Page, Conversation.Messages);
            Conversation = Conversation with { Messages = [], Page = Conversation.Page + 1 };
        }

        Conversation = Conversation with
        {
            Messages = [.. Conversation.Messages, message],
            LastActivityAt = Now.Now > Conversation.LastActivityAt ? Now.Now : Conversation.LastActivityAt,
        };
        Do(new Effect.Tell(message));
        return message;
    }

    public void RaiseVersion() => Conversation = Conversation with { PlanVersion = Conversation.PlanVersion + 1 };

    public void Replace(Plan plan) => Conversation = Conversation with { Plan = plan };

    public void ToOutbox(OutboxKind kind, Channel? channel, string? subject, string? detail = null)
    {
        Conversation = Conversation with { Outbox = [.. Conversation.Outbox, new OutboxEntry { Id = NewId("o"), Kind = kind, Channel = channel, Subject = subject, Detail = detail }] };
        if (!effects.Any(effect => effect is Effect.DeliverOutbox))
        {
            Do(new Effect.DeliverOutbox());
        }
    }

    /// <summary>What it came to. Asked again after more has happened, it adds only that.</summary>
    public Decision ToDecision()
    {
        if (happened.Count > inHistory)
        {
            Conversation = Conversation with { History = [.. Conversation.History.Concat(happened.Skip(inHistory).Select(line => line.Entry)).TakeLast(HistoryKept)] };
            inHistory = happened.Count;
            if (!effects.Any(effect => effect is Effect.Tell))
            {
                Do(new Effect.Tell(null));
            }
        }

        return new Decision { Conversation = Conversation, Effects = effects, Happened = happened, PageToKeep = page };
    }
}

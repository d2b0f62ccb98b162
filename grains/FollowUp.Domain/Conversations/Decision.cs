namespace FollowUp.Conversations;

/// <summary>What an event leads to.</summary>
public sealed record Decision
{
    /// <summary>The document as it is to be stored; the very one given when nothing changed.</summary>
    public required Conversation Conversation { get; init; }

    /// <summary>To be done after it is stored.</summary>
    public IReadOnlyList<Effect> Effects { get; init; } = [];

    /// <summary>What happened, for the history and the time machine.</summary>
    public IReadOnlyList<Happening> Happened { get; init; } = [];

    /// <summary>A full page to be kept before the document is stored.</summary>
    public TranscriptPage? PageToKeep { get; init; }

    /// <summary>The event does not fit: nothing changed.</summary>
    public Problem? Problem { get; init; }

    /// <summary>The message was known already.</summary>
    public bool Duplicate { get; init; }

    public static Decision Nothing(Conversation conversation) => new() { Conversation = conversation };

    public static Decision Refused(Conversation conversation, Problem problem) => new() { Conversation = conversation, Problem = problem };
}

/// <summary>A line of the history, with the text that went with it.</summary>
public sealed record Happening(HistoryEntry Entry, string? Text);

/// <summary>A full page of the transcript.</summary>
public sealed record TranscriptPage(int Number, IReadOnlyList<Message> Messages);

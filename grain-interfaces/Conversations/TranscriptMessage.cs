using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>The follow-up a message was.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpReference")]
public sealed record FollowUpReference
{
    [Id(0)] public required string PlanId { get; init; }
    [Id(1)] public required string StepId { get; init; }
}

/// <summary>One line of the transcript.</summary>
[GenerateSerializer, Immutable, Alias("followup.TranscriptMessage")]
public sealed record TranscriptMessage
{
    [Id(0)] public required string MessageId { get; init; }
    [Id(1)] public required Author Author { get; init; }
    [Id(2)] public required Channel Channel { get; init; }
    [Id(3)] public required string Text { get; init; }
    [Id(4)] public required DateTimeOffset At { get; init; }
    [Id(5)] public Delivery? Delivery { get; init; }
    [Id(6)] public FollowUpReference? FollowUp { get; init; }
    [Id(7)] public IReadOnlyList<Attachment>? Attachments { get; init; }

    /// <summary>Its place in the live chat, gap-free from 1; null on other channels.</summary>
    [Id(8)] public long? Sequence { get; init; }

    /// <summary>Composed by the built-in writer, not by a model or a person.</summary>
    [Id(9)] public bool BuiltIn { get; init; }

    /// <summary>A reply was taken while it was already with the provider.</summary>
    [Id(10)] public Reason? Reason { get; init; }

    /// <summary>Who wrote it, for a person's message.</summary>
    [Id(11)] public string? By { get; init; }
}

/// <summary>A stretch of the live chat.</summary>
[GenerateSerializer, Immutable, Alias("followup.ChatReplay")]
public sealed record ChatReplay
{
    [Id(0)] public IReadOnlyList<TranscriptMessage> Messages { get; init; } = [];

    /// <summary>The last number given, so that a client sees whether it is ahead of the conversation.</summary>
    [Id(1)] public long LastSequence { get; init; }

    /// <summary>The conversation was merged: its thread, with numbers of its own, goes on there.</summary>
    [Id(2)] public string? MovedTo { get; init; }

    /// <summary>The chat belongs to a verified user: an anonymous session has no business here any more.</summary>
    [Id(3)] public bool OfVerifiedUser { get; init; }
}

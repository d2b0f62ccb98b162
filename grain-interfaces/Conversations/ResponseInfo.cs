using FollowUp.Channels;
using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>What the fire check would say at the step's time.</summary>
[GenerateSerializer, Immutable, Alias("followup.Expected")]
public sealed record Expected
{
    [Id(0)] public required Outcome Outcome { get; init; }
    [Id(1)] public DateTimeOffset? At { get; init; }
    [Id(2)] public Reason? Reason { get; init; }
}

/// <summary>Why there is a plan.</summary>
[GenerateSerializer, Immutable, Alias("followup.Because")]
public sealed record Because
{
    [Id(0)] public string? MessageId { get; init; }

    /// <summary>The words that decided, as they were written.</summary>
    [Id(1)] public string? Quoted { get; init; }

    [Id(2)] public Intent Intent { get; init; }
    [Id(3)] public double Confidence { get; init; }
    [Id(4)] public Judge Judge { get; init; }
    [Id(5)] public DateTimeOffset? RequestedFor { get; init; }
    [Id(6)] public string? Zone { get; init; }

    /// <summary>The contact's zone is unknown; the business's stands in.</summary>
    [Id(7)] public bool ZoneAssumed { get; init; }

    /// <summary>Who laid it, for a plan of a person's hand.</summary>
    [Id(8)] public string? By { get; init; }
}

/// <summary>The attempt to send a step.</summary>
[GenerateSerializer, Immutable, Alias("followup.AttemptInfo")]
public sealed record AttemptInfo
{
    [Id(0)] public required string AttemptId { get; init; }
    [Id(1)] public required DateTimeOffset At { get; init; }
    [Id(2)] public string? ProviderMessageId { get; init; }

    /// <summary>The provider's error code, or what is known of a lost answer.</summary>
    [Id(3)] public string? Detail { get; init; }
}

/// <summary>One step of the live plan.</summary>
[GenerateSerializer, Immutable, Alias("followup.StepInfo")]
public sealed record StepInfo
{
    [Id(0)] public required string StepId { get; init; }
    [Id(1)] public required int Number { get; init; }
    [Id(2)] public required int Of { get; init; }
    [Id(3)] public required StepState State { get; init; }

    /// <summary>For later steps an estimate.</summary>
    [Id(4)] public DateTimeOffset? DueAt { get; init; }

    /// <summary>In the contact's zone.</summary>
    [Id(5)] public DateTimeOffset? DueLocal { get; init; }

    /// <summary>In the business's zone.</summary>
    [Id(6)] public DateTimeOffset? DueBusiness { get; init; }

    [Id(7)] public DateTimeOffset? HeldFrom { get; init; }
    [Id(8)] public Channel? Channel { get; init; }
    [Id(9)] public IReadOnlyList<Channel> NextChannels { get; init; } = [];
    [Id(10)] public Bots.MessageKind Author { get; init; }

    /// <summary>What was or will be sent; null while it is not written.</summary>
    [Id(11)] public string? Text { get; init; }

    [Id(12)] public string? Workflow { get; init; }

    /// <summary>What it waits for, in words.</summary>
    [Id(13)] public string? WaitingFor { get; init; }

    [Id(14)] public Expected? Expected { get; init; }
    [Id(15)] public Reason? Reason { get; init; }
    [Id(16)] public AttemptInfo? Attempt { get; init; }
    [Id(17)] public DateTimeOffset? SentAt { get; init; }
    [Id(18)] public Delivery? Delivery { get; init; }
}

/// <summary>The live plan.</summary>
[GenerateSerializer, Immutable, Alias("followup.PlanInfo")]
public sealed record PlanInfo
{
    [Id(0)] public required string PlanId { get; init; }
    [Id(1)] public required long Version { get; init; }
    [Id(2)] public required Scenario Scenario { get; init; }
    [Id(3)] public required DateTimeOffset AnchorAt { get; init; }
    [Id(4)] public bool Paused { get; init; }
    [Id(5)] public required Because Because { get; init; }
    [Id(6)] public required IReadOnlyList<StepInfo> Steps { get; init; }
}

/// <summary>One line of the history.</summary>
[GenerateSerializer, Immutable, Alias("followup.HistoryEntry")]
public sealed record HistoryEntry
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required HistoryKind Kind { get; init; }
    [Id(2)] public Scenario? Scenario { get; init; }
    [Id(3)] public string? StepId { get; init; }
    [Id(4)] public Reason? Reason { get; init; }

    /// <summary>Who did it, when a person or a key did.</summary>
    [Id(5)] public string? By { get; init; }

    [Id(6)] public string? Detail { get; init; }
    [Id(7)] public Channel? Channel { get; init; }
    [Id(8)] public DateTimeOffset? DueAt { get; init; }
    [Id(9)] public string? PlanId { get; init; }
}

/// <summary>The latest answer of the bot's own.</summary>
[GenerateSerializer, Immutable, Alias("followup.AnswerInfo")]
public sealed record AnswerInfo
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public Bots.BotMode Mode { get; init; }

    /// <summary><c>builtIn</c> or <c>model</c>.</summary>
    [Id(2)] public Judge Writer { get; init; }

    [Id(3)] public string? Model { get; init; }
    [Id(4)] public Intent Intent { get; init; }
    [Id(5)] public IReadOnlyList<string> Actions { get; init; } = [];
    [Id(6)] public string? MessageId { get; init; }
}

/// <summary>A drafted answer; approved, edited or refused at <c>follow-ups/{stepId}</c>.</summary>
[GenerateSerializer, Immutable, Alias("followup.DraftInfo")]
public sealed record DraftInfo
{
    [Id(0)] public required string StepId { get; init; }

    /// <summary>The contact's message it answers.</summary>
    [Id(1)] public required string MessageId { get; init; }

    [Id(2)] public required string Text { get; init; }
    [Id(3)] public required Channel Channel { get; init; }
    [Id(4)] public required DateTimeOffset At { get; init; }

    /// <summary>Stale from then on; a reply ends it before.</summary>
    [Id(5)] public required DateTimeOffset ExpiresAt { get; init; }

    [Id(6)] public bool BuiltIn { get; init; }
    [Id(7)] public string? Model { get; init; }
}

/// <summary>Everything planned, sent, held or dropped in a conversation, with its reasons (SPEC §11).</summary>
[GenerateSerializer, Immutable, Alias("followup.ResponseInfo")]
public sealed record ResponseInfo
{
    [Id(0)] public required string ConversationId { get; init; }
    [Id(1)] public required DateTimeOffset AsOf { get; init; }
    [Id(2)] public required ConversationStatus Status { get; init; }
    [Id(3)] public string? BotId { get; init; }
    [Id(4)] public PlanInfo? Plan { get; init; }

    /// <summary>Oldest first.</summary>
    [Id(5)] public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>The latest answers of the bot's own, oldest first; at most 10.</summary>
    [Id(6)] public IReadOnlyList<AnswerInfo> Answers { get; init; } = [];

    /// <summary>A suggestive bot's answer that waits for approval.</summary>
    [Id(7)] public DraftInfo? Draft { get; init; }
}

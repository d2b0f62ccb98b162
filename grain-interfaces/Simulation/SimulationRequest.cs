using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Workspaces;

namespace FollowUp.Simulation;

/// <summary>What a line of a script does.</summary>
public enum ScriptVerb
{
    Message,
    Presence,
    Save,
    Activate,
    Deactivate,
    TakeOver,
    Release,
    Close,
    Reopen,
    MarkGoal,
    OptOut,
    Pause,
    Resume,
    Skip,
    SendNow,
    Move,
    Outcome,
    Receipt,
}

/// <summary>The provider's answer to a send.</summary>
public enum SimulatedOutcome
{
    Accepted,
    Refused,
    Lost,
    AddressDead,
}

/// <summary>One line of a script.</summary>
[GenerateSerializer, Immutable, Alias("followup.ScriptLine")]
public sealed record ScriptLine
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required ScriptVerb Do { get; init; }
    [Id(2)] public Author? Author { get; init; }
    [Id(3)] public Channel? Channel { get; init; }
    [Id(4)] public string? Text { get; init; }
    [Id(5)] public bool? Present { get; init; }
    [Id(6)] public Bot? Bot { get; init; }
    [Id(7)] public string? StepId { get; init; }
    [Id(8)] public DateTimeOffset? DueAt { get; init; }
    [Id(9)] public string? Goal { get; init; }
    [Id(10)] public SimulatedOutcome? Outcome { get; init; }

    /// <summary>For a receipt: the state; it goes to the last message sent.</summary>
    [Id(11)] public Delivery? State { get; init; }

    [Id(12)] public string? MessageId { get; init; }
    [Id(13)] public string? By { get; init; }

    /// <summary>When a message was written, if it arrives late; default: <see cref="At"/>.</summary>
    [Id(14)] public DateTimeOffset? SentAt { get; init; }
}

/// <summary>A script to play against a bot (SPEC §12).</summary>
[GenerateSerializer, Immutable, Alias("followup.SimulationRequest")]
public sealed record SimulationRequest
{
    [Id(0)] public required Bot Bot { get; init; }
    [Id(1)] public ContactData? Contact { get; init; }
    [Id(2)] public WorkspaceSettings? Settings { get; init; }

    /// <summary>At most 1,000 lines; played in the order of their times.</summary>
    [Id(3)] public required IReadOnlyList<ScriptLine> Script { get; init; }

    /// <summary>At most three years after the first line.</summary>
    [Id(4)] public required DateTimeOffset Until { get; init; }

    /// <summary>Decides the spread after an opening.</summary>
    [Id(5)] public string? ConversationId { get; init; }

    /// <summary>Lets the bot answer too.</summary>
    [Id(6)] public bool OwnAnswers { get; init; }
}

/// <summary>One thing that happened.</summary>
[GenerateSerializer, Immutable, Alias("followup.TimelineEntry")]
public sealed record TimelineEntry
{
    [Id(0)] public required DateTimeOffset At { get; init; }
    [Id(1)] public required HistoryKind Kind { get; init; }
    [Id(2)] public Scenario? Scenario { get; init; }
    [Id(3)] public string? StepId { get; init; }
    [Id(4)] public Channel? Channel { get; init; }
    [Id(5)] public DateTimeOffset? DueAt { get; init; }
    [Id(6)] public Reason? Reason { get; init; }
    [Id(7)] public string? Text { get; init; }
}

/// <summary>What a script came to.</summary>
[GenerateSerializer, Immutable, Alias("followup.SimulationResult")]
public sealed record SimulationResult
{
    [Id(0)] public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>The steps still pending at the end.</summary>
    [Id(1)] public required IReadOnlyList<StepInfo> Pending { get; init; }
}

/// <summary>The time machine. Key: the workspace.</summary>
[Alias("followup.ISimulationGrain")]
public interface ISimulationGrain : IGrainWithStringKey
{
    /// <summary>Plays a script in virtual time with the code that runs live; stores and sends nothing. Problem: <c>validation</c>.</summary>
    [Alias("Run")]
    Task<Answer<SimulationResult>> RunAsync(SimulationRequest request);
}

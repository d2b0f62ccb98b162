using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Workspaces;

namespace FollowUp.Conversations;

/// <summary>Everything a decision may know beside the conversation.</summary>
public sealed record Circumstances
{
    public required DateTimeOffset Now { get; init; }

    /// <summary>The conversation's id: it spreads the releases of one opening.</summary>
    public required string ConversationId { get; init; }

    /// <summary>The owning bot; null: none, or deleted.</summary>
    public BotSnapshot? Bot { get; init; }

    public required WorkspaceSettings Workspace { get; init; }

    /// <summary>The visitor is there (a heartbeat or message in the last 60 s).</summary>
    public bool VisitorPresent { get; init; }

    /// <summary>Channels whose address is suppressed in the workspace, whatever this conversation says.</summary>
    public IReadOnlyList<Channel> Suppressed { get; init; } = [];

    /// <summary>The connection that would carry each channel.</summary>
    public required IReadOnlyDictionary<Channel, string> Connections { get; init; }

    /// <summary>WhatsApp templates that the connection's provider stopped.</summary>
    public IReadOnlyList<string> StoppedTemplates { get; init; } = [];

    /// <summary>Connections whose other end knows repeats by their id: there a request may be made again.</summary>
    public IReadOnlyList<string> Repeatable { get; init; } = [];

    /// <summary>A connection's missed inbound messages are still being asked for: nothing due goes out before that is done.</summary>
    public bool Behind { get; init; }

    /// <summary>When a provider is asked about a lost answer: real time after the attempt, ascending. Default: 1, 5 and 15 minutes.</summary>
    public IReadOnlyList<TimeSpan> ReconcileAfter { get; init; } = [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15)];

    /// <summary>The account breaker stands open: nothing proactive goes out.</summary>
    public bool BreakerTripped { get; init; }

    /// <summary>A language model works for this workspace.</summary>
    public bool HasModel { get; init; }

    /// <summary>How many times faster the engine's time runs than real time; provider retries stay real.</summary>
    public double Speed { get; init; } = 1;

    /// <summary>A real duration in the engine's time.</summary>
    public TimeSpan Real(TimeSpan duration) => duration * Speed;

    /// <summary>A fresh unique token from which this decision makes its ids.</summary>
    public required string Token { get; init; }
}

/// <summary>A bot as decisions see it.</summary>
[GenerateSerializer, Immutable, Alias("followup.BotSnapshot")]
public sealed record BotSnapshot
{
    [Id(0)] public required string Id { get; init; }
    [Id(1)] public required Bot Settings { get; init; }
    [Id(2)] public int Version { get; init; }

    /// <summary>When it was off, oldest first; an open end: it is off now. At most the last 20.</summary>
    [Id(3)] public IReadOnlyList<InactivePeriod> Inactive { get; init; } = [];

    /// <summary>How often each scenario was switched off so far.</summary>
    [Id(4)] public ScenarioGenerations Generations { get; init; } = new();

    public bool WasInactiveAt(DateTimeOffset at) => Inactive.Any(period => period.From <= at && (period.To is null || at < period.To));
}

/// <summary>A stretch in which a bot was off.</summary>
[GenerateSerializer, Immutable, Alias("followup.InactivePeriod")]
public sealed record InactivePeriod
{
    [Id(0)] public required DateTimeOffset From { get; init; }
    [Id(1)] public DateTimeOffset? To { get; init; }
}

/// <summary>Raised whenever the scenario is switched off: plans laid under an older one are cancelled.</summary>
[GenerateSerializer, Immutable, Alias("followup.ScenarioGenerations")]
public sealed record ScenarioGenerations
{
    [Id(0)] public int StoppedResponding { get; init; }
    [Id(1)] public int Busy { get; init; }
    [Id(2)] public int RequestedFollowUp { get; init; }

    public int Of(Scenario scenario) => scenario switch
    {
        Scenario.StoppedResponding => StoppedResponding,
        Scenario.Busy => Busy,
        Scenario.RequestedFollowUp => RequestedFollowUp,
        _ => 0,
    };
}

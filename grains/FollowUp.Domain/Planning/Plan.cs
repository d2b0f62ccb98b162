using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Planning;

/// <summary>The steps that one scenario lays down for one episode.</summary>
public sealed record Plan
{
    public required string Id { get; init; }
    public required Scenario Scenario { get; init; }

    /// <summary>The instant from which the first delay counts.</summary>
    public required DateTimeOffset AnchorAt { get; init; }

    public required string BotId { get; init; }

    /// <summary>The generation of the scenario's switch it was laid under: off and on again in between is seen.</summary>
    public int Generation { get; init; }

    public required Because Because { get; init; }
    public required IReadOnlyList<PlanStep> Steps { get; init; }

    /// <summary>No step before this instant: a named time whose scenario is off, an auto-reply's return date.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>The channel that last worked after a switch; null: the contact's.</summary>
    public Channel? Channel { get; init; }

    /// <summary>Paused by hand since then.</summary>
    public DateTimeOffset? PausedAt { get; init; }

    /// <summary>A scheduled message that goes out whether or not they answer.</summary>
    public bool SurvivesReply { get; init; }

    /// <summary>Laid by an explicit call over an old silence.</summary>
    public bool Enrolled { get; init; }
}

/// <summary>One step of a plan.</summary>
public sealed record PlanStep
{
    public required string Id { get; init; }
    public StepState State { get; init; } = StepState.Scheduled;

    /// <summary>Only the next step has a date.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>The plan's own time, once the step is held.</summary>
    public DateTimeOffset? HeldFrom { get; init; }

    public Reason? Reason { get; init; }

    /// <summary>Held without a known end: ask again then.</summary>
    public DateTimeOffset? AskAt { get; init; }

    /// <summary>A text by a person's hand (an edit, a chase, a scheduled message), or the draft.</summary>
    public string? Text { get; init; }

    /// <summary><see cref="Text"/> is a person's: it goes out as it stands.</summary>
    public bool TextByHand { get; init; }

    public bool BuiltIn { get; init; }

    /// <summary>The model that wrote the draft.</summary>
    public string? Model { get; init; }

    /// <summary>A person approved the draft.</summary>
    public bool Approved { get; init; }

    /// <summary>A delay of its own, for plans of a person's hand.</summary>
    public Delay? Delay { get; init; }

    /// <summary>When it was really sent, skipped, failed or became uncertain: the next step counts from here.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public string? AttemptId { get; init; }
    public DateTimeOffset? AttemptedAt { get; init; }
    public string? ProviderMessageId { get; init; }
    public string? MessageId { get; init; }
    public string? Detail { get; init; }
    public Channel? Channel { get; init; }
    public Delivery? Delivery { get; init; }

    /// <summary>Tries of the writer or of the provider so far.</summary>
    public int Tries { get; init; }

    /// <summary>A lasting error sent it to another channel: that is done once.</summary>
    public bool Rerouted { get; init; }

    /// <summary>Sent by hand before its time: hours, limits and staleness are not asked.</summary>
    public bool SendNow { get; init; }
}

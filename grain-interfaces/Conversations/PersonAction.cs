using FollowUp.Bots;
using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>What a person can do to a conversation by hand (SPEC §10). Each is a line in the history with who did it.</summary>
[GenerateSerializer, Immutable, Alias("followup.PersonAction")]
public abstract record PersonAction
{
    private PersonAction() { }

    /// <summary>The person or key that asks.</summary>
    [Id(0)] public string? By { get; init; }

    [GenerateSerializer, Immutable, Alias("followup.TakeOver")]
    public sealed record TakeOver : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.Release")]
    public sealed record Release : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.Close")]
    public sealed record Close : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.Reopen")]
    public sealed record Reopen : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.HandOver")]
    public sealed record HandOver : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.Erase")]
    public sealed record Erase : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.PausePlan")]
    public sealed record PausePlan : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.ResumePlan")]
    public sealed record ResumePlan : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.CancelPlan")]
    public sealed record CancelPlan : PersonAction;

    [GenerateSerializer, Immutable, Alias("followup.MarkGoal")]
    public sealed record MarkGoal : PersonAction
    {
        [Id(0)] public required string Goal { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.Transfer")]
    public sealed record Transfer : PersonAction
    {
        [Id(0)] public required string BotId { get; init; }
    }

    /// <summary>Ends this conversation and moves its live promise, addresses and opt-outs to another.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Merge")]
    public sealed record Merge : PersonAction
    {
        [Id(0)] public required string Into { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.OptOut")]
    public sealed record OptOut : PersonAction
    {
        /// <summary>Null: all channels.</summary>
        [Id(0)] public Channel? Channel { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.OptIn")]
    public sealed record OptIn : PersonAction
    {
        /// <summary>Null: all channels.</summary>
        [Id(0)] public Channel? Channel { get; init; }
    }

    /// <summary>A person's own message, reminded unless answered.</summary>
    [GenerateSerializer, Immutable, Alias("followup.Chase")]
    public sealed record Chase : PersonAction
    {
        [Id(0)] public required string Text { get; init; }

        /// <summary>1 to 5.</summary>
        [Id(1)] public required IReadOnlyList<Delay> Delays { get; init; }
    }

    /// <summary>"Send this at … unless they answer."</summary>
    [GenerateSerializer, Immutable, Alias("followup.ScheduleMessage")]
    public sealed record ScheduleMessage : PersonAction
    {
        [Id(0)] public required string Text { get; init; }
        [Id(1)] public required DateTimeOffset At { get; init; }
        [Id(2)] public bool UnlessTheyAnswer { get; init; } = true;
    }

    [GenerateSerializer, Immutable, Alias("followup.SendNow")]
    public sealed record SendNow : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.SkipStep")]
    public sealed record SkipStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.MoveStep")]
    public sealed record MoveStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
        [Id(1)] public required DateTimeOffset DueAt { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.EditStep")]
    public sealed record EditStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
        [Id(1)] public required string Text { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.ApproveStep")]
    public sealed record ApproveStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
    }

    [GenerateSerializer, Immutable, Alias("followup.RefuseStep")]
    public sealed record RefuseStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
    }

    /// <summary>Sends an uncertain or failed step once more, as a new attempt.</summary>
    [GenerateSerializer, Immutable, Alias("followup.ResendStep")]
    public sealed record ResendStep : PersonAction
    {
        [Id(0)] public required string StepId { get; init; }
    }
}

namespace FollowUp.Bots;

/// <summary>Who writes a step's text.</summary>
public enum MessageKind
{
    /// <summary>Written at firing time from the fresh conversation, by the model or the built-in writer.</summary>
    Ai,

    /// <summary>A template with merge fields.</summary>
    Custom,
}

/// <summary>What a step says.</summary>
[GenerateSerializer, Immutable, Alias("followup.StepMessage")]
public sealed record StepMessage
{
    [Id(0)] public MessageKind Kind { get; init; }

    /// <summary>The template of a <see cref="MessageKind.Custom"/> message; 1 to 4,096 characters.</summary>
    [Id(1)] public string? Text { get; init; }

    /// <summary>What an <see cref="MessageKind.Ai"/> message should do; at most 4,096 characters.</summary>
    [Id(2)] public string? Instructions { get; init; }

    /// <summary>Template used when the model fails; at most 4,096 characters.</summary>
    [Id(3)] public string? FallbackText { get; init; }
}

/// <summary>One of several messages tried against each other in a step.</summary>
[GenerateSerializer, Immutable, Alias("followup.StepVariant")]
public sealed record StepVariant
{
    [Id(0)] public required string Id { get; init; }

    /// <summary>Its part of the conversations, relative to the other variants' shares; 1 to 100.</summary>
    [Id(1)] public int Share { get; init; }

    [Id(2)] public required StepMessage Message { get; init; }
}

/// <summary>The workflow a step triggers after its message was accepted.</summary>
[GenerateSerializer, Immutable, Alias("followup.StepWorkflow")]
public sealed record StepWorkflow
{
    [Id(0)] public required string Id { get; init; }

    /// <summary>Also when nothing was sent. Default: false.</summary>
    [Id(1)] public bool EvenIfNotSent { get; init; }
}

/// <summary>One follow-up of a scenario.</summary>
[GenerateSerializer, Immutable, Alias("followup.FollowUpStep")]
public sealed record FollowUpStep
{
    /// <summary>Stable, unique in its bot.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>1 minute to 30 days after the anchor or the step before; none on the first step of requestedFollowUp.</summary>
    [Id(1)] public Delay? Delay { get; init; }

    /// <summary>What it says; absent where <see cref="Variants"/> are given.</summary>
    [Id(2)] public StepMessage? Message { get; init; }

    /// <summary>At most 5, in place of <see cref="Message"/>.</summary>
    [Id(3)] public IReadOnlyList<StepVariant>? Variants { get; init; }

    [Id(4)] public StepWorkflow? Workflow { get; init; }
}

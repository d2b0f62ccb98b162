namespace FollowUp.Bots;

/// <summary>What a bot's settings may refer to.</summary>
public sealed record BotValidationContext
{
    /// <summary>The workspace's workflows.</summary>
    public IReadOnlyCollection<string> WorkflowIds { get; init; } = [];

    /// <summary>The names of the workspace's custom values.</summary>
    public IReadOnlyCollection<string> CustomValueNames { get; init; } = [];
}

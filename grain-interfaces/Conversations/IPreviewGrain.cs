namespace FollowUp.Conversations;

/// <summary>What would be written now. One of the three is told: a text, why rather not, or why nothing came.</summary>
[GenerateSerializer, Immutable, Alias("followup.Preview")]
public sealed record Preview
{
    [Id(0)] public required string StepId { get; init; }
    [Id(1)] public string? Text { get; init; }

    /// <summary>Composed without a model.</summary>
    [Id(2)] public bool BuiltIn { get; init; }

    /// <summary>The model that wrote it.</summary>
    [Id(3)] public string? Model { get; init; }

    /// <summary>The writer would rather not, and why.</summary>
    [Id(4)] public string? Declined { get; init; }

    /// <summary>With <see cref="Declined"/>: the reason code the step would be cancelled with.</summary>
    [Id(5)] public Reason? Reason { get; init; }

    /// <summary>No text could be made, and why.</summary>
    [Id(6)] public string? Failed { get; init; }
}

/// <summary>Shows texts before they are due. Key: <c>workspace|conversationId</c>.</summary>
[Alias("followup.IPreviewGrain")]
public interface IPreviewGrain : IGrainWithStringKey
{
    /// <summary>What the step would say now; nothing is stored or sent. A step of the live plan, or any of the bot's. Problem: <c>notFound</c>.</summary>
    [Alias("Preview")]
    Task<Answer<Preview>> PreviewAsync(string stepId);
}

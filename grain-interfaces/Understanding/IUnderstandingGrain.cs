namespace FollowUp.Understanding;

/// <summary>The built-in judge for <c>POST /detect</c>. Key: the workspace.</summary>
[Alias("followup.IUnderstandingGrain")]
public interface IUnderstandingGrain : IGrainWithStringKey
{
    /// <summary>Judges each text by itself, in the order given.</summary>
    [Alias("Detect")]
    Task<IReadOnlyList<Detection>> DetectAsync(IReadOnlyList<DetectRequest> requests);
}

namespace FollowUp.Understanding;

/// <summary>The built-in judge for <c>POST /detect</c>. Key: the workspace.</summary>
[Alias("followup.IUnderstandingGrain")]
public interface IUnderstandingGrain : IGrainWithStringKey
{
    /// <summary>Judges each text by itself, in the order given. Problem: <c>validation</c>, naming <c>items[i].timeZone</c>.</summary>
    [Alias("Detect")]
    Task<Answer<IReadOnlyList<Detection>>> DetectAsync(IReadOnlyList<DetectRequest> requests);
}

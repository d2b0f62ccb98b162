namespace FollowUp.Ai;

/// <summary>What came back from a model.</summary>
internal abstract record ModelAnswer
{
    private ModelAnswer() { }

    /// <summary>A text, of whatever shape; who wrote it.</summary>
    public sealed record Said(string Text, string Model) : ModelAnswer;

    /// <summary>The provider's content filter stopped the request or the answer: asking again says the same.</summary>
    public sealed record Filtered(bool Request) : ModelAnswer;

    /// <summary>No answer: down, too slow, over a limit. Never a text of anybody.</summary>
    public sealed record Failed(string Because) : ModelAnswer;
}

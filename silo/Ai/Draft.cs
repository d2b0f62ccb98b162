using FollowUp.Conversations;
using FollowUp.Writing;

namespace FollowUp.Ai;

/// <summary>A model's structured answer to a writing task: a text, or better not and why.</summary>
internal sealed record Draft(string? Text, Written.Declined? Declined)
{
    /// <summary>Characters of a model's reason that are kept.</summary>
    private const int LongestReason = 200;

    /// <summary>What a model may say of a follow-up that does not fit any more.</summary>
    private static readonly Dictionary<string, Reason> Unfitting = new(StringComparer.Ordinal)
    {
        ["notInterested"] = Reason.NotInterested,
        ["disqualified"] = Reason.Disqualified,
        ["hostile"] = Reason.Hostile,
        ["softClosed"] = Reason.SoftClosed,
        ["goalReached"] = Reason.GoalReached,
        ["betterNot"] = Reason.AiDeclined,
    };

    public static IEnumerable<string> FitWords => ["yes", .. Unfitting.Keys];

    /// <summary>Null: wrong in shape.</summary>
    public static Draft? OfFollowUp(string json) => AiJson.Read<FollowUpShape>(json) switch
    {
        { Fits: "yes" } shape => new Draft(shape.Text, null),
        { } shape when Unfitting.TryGetValue(shape.Fits, out var reason) => new Draft(null, new Written.Declined(Shown(shape.Reason), reason)),
        _ => null,
    };

    /// <summary>Null: wrong in shape.</summary>
    public static Draft? OfAnswer(string json) => AiJson.Read<AnswerShape>(json) switch
    {
        { Text: null } shape => new Draft(null, new Written.Declined(Shown(shape.Reason))),
        { } shape => new Draft(shape.Text, null),
        null => null,
    };

    private static string Shown(string? reason) => PlainText.OneLine(reason, LongestReason) is { Length: > 0 } line ? line : "The model gave no reason.";

    private sealed record FollowUpShape
    {
        public required string Fits { get; init; }
        public required string? Reason { get; init; }
        public required string? Text { get; init; }
    }

    private sealed record AnswerShape
    {
        public required string? Text { get; init; }
        public required string? Reason { get; init; }
    }
}

using NodaTime;

namespace FollowUp.Understanding;

/// <summary>What the judge may know beside the text.</summary>
public sealed record DetectorContext
{
    /// <summary>When the contact wrote.</summary>
    public required Instant SentAt { get; init; }

    /// <summary>The contact's zone, or the one assumed for them.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The language when the text does not tell: en, es, fr, de or pt.</summary>
    public string FallbackLanguage { get; init; } = "en";

    /// <summary>The workspace's own opt-out words, beside the built-in ones.</summary>
    public IReadOnlyList<string> OptOutWords { get; init; } = [];
}

/// <summary>The built-in judge: one text in, its meaning out. Pure, thread-safe, never throws; any string up to 64 KB answers in bounded time.</summary>
public static class Detector
{
    /// <summary>Understands one message of a contact.</summary>
    public static Detection Detect(string text, DetectorContext context) =>
        new() { Intent = Intent.Normal, Confidence = 0.5 };

    /// <summary>Whether one of our own messages says goodbye (silence after it is not chased).</summary>
    public static bool IsGoodbye(string text) => false;
}

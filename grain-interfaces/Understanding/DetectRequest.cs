namespace FollowUp.Understanding;

/// <summary>One text to understand.</summary>
[GenerateSerializer, Immutable, Alias("followup.DetectRequest")]
public sealed record DetectRequest
{
    [Id(0)] public required string Text { get; init; }

    /// <summary>When it was written; absent: now.</summary>
    [Id(1)] public DateTimeOffset? SentAt { get; init; }

    /// <summary>The contact's IANA zone; absent: the workspace's.</summary>
    [Id(2)] public string? TimeZone { get; init; }

    /// <summary>The language to fall back to when the text does not tell: en, es, fr, de or pt.</summary>
    [Id(3)] public string? Language { get; init; }
}

namespace FollowUp.Workspaces;

/// <summary>The answer a call got.</summary>
[GenerateSerializer, Immutable, Alias("followup.RecordedAnswer")]
public sealed record RecordedAnswer
{
    [Id(0)] public required int Status { get; init; }
    [Id(1)] public string? ContentType { get; init; }
    [Id(2)] public required byte[] Body { get; init; }
    [Id(3)] public string? ETag { get; init; }
    [Id(4)] public string? Location { get; init; }
}

/// <summary>What is known of an idempotency key.</summary>
[GenerateSerializer, Immutable, Alias("followup.IdempotencyState")]
public sealed record IdempotencyState
{
    /// <summary>This call is the first; go on and record the answer.</summary>
    [Id(0)] public bool IsFirst { get; init; }

    /// <summary>The key was used with another route or body: 400.</summary>
    [Id(1)] public bool Mismatch { get; init; }

    /// <summary>The twin is still running: 409.</summary>
    [Id(2)] public bool Running { get; init; }

    [Id(3)] public RecordedAnswer? Recorded { get; init; }
}

/// <summary>One idempotency key, kept for 24 hours. Key: <c>workspace|hash of the key</c>.</summary>
[Alias("followup.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>Claims the key for a call with this fingerprint (route and body hash).</summary>
    [Alias("Begin")]
    Task<IdempotencyState> BeginAsync(string fingerprint);

    /// <summary>Keeps the answer; null gives the key free (the call failed before it did anything).</summary>
    [Alias("Complete")]
    Task CompleteAsync(RecordedAnswer? answer);
}

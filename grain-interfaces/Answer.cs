namespace FollowUp;

/// <summary>What kind of "no" a call got; a gateway turns it into a status code.</summary>
public enum ProblemKind
{
    /// <summary>Bad input: 400.</summary>
    Invalid,

    /// <summary>Unknown here: 404.</summary>
    NotFound,

    /// <summary>It does not fit the state: 409.</summary>
    Conflict,

    /// <summary>A stale version: 412.</summary>
    StaleVersion,

    /// <summary>A version is needed: 428.</summary>
    VersionRequired,

    /// <summary>Too many: 429.</summary>
    TooMany,
}

/// <summary>Why a call was refused; it changed nothing.</summary>
[GenerateSerializer, Immutable, Alias("followup.Problem")]
public sealed record Problem
{
    [Id(0)] public required ProblemKind Kind { get; init; }

    /// <summary>Stable, camelCase: <c>addressTaken</c>, <c>validation</c>…</summary>
    [Id(1)] public required string Code { get; init; }

    /// <summary>One sentence for a person.</summary>
    [Id(2)] public required string Detail { get; init; }

    /// <summary>Every bad field, by its JSON path.</summary>
    [Id(3)] public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    public static Problem Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        new() { Kind = ProblemKind.Invalid, Code = "validation", Detail = "Some fields are not valid.", Errors = errors };

    public static Problem Invalid(string field, string error) =>
        Invalid(new Dictionary<string, IReadOnlyList<string>> { [field] = [error] });

    public static Problem NotFound(string detail) => new() { Kind = ProblemKind.NotFound, Code = "notFound", Detail = detail };

    public static Problem Conflict(string code, string detail) => new() { Kind = ProblemKind.Conflict, Code = code, Detail = detail };
}

/// <summary>A value, or the problem in its place.</summary>
[GenerateSerializer, Immutable, Alias("followup.Answer`1")]
public sealed record Answer<T>
{
    [Id(0)] public T? Value { get; init; }
    [Id(1)] public Problem? Problem { get; init; }

    public static implicit operator Answer<T>(T value) => new() { Value = value };

    public static implicit operator Answer<T>(Problem problem) => new() { Problem = problem };
}

/// <summary>One page of a list.</summary>
[GenerateSerializer, Immutable, Alias("followup.Page`1")]
public sealed record Page<T>
{
    [Id(0)] public required IReadOnlyList<T> Items { get; init; }

    /// <summary>The cursor of the next page; null on the last.</summary>
    [Id(1)] public string? Next { get; init; }
}

/// <summary>A stored value with its version, which is its ETag.</summary>
[GenerateSerializer, Immutable, Alias("followup.Versioned`1")]
public sealed record Versioned<T>
{
    [Id(0)] public required int Version { get; init; }
    [Id(1)] public required T Value { get; init; }
    [Id(2)] public DateTimeOffset SavedAt { get; init; }
}

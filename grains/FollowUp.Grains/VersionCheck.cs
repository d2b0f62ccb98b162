namespace FollowUp;

/// <summary>A save names the version it saw.</summary>
internal static class VersionCheck
{
    /// <summary>Null: it fits. A new resource needs no version.</summary>
    public static Problem? Problem(int? current, int? ifMatch) => (current, ifMatch) switch
    {
        (null, null) => null,
        (null, _) => new Problem { Kind = ProblemKind.StaleVersion, Code = "staleVersion", Detail = "It does not exist (any more)." },
        (_, null) => new Problem { Kind = ProblemKind.VersionRequired, Code = "versionRequired", Detail = "Name the version you saw in If-Match." },
        var (have, seen) when have == seen => null,
        _ => new Problem { Kind = ProblemKind.StaleVersion, Code = "staleVersion", Detail = "Somebody saved it since you read it." },
    };
}

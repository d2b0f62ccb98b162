namespace FollowUp.Bots;

/// <summary>What a save did, or would do.</summary>
[GenerateSerializer, Immutable, Alias("followup.BotSaved")]
public sealed record BotSaved
{
    [Id(0)] public required int Version { get; init; }
    [Id(1)] public required Bot Bot { get; init; }

    /// <summary>Pending follow-ups of this bot that the save touches.</summary>
    [Id(2)] public int PendingTouched { get; init; }

    /// <summary>It was new.</summary>
    [Id(3)] public bool Created { get; init; }
}

/// <summary>How a bot is saved.</summary>
[GenerateSerializer, Immutable, Alias("followup.SaveOptions")]
public sealed record SaveOptions
{
    /// <summary>The version the caller saw; null where none was given.</summary>
    [Id(0)] public int? IfMatch { get; init; }

    /// <summary>Check and count, store nothing.</summary>
    [Id(1)] public bool DryRun { get; init; }

    /// <summary>Give dated steps new dates by the new delays.</summary>
    [Id(2)] public bool RedatePending { get; init; }

    [Id(3)] public string? By { get; init; }
}

/// <summary>One row of the bots' list.</summary>
[GenerateSerializer, Immutable, Alias("followup.BotSummary")]
public sealed record BotSummary
{
    [Id(0)] public required string BotId { get; init; }
    [Id(1)] public required string Name { get; init; }
    [Id(2)] public bool Active { get; init; }
    [Id(3)] public BotMode Mode { get; init; }
    [Id(4)] public int Version { get; init; }
}

/// <summary>One save of the past.</summary>
[GenerateSerializer, Immutable, Alias("followup.BotVersion")]
public sealed record BotVersion
{
    [Id(0)] public required int Version { get; init; }
    [Id(1)] public required DateTimeOffset SavedAt { get; init; }
    [Id(2)] public string? By { get; init; }

    /// <summary>Null in lists.</summary>
    [Id(3)] public Bot? Bot { get; init; }
}

/// <summary>Conversations an explicit backlog call covers.</summary>
[GenerateSerializer, Immutable, Alias("followup.Backlog")]
public sealed record Backlog
{
    [Id(0)] public required int Count { get; init; }

    /// <summary>At most 200 of them.</summary>
    [Id(1)] public required IReadOnlyList<string> ConversationIds { get; init; }

    [Id(2)] public bool Preview { get; init; }
}

/// <summary>A bot's versioned settings. Key: <c>workspace|botId</c>.</summary>
[Alias("followup.IBotGrain")]
public interface IBotGrain : IGrainWithStringKey
{
    /// <summary>Saves the whole. Problems: <c>validation</c> with every bad field, stale or missing version.</summary>
    [Alias("Save")]
    Task<Answer<BotSaved>> SaveAsync(Bot bot, SaveOptions options);

    [Alias("Get")]
    Task<Answer<Versioned<Bot>>> GetAsync();

    /// <summary>Deletes it; its conversations stay, and nothing more is sent for it.</summary>
    [Alias("Delete")]
    Task<Answer<bool>> DeleteAsync(int? ifMatch);

    /// <summary>On or off; a new version when it changes.</summary>
    [Alias("SetActive")]
    Task<Answer<BotSaved>> SetActiveAsync(bool active, string? by);

    [Alias("GetVersions")]
    Task<Answer<IReadOnlyList<BotVersion>>> GetVersionsAsync();

    [Alias("GetVersion")]
    Task<Answer<BotVersion>> GetVersionAsync(int version);

    /// <summary>Resumes the plans that expired while the bot was inactive (<c>missedWhileInactive</c>).</summary>
    [Alias("ResumeMissed")]
    Task<Answer<Backlog>> ResumeMissedAsync(bool preview, string? by);

    /// <summary>Chases silence that began before the bot or scenario was on, since an instant.</summary>
    [Alias("Enrol")]
    Task<Answer<Backlog>> EnrolAsync(DateTimeOffset quietSince, bool preview, string? by);
}

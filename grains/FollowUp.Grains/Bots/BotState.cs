using FollowUp.Conversations;

namespace FollowUp.Bots;

/// <summary>A bot's row; its earlier versions have rows of their own.</summary>
public sealed class BotState
{
    public BotSnapshot? Current { get; set; }
    public DateTimeOffset SavedAt { get; set; }
    public string? By { get; set; }

    /// <summary>The last version given, also across a deletion.</summary>
    public int LastVersion { get; set; }

    /// <summary>When each version was saved, the newest 200.</summary>
    public List<BotVersion> Versions { get; set; } = [];
}

/// <summary>One saved version.</summary>
public sealed class BotVersionState
{
    public BotVersion? Version { get; set; }
}

namespace FollowUp.Ports;

/// <summary>A stored state that shows up in the workspace's lists.</summary>
public interface IIndexedState
{
    /// <summary>Stored with the state, for a storage whose index stands beside the state's row: which index rows are this state's. Null where the row itself carries the columns.</summary>
    string? IndexStamp { get; set; }

    /// <summary>Null: in no list.</summary>
    IndexEntry? ToIndexEntry();
}

/// <summary>The columns of a conversation's row that lists filter and sort by. Words are the API's camelCase ones.</summary>
public sealed record IndexEntry
{
    public required string Status { get; init; }
    public string? BotId { get; init; }
    public DateTimeOffset? NextDueAt { get; init; }
    public string? Scenario { get; init; }
    public string? StepState { get; init; }
    public string? Channel { get; init; }
    public required DateTimeOffset LastActivityAt { get; init; }

    /// <summary>A plan expired here while the bot was inactive.</summary>
    public bool Missed { get; init; }

    /// <summary>Lower-case words to search in.</summary>
    public string SearchText { get; init; } = "";
}

/// <summary>How a list is sorted.</summary>
public enum IndexOrder
{
    /// <summary>Pending steps, the next due first.</summary>
    DueAt,

    /// <summary>All, the newest activity first.</summary>
    LastActivity,
}

/// <summary>What a list asks for.</summary>
public sealed record IndexQuery
{
    public required string Workspace { get; init; }
    public required IndexOrder Order { get; init; }
    public string? Status { get; init; }
    public string? BotId { get; init; }
    public string? Scenario { get; init; }
    public string? StepState { get; init; }
    public string? Channel { get; init; }
    public DateTimeOffset? DueAfter { get; init; }
    public DateTimeOffset? DueBefore { get; init; }
    public bool? Missed { get; init; }

    /// <summary>Only those without activity since.</summary>
    public DateTimeOffset? QuietSince { get; init; }

    public string? Search { get; init; }

    /// <summary>1 to 200.</summary>
    public int Limit { get; init; } = 50;

    /// <summary>The last page's <see cref="IndexPage.Next"/>.</summary>
    public string? Cursor { get; init; }
}

/// <summary>One row: its id and the stored document.</summary>
public sealed record IndexHit(string Id, byte[] Payload);

/// <summary>One page of rows.</summary>
public sealed record IndexPage(IReadOnlyList<IndexHit> Items, string? Next);

/// <summary>Lists conversations of a workspace.</summary>
public interface IConversationIndex
{
    /// <exception cref="FormatException">The cursor is none of ours.</exception>
    Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default);
}

using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using FollowUp.Ports;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Rows of the index table. A partition for each workspace; a row of a conversation in the order of activity, and one in the order of due times if something is due.</summary>
internal static class IndexRow
{
    public const string Grain = "Grain";
    public const string State = "State";
    public const string Stamp = "Stamp";
    public const string Search = "Search";

    /// <summary>First characters of the keys, of either order.</summary>
    public const string Activity = "a_";
    public const string Due = "d_";

    /// <summary>Sorts before every character of an id: an id comes before those that begin with it.</summary>
    private const char Separator = '!';

    /// <summary>Of the words to search in; a property holds 32,768.</summary>
    private const int LongestSearch = 10_000;

    public static string PartitionOf(string serviceId, string workspace) => $"{Escape(serviceId)}_{Escape(workspace)}";

    /// <summary>Keys of the rows of a conversation under a stamp.</summary>
    public static IEnumerable<string> KeysOf(string id, IndexStamp stamp)
    {
        yield return $"{ActivityFrom(stamp.ActivityTicks)}{Separator}{Escape(id)}{Separator}{stamp.Nonce}";
        if (stamp.DueTicks is { } due)
        {
            yield return $"{DueFrom(due)}{Separator}{Escape(id)}{Separator}{stamp.Nonce}";
        }
    }

    /// <summary>Where keys of an activity begin, the newest first.</summary>
    public static string ActivityFrom(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{Activity}{DateTimeOffset.MaxValue.UtcTicks - ticks:D19}");

    /// <summary>Where keys of a due time begin, the earliest first.</summary>
    public static string DueFrom(long ticks) => string.Create(CultureInfo.InvariantCulture, $"{Due}{ticks:D19}");

    public static TableEntity Write(string partition, string key, string stateName, GrainId grain, IndexStamp stamp, IndexEntry entry) => new(partition, key)
    {
        [Grain] = grain.ToString(),
        [State] = stateName,
        [Stamp] = stamp.ToString(),
        [nameof(entry.Status)] = entry.Status,
        [nameof(entry.BotId)] = entry.BotId,
        [nameof(entry.Scenario)] = entry.Scenario,
        [nameof(entry.StepState)] = entry.StepState,
        [nameof(entry.Channel)] = entry.Channel,
        [nameof(entry.NextDueAt)] = entry.NextDueAt?.UtcTicks,
        [nameof(entry.LastActivityAt)] = entry.LastActivityAt.UtcTicks,
        [nameof(entry.Missed)] = entry.Missed,
        [Search] = entry.SearchText.Length > LongestSearch ? entry.SearchText[..LongestSearch] : entry.SearchText,
    };

    /// <summary>The filter of one list, from its first row or from after the given key.</summary>
    public static string FilterOf(string serviceId, IndexQuery query, string? after)
    {
        var byDue = query.Order is IndexOrder.DueAt;
        var (from, to) = byDue
            ? (query.DueAfter is { } dueAfter ? DueFrom(dueAfter.UtcTicks) : Due, query.DueBefore is { } dueBefore ? DueFrom(dueBefore.UtcTicks) : $"{Due}~")
            : (query.QuietSince is { } quiet ? ActivityFrom(quiet.UtcTicks - 1) : Activity, $"{Activity}~");
        var filter = new StringBuilder(TableClient.CreateQueryFilter($"PartitionKey eq {PartitionOf(serviceId, query.Workspace)} and RowKey ge {from} and RowKey lt {to}"));
        And(after, $"RowKey gt {after}");
        And(query.Status, $"Status eq {query.Status}");
        And(query.BotId, $"BotId eq {query.BotId}");
        And(query.Scenario, $"Scenario eq {query.Scenario}");
        And(query.StepState, $"StepState eq {query.StepState}");
        And(query.Channel, $"Channel eq {query.Channel}");
        And(query.Missed, $"Missed eq {query.Missed}");
        And(byDue ? null : query.DueAfter, $"NextDueAt ge {query.DueAfter?.UtcTicks}");
        And(byDue ? null : query.DueBefore, $"NextDueAt lt {query.DueBefore?.UtcTicks}");
        And(byDue ? query.QuietSince : null, $"LastActivityAt lt {query.QuietSince?.UtcTicks}");
        return filter.ToString();

        void And(object? value, FormattableString clause)
        {
            if (value is not null)
            {
                filter.Append(" and ").Append(TableClient.CreateQueryFilter(clause));
            }
        }
    }

    // Reversible: what a key must not hold, and what sorts before or is the separator, in hex.
    private static string Escape(string id)
    {
        if (id.All(IsPlain))
        {
            return id;
        }

        var escaped = new StringBuilder(id.Length + 8);
        foreach (var c in id)
        {
            _ = IsPlain(c) ? escaped.Append(c) : escaped.Append(CultureInfo.InvariantCulture, $"={(int)c:X4}");
        }

        return escaped.ToString();
    }

    private static bool IsPlain(char c) => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '~';
}

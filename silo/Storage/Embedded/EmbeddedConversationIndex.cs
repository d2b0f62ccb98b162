using System.Text;
using FollowUp.Ports;
using Microsoft.Data.Sqlite;

namespace FollowUp.Storage.Embedded;

/// <summary>Lists by the indexed columns of the conversations' rows, paged by the last row's sort key.</summary>
public sealed class EmbeddedConversationIndex(EmbeddedDatabase database) : IConversationIndex
{
    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Task.FromResult(database.Read(connection => Query(connection, query)));
    }

    private static IndexPage Query(SqliteConnection connection, IndexQuery query)
    {
        using var command = connection.CreateCommand();
        var (column, direction, after) = query.Order is IndexOrder.DueAt ? ("next_due_at", "ASC", ">") : ("last_activity_at", "DESC", "<");
        var where = new StringBuilder("workspace = $workspace");
        command.Parameters.AddWithValue("$workspace", query.Workspace);
        if (query.Order is IndexOrder.DueAt)
        {
            where.Append(" AND next_due_at IS NOT NULL");
        }

        And(" AND status = $status", "$status", query.Status);
        And(" AND bot_id = $bot", "$bot", query.BotId);
        And(" AND scenario = $scenario", "$scenario", query.Scenario);
        And(" AND step_state = $state", "$state", query.StepState);
        And(" AND channel = $channel", "$channel", query.Channel);
        And(" AND next_due_at >= $dueAfter", "$dueAfter", query.DueAfter?.UtcTicks);
        And(" AND next_due_at < $dueBefore", "$dueBefore", query.DueBefore?.UtcTicks);
        And(" AND missed = $missed", "$missed", query.Missed is { } missed ? missed ? 1 : 0 : null);
        And(" AND last_activity_at < $quiet", "$quiet", query.QuietSince?.UtcTicks);
        And(" AND instr(search_text, $search) > 0", "$search", query.Search?.ToLowerInvariant());
        if (query.Cursor is { } cursor)
        {
            var (sort, key) = ListCursor.Decode(cursor);
            And($" AND ({column} {after} $sort OR ({column} = $sort AND grain_key > $after))", "$sort", sort);
            command.Parameters.AddWithValue("$after", key);
        }

        command.Parameters.AddWithValue("$limit", query.Limit + 1);
#pragma warning disable CA2100 // Built from the constants above; values are parameters.
        command.CommandText = $"SELECT grain_key, payload, {column} FROM grain_state WHERE {where} ORDER BY {column} {direction}, grain_key LIMIT $limit";
#pragma warning restore CA2100
        var hits = new List<IndexHit>();
        string? next = null;
        (long Sort, string Key) last = (0, "");
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (hits.Count == query.Limit)
            {
                next = ListCursor.Encode(last.Sort, last.Key);
                break;
            }

            last = (reader.GetInt64(2), reader.GetString(0));
            hits.Add(new IndexHit(GrainKeys.Parse(last.Key).Id, (byte[])reader.GetValue(1)));
        }

        return new IndexPage(hits, next);

        void And(string clause, string name, object? value)
        {
            if (value is not null)
            {
                where.Append(clause);
                command.Parameters.AddWithValue(name, value);
            }
        }
    }
}

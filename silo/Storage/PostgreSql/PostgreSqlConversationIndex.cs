using System.Text;
using FollowUp.Ports;
using Npgsql;
using NpgsqlTypes;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Lists by the indexed columns of the conversations' rows, paged by the last row's sort key.</summary>
public sealed class PostgreSqlConversationIndex(PostgreSqlDatabase database) : IConversationIndex
{
    public async Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parameters = new List<NpgsqlParameter>();
        var where = new StringBuilder($"workspace = {Parameter(query.Workspace)}");
        var (column, direction, after) = query.Order is IndexOrder.DueAt ? ("next_due_at", "ASC", ">") : ("last_activity_at", "DESC", "<");
        if (query.Order is IndexOrder.DueAt)
        {
            where.Append(" AND next_due_at IS NOT NULL");
        }

        And("status = {0}", query.Status);
        And("bot_id = {0}", query.BotId);
        And("scenario = {0}", query.Scenario);
        And("step_state = {0}", query.StepState);
        And("channel = {0}", query.Channel);
        And("next_due_at >= {0}", query.DueAfter?.UtcDateTime);
        And("next_due_at < {0}", query.DueBefore?.UtcDateTime);
        And("missed = {0}", query.Missed);
        And("last_activity_at < {0}", query.QuietSince?.UtcDateTime);
        And("position({0} in search_text) > 0", query.Search?.ToLowerInvariant().Replace("\0", "", StringComparison.Ordinal));
        if (query.Cursor is { } cursor)
        {
            var (sort, key) = ListCursor.Decode(cursor);
            if (sort < 0 || sort > DateTime.MaxValue.Ticks)
            {
                throw new FormatException("Not a cursor.");
            }

            var at = Parameter(new DateTime(sort, DateTimeKind.Utc));
            where.Append($" AND ({column} {after} {at} OR ({column} = {at} AND grain_key > {Parameter(key)}))");
        }

        var rows = await database.ReadAsync(
            $"SELECT grain_key, payload, {column} FROM followup_state WHERE {where} ORDER BY {column} {direction}, grain_key LIMIT {Parameter(query.Limit + 1)}",
            reader => (Key: reader.GetString(0), Payload: reader.GetFieldValue<byte[]>(1), Sort: reader.GetDateTime(2).Ticks),
            [.. parameters]);
        var hits = rows.Take(query.Limit).Select(row => new IndexHit(GrainKeys.Parse(row.Key).Id, row.Payload)).ToList();
        return new IndexPage(hits, rows.Count > query.Limit ? ListCursor.Encode(rows[query.Limit - 1].Sort, rows[query.Limit - 1].Key) : null);

        void And(string clause, object? value)
        {
            if (value is not null)
            {
                where.Append(" AND ").AppendFormat(null, clause, Parameter(value));
            }
        }

        string Parameter(object value)
        {
            var parameter = new NpgsqlParameter { Value = value };
            if (value is DateTime)
            {
                parameter.NpgsqlDbType = NpgsqlDbType.TimestampTz;
            }

            parameters.Add(parameter);
            return $"${parameters.Count}";
        }
    }
}

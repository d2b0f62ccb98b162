using FollowUp.Ports;
using Npgsql;
using NpgsqlTypes;

namespace FollowUp.Storage.PostgreSql;

/// <summary>A state to store, or (without payload) to delete.</summary>
internal sealed record StateWrite : IGroupedWrite
{
    /// <summary>Type and key.</summary>
    public required (string, string) Row { get; init; }

    /// <summary>The version it was read with; null: there was none.</summary>
    public long? Before { get; init; }

    public byte[]? Payload { get; init; }
    public string? Workspace { get; init; }
    public IndexEntry? Entry { get; init; }

    public int Bytes => Payload?.Length ?? 0;
}

/// <summary>Many states in one round trip and one transaction: at most one statement each for new rows, changed rows and deleted rows. A row that is not answered had another version.</summary>
internal static class StateBatch
{
    private const string Columns = "payload, workspace, status, bot_id, next_due_at, scenario, step_state, channel, last_activity_at, missed, search_text";

    private const string Rows = $"unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14) AS n (grain_type, grain_key, version, {Columns})";

    private const string Insert = $"""
        INSERT INTO followup_state (grain_type, grain_key, version, {Columns}) SELECT * FROM {Rows}
        ON CONFLICT DO NOTHING RETURNING grain_type, grain_key, version
        """;

    private const string Update = $"""
        UPDATE followup_state AS s SET version = s.version + 1, payload = n.payload, workspace = n.workspace, status = n.status, bot_id = n.bot_id,
            next_due_at = n.next_due_at, scenario = n.scenario, step_state = n.step_state, channel = n.channel, last_activity_at = n.last_activity_at,
            missed = n.missed, search_text = n.search_text
        FROM {Rows}
        WHERE s.grain_type = n.grain_type AND s.grain_key = n.grain_key AND s.version = n.version
        RETURNING s.grain_type, s.grain_key, s.version
        """;

    private const string Delete = """
        DELETE FROM followup_state AS s USING unnest($1, $2, $3) AS n (grain_type, grain_key, version)
        WHERE s.grain_type = n.grain_type AND s.grain_key = n.grain_key AND s.version = n.version
        RETURNING s.grain_type, s.grain_key, s.version
        """;

    /// <summary>The new versions (a deleted row's old one), in the order of the writes; 0: another write came before.</summary>
    public static async Task<IReadOnlyList<long>> WriteAsync(PostgreSqlDatabase database, IReadOnlyList<StateWrite> writes)
    {
        await using var batch = database.Writes.CreateBatch();
        Add(batch, Insert, [.. writes.Where(write => write is { Payload: not null, Before: null })]);
        Add(batch, Update, [.. writes.Where(write => write is { Payload: not null, Before: not null })]);
        Add(batch, Delete, [.. writes.Where(write => write.Payload is null)]);
        var stored = new Dictionary<(string, string), long>(writes.Count);
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
            {
                while (await reader.ReadAsync())
                {
                    stored[(reader.GetString(0), reader.GetString(1))] = reader.GetInt64(2);
                }
            }
            while (await reader.NextResultAsync());
        }

        return [.. writes.Select(write => stored.GetValueOrDefault(write.Row))];
    }

    private static void Add(NpgsqlBatch batch, string sql, List<StateWrite> writes)
    {
        if (writes.Count == 0)
        {
            return;
        }

#pragma warning disable CA2100 // The constants above; values are parameters.
        var command = new NpgsqlBatchCommand(sql);
#pragma warning restore CA2100
        void Column<T>(NpgsqlDbType type, Func<StateWrite, T> value) =>
            command.Parameters.Add(new NpgsqlParameter<T[]> { TypedValue = [.. writes.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type });
        Column(NpgsqlDbType.Text, write => write.Row.Item1);
        Column(NpgsqlDbType.Text, write => write.Row.Item2);
        Column(NpgsqlDbType.Bigint, write => write.Before ?? Random.Shared.NextInt64(1, 1L << 62));
        if (writes[0].Payload is not null)
        {
            Column(NpgsqlDbType.Bytea, write => write.Payload!);
            Column(NpgsqlDbType.Text, write => write.Workspace);
            Column(NpgsqlDbType.Text, write => write.Entry?.Status);
            Column(NpgsqlDbType.Text, write => write.Entry?.BotId);
            Column(NpgsqlDbType.TimestampTz, write => write.Entry?.NextDueAt?.UtcDateTime);
            Column(NpgsqlDbType.Text, write => write.Entry?.Scenario);
            Column(NpgsqlDbType.Text, write => write.Entry?.StepState);
            Column(NpgsqlDbType.Text, write => write.Entry?.Channel);
            Column(NpgsqlDbType.TimestampTz, write => write.Entry?.LastActivityAt.UtcDateTime);
            Column(NpgsqlDbType.Boolean, write => write.Entry?.Missed);
            Column(NpgsqlDbType.Text, write => write.Entry?.SearchText);
        }

        batch.BatchCommands.Add(command);
    }
}

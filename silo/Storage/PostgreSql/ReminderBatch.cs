using Npgsql;
using NpgsqlTypes;

namespace FollowUp.Storage.PostgreSql;

/// <summary>A reminder to put, or one to remove if it still has its version.</summary>
internal sealed record ReminderWrite : IGroupedWrite
{
    /// <summary>Grain and name.</summary>
    public required (string, string) Row { get; init; }

    public long Hash { get; init; }
    public DateTime StartAt { get; init; }
    public TimeSpan Period { get; init; }

    /// <summary>The version to remove; null: put.</summary>
    public long? Remove { get; init; }

    public int Bytes => 0;
}

/// <summary>Many reminders in one round trip and one transaction. Every put has a version of its own, so that a stale handle removes nothing.</summary>
internal static class ReminderBatch
{
    private const string Put = """
        INSERT INTO followup_reminder (grain_id, name, hash, start_at, period, version) SELECT * FROM unnest($1, $2, $3, $4, $5, $6)
        ON CONFLICT (grain_id, name) DO UPDATE SET start_at = excluded.start_at, period = excluded.period, version = excluded.version
        RETURNING grain_id, name, version
        """;

    private const string Remove = """
        DELETE FROM followup_reminder AS r USING unnest($1, $2, $3) AS n (grain_id, name, version)
        WHERE r.grain_id = n.grain_id AND r.name = n.name AND r.version = n.version
        RETURNING r.grain_id, r.name, r.version
        """;

    /// <summary>The versions put or removed, in the order of the writes; 0: nothing was removed.</summary>
    public static async Task<IReadOnlyList<long>> WriteAsync(PostgreSqlDatabase database, IReadOnlyList<ReminderWrite> writes)
    {
        await using var batch = database.Writes.CreateBatch();
        AddPuts(batch, [.. writes.Where(write => write.Remove is null)]);
        AddRemoves(batch, [.. writes.Where(write => write.Remove is not null)]);
        var done = new Dictionary<(string, string), long>(writes.Count);
        await using (var reader = await batch.ExecuteReaderAsync())
        {
            do
            {
                while (await reader.ReadAsync())
                {
                    done[(reader.GetString(0), reader.GetString(1))] = reader.GetInt64(2);
                }
            }
            while (await reader.NextResultAsync());
        }

        return [.. writes.Select(write => done.GetValueOrDefault(write.Row))];
    }

    private static void AddPuts(NpgsqlBatch batch, List<ReminderWrite> puts)
    {
        if (puts.Count > 0)
        {
            var command = new NpgsqlBatchCommand(Put);
            AddRows(command, puts);
            command.Parameters.Add(Array(NpgsqlDbType.Bigint, puts, write => write.Hash));
            command.Parameters.Add(Array(NpgsqlDbType.TimestampTz, puts, write => write.StartAt));
            command.Parameters.Add(Array(NpgsqlDbType.Interval, puts, write => write.Period));
            command.Parameters.Add(Array(NpgsqlDbType.Bigint, puts, _ => Random.Shared.NextInt64(1, long.MaxValue)));
            batch.BatchCommands.Add(command);
        }
    }

    private static void AddRemoves(NpgsqlBatch batch, List<ReminderWrite> removes)
    {
        if (removes.Count > 0)
        {
            var command = new NpgsqlBatchCommand(Remove);
            AddRows(command, removes);
            command.Parameters.Add(Array(NpgsqlDbType.Bigint, removes, write => write.Remove!.Value));
            batch.BatchCommands.Add(command);
        }
    }

    private static void AddRows(NpgsqlBatchCommand command, List<ReminderWrite> writes)
    {
        command.Parameters.Add(Array(NpgsqlDbType.Text, writes, write => write.Row.Item1));
        command.Parameters.Add(Array(NpgsqlDbType.Text, writes, write => write.Row.Item2));
    }

    private static NpgsqlParameter<T[]> Array<T>(NpgsqlDbType type, List<ReminderWrite> writes, Func<ReminderWrite, T> value) =>
        new() { TypedValue = [.. writes.Select(value)], NpgsqlDbType = NpgsqlDbType.Array | type };
}

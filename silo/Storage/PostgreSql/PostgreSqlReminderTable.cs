using Microsoft.Extensions.Options;
using Npgsql;
using NpgsqlTypes;
using Orleans.Reminders;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Reminders in PostgreSQL, group-committed. A range read returns only what can fall due inside the loading window (docs/decisions/reminder-window.md).</summary>
public sealed class PostgreSqlReminderTable : IReminderTable, IAsyncDisposable
{
    /// <summary>Batches under way at the same time.</summary>
    private const int Loops = 2;

    private const string Columns = "SELECT grain_id, name, start_at, period, version FROM followup_reminder";

    private readonly PostgreSqlDatabase database;
    private readonly ReminderOptions options;
    private readonly TimeProvider clock;
    private readonly GroupCommit<ReminderWrite, long> writes;

    public PostgreSqlReminderTable(PostgreSqlDatabase database, IOptions<ReminderOptions> options, [FromKeyedServices(ReminderTimeProviderNames.Reminders)] TimeProvider clock)
    {
        ArgumentNullException.ThrowIfNull(options);
        this.database = database;
        this.options = options.Value;
        this.clock = clock;
        writes = new GroupCommit<ReminderWrite, long>(batch => ReminderBatch.WriteAsync(database, batch), PostgreSqlDatabase.TouchesOneRow, Loops);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) => QueryAsync($"{Columns} WHERE grain_id = $1", new NpgsqlParameter { Value = grainId.ToString() });

    // A row that enters the window later is found by the refresh before it is due: the window is at least one refresh period.
    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var soon = clock.GetUtcNow().UtcDateTime + options.ReminderLoadingWindow + options.RefreshReminderListPeriod;
        var range = begin < end ? "hash > $2 AND hash <= $3" : "(hash > $2 OR hash <= $3)";
        return QueryAsync(
            $"{Columns} WHERE start_at < $1 AND {range}",
            new NpgsqlParameter { Value = soon, NpgsqlDbType = NpgsqlDbType.TimestampTz },
            new NpgsqlParameter { Value = (long)begin },
            new NpgsqlParameter { Value = (long)end });
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        (await QueryAsync($"{Columns} WHERE grain_id = $1 AND name = $2", new NpgsqlParameter { Value = grainId.ToString() }, new NpgsqlParameter { Value = reminderName })).Reminders.FirstOrDefault();

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var version = await writes.WriteAsync(new ReminderWrite
        {
            Row = (entry.GrainId.ToString(), entry.ReminderName),
            Hash = entry.GrainId.GetUniformHashCode(),
            StartAt = DateTime.SpecifyKind(entry.StartAt, DateTimeKind.Utc),
            Period = entry.Period,
        });
        entry.ETag = version.ToString();
        return entry.ETag;
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        long.TryParse(eTag, out var version) && await writes.WriteAsync(new ReminderWrite { Row = (grainId.ToString(), reminderName), Remove = version }) > 0;

    public async Task TestOnlyClearTable()
    {
        await using var command = database.Writes.CreateCommand("DELETE FROM followup_reminder");
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => writes.DisposeAsync();

    private async Task<ReminderTableData> QueryAsync(string sql, params NpgsqlParameter[] parameters) =>
        new(await database.ReadAsync(
            sql,
            reader => new ReminderEntry
            {
                GrainId = GrainId.Parse(reader.GetString(0)),
                ReminderName = reader.GetString(1),
                StartAt = reader.GetDateTime(2),
                Period = reader.GetTimeSpan(3),
                ETag = reader.GetInt64(4).ToString(),
            },
            parameters));
}

using Microsoft.Extensions.Options;
using Orleans.Reminders;

namespace FollowUp.Storage.Embedded;

/// <summary>Reminders in SQLite, group-committed. A range read returns only what can fall due inside the loading window (docs/decisions/reminder-window.md).</summary>
public sealed class EmbeddedReminderTable(EmbeddedDatabase database, IOptions<ReminderOptions> options, [FromKeyedServices(ReminderTimeProviderNames.Reminders)] TimeProvider clock) : IReminderTable
{
    private const string Columns = "SELECT grain_id, name, start_at, period, version FROM reminder";

    public Task StartAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(Query($"{Columns} WHERE grain_id = $grain", ("$grain", grainId.ToString())));

    // A row that enters the window later is found by the refresh before it is due: the window is at least one refresh period.
    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var soon = clock.GetUtcNow().UtcDateTime + options.Value.ReminderLoadingWindow + options.Value.RefreshReminderListPeriod;
        var range = begin < end ? "hash > $begin AND hash <= $end" : "(hash > $begin OR hash <= $end)";
        return Task.FromResult(Query($"{Columns} WHERE start_at < $soon AND {range}", ("$soon", soon.Ticks), ("$begin", (long)begin), ("$end", (long)end)));
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(Query($"{Columns} WHERE grain_id = $grain AND name = $name", ("$grain", grainId.ToString()), ("$name", reminderName)).Reminders.FirstOrDefault());

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);

        // A version of its own for every put: a stale handle must not remove a reminder that was made again.
        var version = Random.Shared.NextInt64(1, long.MaxValue);
        await database.WriteAsync(statements => statements.Execute(
            """
            INSERT INTO reminder (grain_id, name, hash, start_at, period, version) VALUES ($grain, $name, $hash, $start, $period, $version)
            ON CONFLICT DO UPDATE SET start_at = excluded.start_at, period = excluded.period, version = excluded.version
            """,
            ("$grain", entry.GrainId.ToString()), ("$name", entry.ReminderName), ("$hash", (long)entry.GrainId.GetUniformHashCode()), ("$start", entry.StartAt.Ticks), ("$period", entry.Period.Ticks), ("$version", version)));
        entry.ETag = version.ToString();
        return entry.ETag;
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) =>
        database.WriteAsync(statements => statements.Execute(
            "DELETE FROM reminder WHERE grain_id = $grain AND name = $name AND version = $version",
            ("$grain", grainId.ToString()), ("$name", reminderName), ("$version", long.TryParse(eTag, out var version) ? version : -1)) > 0);

    public Task TestOnlyClearTable() => database.WriteAsync(statements => statements.Execute("DELETE FROM reminder"));

    private ReminderTableData Query(string sql, params (string Name, object Value)[] parameters) => database.Read(connection =>
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Built from constants; values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        var rows = new List<ReminderEntry>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            rows.Add(new ReminderEntry
            {
                GrainId = GrainId.Parse(reader.GetString(0)),
                ReminderName = reader.GetString(1),
                StartAt = new DateTime(reader.GetInt64(2), DateTimeKind.Utc),
                Period = new TimeSpan(reader.GetInt64(3)),
                ETag = reader.GetInt64(4).ToString(),
            });
        }

        return new ReminderTableData(rows);
    });
}

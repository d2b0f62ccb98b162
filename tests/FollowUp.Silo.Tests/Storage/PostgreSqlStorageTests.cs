using FollowUp.Hosting;
using FollowUp.Ports;
using FollowUp.Storage.PostgreSql;
using FollowUp.Testing;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>What is PostgreSQL's own.</summary>
public sealed class PostgreSqlStorageTests(PostgreSqlServer server) : IAsyncDisposable
{
    private readonly Opened opened = new(server);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => opened.DisposeAsync();

    [Fact]
    public async Task Silos_that_start_at_once_make_the_tables_once_and_a_database_has_one_service()
    {
        await using var database = new PostgreSqlDatabase(await server.NewDatabaseAsync());
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgreSqlSchema.ApplyAsync(database.Writes, "followup", Token)));
        await PostgreSqlSchema.ApplyAsync(database.Writes, "followup", Token);
        var wrong = await Assert.ThrowsAsync<InvalidSettingsException>(() => PostgreSqlSchema.ApplyAsync(database.Writes, "other", Token));
        Assert.Contains("Cluster:ServiceId 'followup'", wrong.Message, StringComparison.Ordinal);
        await ExecuteAsync(database, "UPDATE followup_schema SET version = 99");
        await Assert.ThrowsAsync<InvalidSettingsException>(() => PostgreSqlSchema.ApplyAsync(database.Writes, "followup", Token));
    }

    [Theory]
    [InlineData("DefaultEndpointsProtocol=https;AccountName=x")]
    [InlineData("Database=followup")]
    [InlineData("nonsense")]
    public void A_connection_string_of_something_else_is_named(string connectionString) =>
        Assert.Contains("ConnectionStrings:FollowUp", Assert.Throws<InvalidSettingsException>(() => new PostgreSqlDatabase(connectionString)).Message, StringComparison.Ordinal);

    [Fact]
    public async Task Writes_that_wait_together_are_committed_together_and_each_has_its_own_result()
    {
        var database = await opened.OpenAsync();
        var storage = opened.Closing(new PostgreSqlGrainStorage(database));
        var states = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(async i =>
        {
            var state = new GrainState<Note>(new Note { Text = $"{i}" });
            await storage.WriteStateAsync("note", GrainId.Create("note", $"k{i}"), state);
            return state;
        }));

        // Every tenth knows an old version: it alone is refused. Every hundredth is written twice at once: one of the two wins.
        var before = await CommitsAsync(database);
        var refused = 0;
        await Task.WhenAll(states.SelectMany((state, i) => Enumerable.Repeat(state, i % 100 == 0 ? 2 : 1).Select(async known =>
        {
            var grain = GrainId.Create("note", $"k{i}");
            var mine = new GrainState<Note>(new Note { Text = $"again {i}" }) { ETag = i % 10 == 1 ? "1" : known.ETag, RecordExists = true };
            try
            {
                await storage.WriteStateAsync("note", grain, mine);
            }
            catch (InconsistentStateException)
            {
                Interlocked.Increment(ref refused);
            }
        })));
        Assert.Equal(110, refused);
        var commits = await CommitsAsync(database) - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"writes=1010 commits={commits}");
        Assert.InRange(commits, 1, 101);
        for (var i = 0; i < 1_000; i += 37)
        {
            Assert.Equal(i % 10 == 1 ? $"{i}" : $"again {i}", (await storage.ReadBackAsync<Note>(GrainId.Create("note", $"k{i}"))).State!.Text);
        }
    }

    [Fact]
    public async Task What_cannot_be_stored_fails_alone()
    {
        var storage = opened.Closing(new PostgreSqlGrainStorage(await opened.OpenAsync()));
        var results = await Task.WhenAll(Enumerable.Range(0, 50).Select(async i =>
        {
            // NUL is no text to PostgreSQL.
            var state = new GrainState<Note>(new Note { Text = "fine" });
            try
            {
                await storage.WriteStateAsync(i == 25 ? "no\0te" : "note", GrainId.Create("note", $"k{i}"), state);
                return true;
            }
            catch (PostgresException)
            {
                return false;
            }
        }));
        Assert.Equal([25], results.Index().Where(result => !result.Item).Select(result => result.Index));
        Assert.True(storage.IsWritable);
    }

    [Fact]
    public async Task Words_of_any_kind_can_be_searched_in()
    {
        var database = await opened.OpenAsync();
        var storage = opened.Closing(new PostgreSqlGrainStorage(database));
        await storage.WriteStateAsync("conversation", GrainId.Create("conversation", "w|c"), new GrainState<Listed>(new Listed { Entry = new IndexEntry { Status = "idle", LastActivityAt = DateTimeOffset.UtcNow, SearchText = "a\0b \ud83d c" } }));
        Assert.Single((await new PostgreSqlConversationIndex(database).QueryAsync(new IndexQuery { Workspace = "w", Order = IndexOrder.LastActivity, Search = "AB" }, Token)).Items);
    }

    [Fact]
    public async Task A_row_made_again_is_not_what_a_stale_writer_knew()
    {
        var storage = opened.Closing(new PostgreSqlGrainStorage(await opened.OpenAsync()));
        var grain = Some.Grain();
        var first = new GrainState<Note>(new Note());
        await storage.WriteStateAsync("note", grain, first);
        var stale = await storage.ReadBackAsync<Note>(grain);
        await storage.ClearStateAsync("note", grain, first);
        await storage.WriteStateAsync("note", grain, first);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", grain, stale));
    }

    [Fact]
    public async Task A_lost_connection_fails_its_callers_and_the_next_write_goes_through()
    {
        var database = await opened.OpenAsync();
        var storage = opened.Closing(new PostgreSqlGrainStorage(database));
        var state = new GrainState<Note>(new Note());
        var grain = Some.Grain();
        await storage.WriteStateAsync("note", grain, state);
        await using (var admin = new NpgsqlConnection(opened.ConnectionString))
        {
            await admin.OpenAsync(Token);
            await using var cut = new NpgsqlCommand("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()", admin);
            Assert.True((long)(await cut.ExecuteScalarAsync(Token))! > 0);
        }

        await Assert.ThrowsAnyAsync<NpgsqlException>(() => storage.WriteStateAsync("note", grain, state));
        Assert.False(storage.IsWritable);
        var read = await storage.ReadBackAsync<Note>(grain);
        await storage.WriteStateAsync("note", grain, read);
        Assert.True(storage.IsWritable);
    }

    [Fact]
    public async Task A_refresh_among_many_pending_reads_by_the_due_index()
    {
        var database = await opened.OpenAsync();
        await ExecuteAsync(database, """
            INSERT INTO followup_reminder SELECT 'conversation/' || i, 'next', (i::bigint * 7919) % 4294967296, now() + (i || ' minutes')::interval, '1 minute', i FROM generate_series(1, 50000) AS i;
            ANALYZE followup_reminder
            """);
        var plan = string.Join('\n', await database.ReadAsync(
            "EXPLAIN SELECT grain_id, name, start_at, period, version FROM followup_reminder WHERE start_at < now() + interval '15 minutes' AND hash > 10 AND hash <= 4000000000", reader => reader.GetString(0)));
        Assert.Contains("followup_reminder_start", plan, StringComparison.Ordinal);
        var table = opened.Closing(new PostgreSqlReminderTable(database, Options.Create(new ReminderOptions()), TimeProvider.System));
        Assert.InRange((await table.ReadRows(0, 0)).Reminders.Count, 13, 15);
    }

    private static async Task<long> CommitsAsync(PostgreSqlDatabase database) =>
        (await database.ReadAsync("SELECT pg_current_xact_id()::text::bigint", reader => reader.GetInt64(0)))[0];

    private static async Task ExecuteAsync(PostgreSqlDatabase database, string sql)
    {
#pragma warning disable CA2100 // The tests' own statements.
        await using var command = database.Writes.CreateCommand(sql);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(Token);
    }
}

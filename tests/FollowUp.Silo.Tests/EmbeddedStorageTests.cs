using System.Text.Json;
using FollowUp.Ports;
using FollowUp.Storage.Embedded;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Silo;

public sealed class EmbeddedStorageTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("followup-storage-").FullName;
    private EmbeddedDatabase database = null!;

    private EmbeddedGrainStorage Storage => new(database);

    public ValueTask InitializeAsync()
    {
        database = Open();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("default|plain", 10)]
    [InlineData("default|bot/conv #1?", 1_000)]
    [InlineData("wörk|ünïcode ✓", 900_000)]
    public async Task A_state_is_read_back_as_it_was_written(string key, int size)
    {
        var written = new GrainState<Note> { State = new Note { Text = new string('x', size), Flag = false } };
        await Storage.WriteStateAsync("note", Id(key), written);
        var read = new GrainState<Note>();
        await Storage.ReadStateAsync("note", Id(key), read);
        Assert.Equal((written.State!.Text, false, "1", true), (read.State!.Text, read.State.Flag, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task A_stale_writer_loses_and_may_read_again()
    {
        var one = new GrainState<Note> { State = new Note { Text = "one" } };
        await Storage.WriteStateAsync("note", Id("k"), one);
        var two = new GrainState<Note>();
        await Storage.ReadStateAsync("note", Id("k"), two);
        await Storage.WriteStateAsync("note", Id("k"), one);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("note", Id("k"), two));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync("note", Id("k"), new GrainState<Note> { State = new Note() }));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync("note", Id("k"), two));
        await Storage.ReadStateAsync("note", Id("k"), two);
        await Storage.ClearStateAsync("note", Id("k"), two);
        Assert.False(two.RecordExists);
    }

    [Fact]
    public async Task Writers_that_wait_together_are_all_answered_and_all_durable()
    {
        await Parallel.ForEachAsync(Enumerable.Range(0, 2_000), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (i, _) =>
            await Storage.WriteStateAsync("note", Id($"k{i}"), new GrainState<Note> { State = new Note { Text = $"{i}" } }));
        await database.DisposeAsync();
        database = Open();
        for (var i = 0; i < 2_000; i += 97)
        {
            var read = new GrainState<Note>();
            await Storage.ReadStateAsync("note", Id($"k{i}"), read);
            Assert.Equal($"{i}", read.State!.Text);
        }
    }

    [Fact]
    public async Task A_list_of_equal_keys_is_paged_without_gap_or_double()
    {
        var at = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        for (var i = 0; i < 1_050; i++)
        {
            await Storage.WriteStateAsync("conversation", Id($"default|c{i:D4}"), new GrainState<Listed> { State = new Listed { Entry = new IndexEntry { Status = "idle", LastActivityAt = at, NextDueAt = at.AddMinutes(i / 100), BotId = i % 2 == 0 ? "even" : "odd" } } });
        }

        await Storage.WriteStateAsync("conversation", Id("other|c"), new GrainState<Listed> { State = new Listed { Entry = new IndexEntry { Status = "idle", LastActivityAt = at, NextDueAt = at } } });
        var index = new EmbeddedConversationIndex(database);
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await index.QueryAsync(new IndexQuery { Workspace = "default", Order = IndexOrder.DueAt, Limit = 200, Cursor = cursor });
            seen.AddRange(page.Items.Select(hit => hit.Id));
            cursor = page.Next;
        }
        while (cursor is not null);
        Assert.Equal(Enumerable.Range(0, 1_050).Select(i => $"c{i:D4}"), seen);
        Assert.Equal(5, (await index.QueryAsync(new IndexQuery { Workspace = "default", Order = IndexOrder.LastActivity, BotId = "odd", Limit = 5 })).Items.Count);
        await Assert.ThrowsAsync<FormatException>(() => index.QueryAsync(new IndexQuery { Workspace = "default", Order = IndexOrder.DueAt, Cursor = "made up" }));
    }

    [Fact]
    public async Task Reminders_of_a_range_are_those_that_can_fall_due_soon()
    {
        var now = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
        var clock = new FakeTimeProvider(now);
        var table = new EmbeddedReminderTable(database, Options.Create(new Orleans.Hosting.ReminderOptions()), clock);
        async Task<string?> PutAsync(string key, TimeSpan due) =>
            await table.UpsertRow(new ReminderEntry { GrainId = Id(key), ReminderName = "next", StartAt = (now + due).UtcDateTime, Period = TimeSpan.FromMinutes(1) });
        async Task<int> SeenAsync() => (await table.ReadRows(0, 0)).Reminders.Count;

        await PutAsync("past", TimeSpan.FromDays(-3));
        var soon = await PutAsync("soon", TimeSpan.FromMinutes(4));
        await PutAsync("later", TimeSpan.FromHours(5));
        Assert.Equal(2, await SeenAsync());

        // It enters the window as its time comes near, leaves it when put off, and is gone when taken away.
        clock.Advance(TimeSpan.FromHours(5) - TimeSpan.FromMinutes(12));
        Assert.Equal(3, await SeenAsync());
        await PutAsync("later", TimeSpan.FromDays(30));
        Assert.Equal(2, await SeenAsync());
        Assert.False(await table.RemoveRow(Id("soon"), "next", "99"));
        Assert.True(await table.RemoveRow(Id("soon"), "next", soon!));
        Assert.Equal(1, await SeenAsync());
        Assert.NotNull(await table.ReadRow(Id("later"), "next"));

        // Every place of the ring belongs to one of two halves.
        var middle = uint.MaxValue / 2;
        Assert.Equal(1, (await table.ReadRows(0, middle)).Reminders.Count + (await table.ReadRows(middle, 0)).Reminders.Count);
    }

    [Fact]
    public void The_stored_form_keeps_what_differs_from_the_initial_value()
    {
        var json = JsonSerializer.Serialize(new Note { Text = "x", Flag = false }, StateJson.Options);
        Assert.False(JsonSerializer.Deserialize<Note>(json, StateJson.Options)!.Flag);
        Assert.True(JsonSerializer.Deserialize<Note>("{}", StateJson.Options)!.Flag);
    }

    private static GrainId Id(string key) => GrainId.Create("conversation", key);

    private EmbeddedDatabase Open() => new(Options.Create(new EmbeddedStorageOptions { Path = folder }));

    public sealed class Note
    {
        public string Text { get; init; } = "";
        public bool Flag { get; init; } = true;
    }

    public sealed class Listed : IIndexedState
    {
        public IndexEntry? Entry { get; set; }

        public string? IndexStamp { get; set; }

        public IndexEntry? ToIndexEntry() => Entry;
    }
}

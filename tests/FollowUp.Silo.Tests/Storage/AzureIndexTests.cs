using Azure.Data.Tables;
using FollowUp.Ports;
using FollowUp.Storage.AzureStorage;
using FollowUp.Testing;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>A silo may die at any moment between the rows of the index and the document: no entry is lost, none is shown that is not the document's.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureIndexTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly string workspace = $"w{Guid.NewGuid():n}";
    private readonly AzureProviders providers;
    private readonly FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
    private AzureIndexTable table = null!;
    private BreakingStorage documents = null!;

    public AzureIndexTests(Azurite azurite) => providers = new AzureProviders(azurite, serviceId: "svc-index");

    private GrainId Grain => GrainId.Create("conversation", GrainKeys.Of(workspace, "c"));

    private AzureIndexedGrainStorage Storage => new(documents, table);

    public async ValueTask InitializeAsync()
    {
        documents = new BreakingStorage(await providers.TableStorageAsync());
        table = providers.Index();
    }

    public async ValueTask DisposeAsync()
    {
        await table.DisposeAsync();
        await providers.DisposeAsync();
    }

    [Fact]
    public async Task Dying_before_the_document_shows_what_was_before()
    {
        var state = await WriteAsync("idle", 1);
        documents.Break = Fault.BeforeWrite;
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("planned", 2, state));
        Assert.Equal(["idle"], await ShownAsync());
        Assert.Equal(1, documents.Broken);
        Assert.Equal(3, (await RowsAsync()).Count); // two of the write that never was, by activity and by due time; one of before, without a due time

        // Who comes after it starts from what is stored.
        await WriteAsync("closed", 3, await ReadAsync());
        Assert.Equal(["closed"], await ShownAsync());
    }

    [Fact]
    public async Task Dying_before_the_first_document_shows_nothing()
    {
        documents.Break = Fault.BeforeWrite;
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("idle", 1));
        Assert.Empty(await ShownAsync());
        Assert.Equal(1, documents.Broken);
    }

    [Fact]
    public async Task An_answer_that_is_lost_loses_no_entry()
    {
        var state = await WriteAsync("idle", 1);
        documents.Break = Fault.AfterWrite;
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("planned", 2, state));
        Assert.Equal(["planned"], await ShownAsync());
        Assert.Equal(1, documents.Broken);
        await WriteAsync("closed", 3, await ReadAsync());
        Assert.Equal(["closed"], await ShownAsync());
    }

    // The client tries again by itself: the first try was stored, the second finds a newer etag, and what was stored looks like a conflict.
    [Fact]
    public async Task A_conflict_with_ones_own_write_loses_no_entry()
    {
        var state = await WriteAsync("idle", 1);
        documents.Break = Fault.ConflictAfterWrite;
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync("planned", 2, state));
        Assert.Equal(["planned"], await ShownAsync());
        Assert.Equal(1, documents.Broken);
    }

    [Fact]
    public async Task Outdated_rows_are_deleted_at_once_or_by_a_reader_an_hour_later()
    {
        var state = await WriteAsync("idle", 1);
        await WriteAsync("planned", 2, state);
        await UntilAsync(async () => (await RowsAsync()).Count == 2);

        documents.Break = Fault.BeforeWrite;
        await Assert.ThrowsAsync<IOException>(() => WriteAsync("closed", 4, state));
        Assert.Equal(4, (await RowsAsync()).Count);
        await ShownAsync();
        Assert.Equal(4, (await RowsAsync()).Count);
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.Equal(["planned"], await ShownAsync());
        await UntilAsync(async () => (await RowsAsync()).All(row => row.GetString("Status") == "planned" || row.RowKey.StartsWith("d_", StringComparison.Ordinal)));
        Assert.Equal(["planned"], await ShownAsync());
    }

    [Fact]
    public async Task Columns_that_stay_cost_no_row()
    {
        var state = await WriteAsync("planned", 2);
        var before = (await RowsAsync()).Select(row => row.RowKey).ToList();
        state.State!.Text = "changed";
        await WriteAsync("planned", 2, state);
        Assert.Equal(before, (await RowsAsync()).Select(row => row.RowKey));
        Assert.Equal(["planned"], await ShownAsync());
    }

    [Fact]
    public async Task Conversations_that_move_while_a_list_is_read_are_not_missed()
    {
        const int Conversations = 40;
        var states = new GrainState<Listed>[Conversations];
        for (var i = 0; i < Conversations; i++)
        {
            states[i] = await WriteAsync("idle", i, id: $"c{i:D2}");
        }

        // Each is written while its list is being read, after the rows were found and before its document is looked at.
        var moved = 0;
        documents.BeforeRead = async () =>
        {
            if (Interlocked.Increment(ref moved) <= Conversations)
            {
                await WriteAsync("idle", Conversations + moved, states[moved - 1], $"c{moved - 1:D2}");
            }
        };
        var page = await new AzureConversationIndex(documents, table, clock).QueryAsync(new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, Limit = 200 });
        Assert.True(moved >= Conversations, $"Only {moved} moved.");
        Assert.Equal(Enumerable.Range(0, Conversations).Select(i => $"c{i:D2}"), page.Items.Select(hit => hit.Id).Order(StringComparer.Ordinal));
    }

    private async Task<GrainState<Listed>> WriteAsync(string status, int minute, GrainState<Listed>? state = null, string id = "c")
    {
        state ??= new GrainState<Listed>(new Listed());
        state.State!.Entry = new IndexEntry { Status = status, LastActivityAt = Noon.AddMinutes(minute), NextDueAt = minute % 2 == 0 ? Noon.AddHours(minute) : null };
        await Storage.WriteStateAsync("conversation", GrainId.Create("conversation", GrainKeys.Of(workspace, id)), state);
        return state;
    }

    private async Task<GrainState<Listed>> ReadAsync()
    {
        var state = new GrainState<Listed>(new Listed());
        await Storage.ReadStateAsync("conversation", Grain, state);
        return state;
    }

    // The status under which the one conversation is listed, by its rows.
    private async Task<string[]> ShownAsync()
    {
        var shown = new List<string>();
        foreach (var status in new[] { "idle", "planned", "closed" })
        {
            var page = await new AzureConversationIndex(documents, table, clock).QueryAsync(new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, Status = status });
            shown.AddRange(page.Items.Select(_ => status));
        }

        return [.. shown];
    }

    private async Task<List<TableEntity>> RowsAsync()
    {
        var rows = new List<TableEntity>();
        await foreach (var row in providers.Account.Tables.GetTableClient(AzureIndexTable.TableName).QueryAsync<TableEntity>($"PartitionKey eq 'svc-index_{workspace}'"))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            await timer.WaitForNextTickAsync(deadline.Token);
        }
    }

    private enum Fault
    {
        None,
        BeforeWrite,
        AfterWrite,
        ConflictAfterWrite,
    }

    /// <summary>Breaks one write.</summary>
    private sealed class BreakingStorage(IGrainStorage inner) : IGrainStorage
    {
        public Fault Break { get; set; }

        public int Broken { get; private set; }

        public Func<Task>? BeforeRead { get; set; }

        public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            if (BeforeRead is { } act)
            {
                await act();
            }

            await inner.ReadStateAsync(stateName, grainId, grainState);
        }

        public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            var fault = Break;
            Break = Fault.None;
            Broken += fault is Fault.None ? 0 : 1;
            if (fault is Fault.BeforeWrite)
            {
                throw new IOException("The silo died.");
            }

            var before = grainState.ETag;
            await inner.WriteStateAsync(stateName, grainId, grainState);
            if (fault is not Fault.None)
            {
                grainState.ETag = before;
                throw fault is Fault.AfterWrite ? new IOException("The answer was lost.") : new InconsistentStateException("Another write came first.", "newer", before);
            }
        }

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
    }
}

using System.Text.Json;
using FollowUp.Ports;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>What lists rely on: a document that was stored is in its lists from then on, with its newest content, once.</summary>
public abstract class ConversationIndexConformance
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private readonly string workspace = $"w{Guid.NewGuid():n}";

    /// <summary>The grain storage, and the index that follows what it stores.</summary>
    protected abstract ValueTask<(IGrainStorage Storage, IConversationIndex Index)> OpenAsync();

    [Fact]
    public async Task Lists_of_equal_keys_are_paged_without_gap_or_double()
    {
        const int count = 1_050;
        var (storage, index) = await OpenAsync();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (i, _) =>
            await WriteAsync(storage, $"c{i:D4}", Entry() with { NextDueAt = Noon.AddMinutes(i / 100), BotId = i % 2 == 0 ? "even" : "odd" }));
        await storage.WriteStateAsync("conversation", GrainId.Create("conversation", GrainKeys.Of(workspace + "x", "c")), new GrainState<Listed>(new Listed { Entry = Entry() with { NextDueAt = Noon } }));

        Assert.Equal(Enumerable.Range(0, count).Select(i => $"c{i:D4}"), await AllAsync(index, new IndexQuery { Workspace = workspace, Order = IndexOrder.DueAt, Limit = 200 }));
        Assert.Equal(Enumerable.Range(0, count).Where(i => i % 2 == 1).Select(i => $"c{i:D4}"), await AllAsync(index, new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, BotId = "odd", Limit = 199 }));
        Assert.Equal(5, (await index.QueryAsync(new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, BotId = "odd", Limit = 5 })).Items.Count);
    }

    [Fact]
    public async Task A_list_is_sorted_by_its_order()
    {
        var (storage, index) = await OpenAsync();
        await WriteAsync(storage, "a", Entry() with { LastActivityAt = Noon.AddMinutes(1), NextDueAt = Noon.AddDays(2) });
        await WriteAsync(storage, "b", Entry() with { LastActivityAt = Noon.AddMinutes(3), NextDueAt = Noon.AddDays(1) });
        await WriteAsync(storage, "c", Entry() with { LastActivityAt = Noon.AddMinutes(2) });
        Assert.Equal(["b", "c", "a"], await AllAsync(index, Activity));
        Assert.Equal(["b", "a"], await AllAsync(index, Activity with { Order = IndexOrder.DueAt }));
    }

    [Fact]
    public async Task Every_column_filters()
    {
        var (storage, index) = await OpenAsync();
        await WriteAsync(storage, "plain", Entry());
        await WriteAsync(storage, "full", new IndexEntry
        {
            Status = "planned", BotId = "acme's", NextDueAt = Noon.AddHours(2), Scenario = "busy", StepState = "pending", Channel = "sms",
            LastActivityAt = Noon.AddHours(1), Missed = true, SearchText = "anna müller wants 10% off",
        });
        IndexQuery[] finding =
        [
            Activity with { Status = "planned" }, Activity with { BotId = "acme's" }, Activity with { Scenario = "busy" }, Activity with { StepState = "pending" },
            Activity with { Channel = "sms" }, Activity with { Missed = true }, Activity with { Search = "MÜLLER" }, Activity with { Search = "10%" },
            Activity with { Order = IndexOrder.DueAt, DueAfter = Noon.AddHours(2), DueBefore = Noon.AddHours(3) }, Activity with { DueBefore = Noon.AddHours(3) },
        ];
        foreach (var query in finding)
        {
            Assert.Equal(["full"], await AllAsync(index, query));
        }

        Assert.Equal(["plain"], await AllAsync(index, Activity with { QuietSince = Noon.AddMinutes(30) }));
        Assert.Equal(["plain"], await AllAsync(index, Activity with { Missed = false }));
        Assert.Empty(await AllAsync(index, Activity with { Order = IndexOrder.DueAt, DueBefore = Noon.AddHours(2) }));
        Assert.Empty(await AllAsync(index, Activity with { Search = "10_" }));
        Assert.Empty(await AllAsync(index, Activity with { Status = "planned", BotId = "other" }));
    }

    [Fact]
    public async Task What_changed_stands_at_its_new_place_only()
    {
        var (storage, index) = await OpenAsync();
        var state = await WriteAsync(storage, "moves", Entry() with { NextDueAt = Noon.AddHours(1) });
        await WriteAsync(storage, "stays", Entry() with { LastActivityAt = Noon.AddMinutes(1), NextDueAt = Noon.AddHours(2) });
        Assert.Equal(["stays", "moves"], await AllAsync(index, Activity));

        await WriteAsync(storage, state, "moves", Entry() with { LastActivityAt = Noon.AddMinutes(2), NextDueAt = Noon.AddHours(3), Status = "planned" }, "second");
        Assert.Equal(["moves", "stays"], await AllAsync(index, Activity));
        Assert.Equal(["stays", "moves"], await AllAsync(index, Activity with { Order = IndexOrder.DueAt }));
        Assert.Equal(["moves"], await AllAsync(index, Activity with { Status = "planned" }));
        var hit = Assert.Single((await index.QueryAsync(Activity with { Status = "planned" })).Items);
        Assert.Equal("second", JsonSerializer.Deserialize<Listed>(hit.Payload, StateJson.Options)!.Text);

        // Nothing is due any more: out of that list, still in the other, also for another activation that read it since.
        var read = new GrainState<Listed>(new Listed());
        await storage.ReadStateAsync("conversation", Grain("moves"), read);
        await WriteAsync(storage, read, "moves", Entry() with { LastActivityAt = Noon.AddMinutes(3) }, "third");
        Assert.Equal(["stays"], await AllAsync(index, Activity with { Order = IndexOrder.DueAt }));
        Assert.Equal(["moves", "stays"], await AllAsync(index, Activity));
    }

    [Fact]
    public async Task The_same_columns_again_show_the_new_content()
    {
        var (storage, index) = await OpenAsync();
        var state = await WriteAsync(storage, "c", Entry());
        await WriteAsync(storage, state, "c", Entry(), "second");
        var hit = Assert.Single((await index.QueryAsync(Activity)).Items);
        Assert.Equal("second", JsonSerializer.Deserialize<Listed>(hit.Payload, StateJson.Options)!.Text);
    }

    [Fact]
    public async Task What_is_in_no_list_or_cleared_is_not_listed()
    {
        var (storage, index) = await OpenAsync();
        var erased = await WriteAsync(storage, "erased", Entry());
        var cleared = await WriteAsync(storage, "cleared", Entry() with { NextDueAt = Noon });
        await WriteAsync(storage, erased, "erased", null);
        await storage.ClearStateAsync("conversation", Grain("cleared"), cleared);
        Assert.Empty(await AllAsync(index, Activity));
        Assert.Empty(await AllAsync(index, Activity with { Order = IndexOrder.DueAt }));
        await WriteAsync(storage, cleared, "cleared", Entry());
        Assert.Equal(["cleared"], await AllAsync(index, Activity));
    }

    [Fact]
    public async Task A_writer_who_lost_changes_no_list()
    {
        var (storage, index) = await OpenAsync();
        var winner = await WriteAsync(storage, "c", Entry());
        var loser = new GrainState<Listed>(new Listed());
        await storage.ReadStateAsync("conversation", Grain("c"), loser);
        await WriteAsync(storage, winner, "c", Entry() with { Status = "planned", LastActivityAt = Noon.AddMinutes(1) }, "winner");
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => WriteAsync(storage, loser, "c", Entry() with { Status = "closed", LastActivityAt = Noon.AddMinutes(2) }, "loser"));
        Assert.Empty(await AllAsync(index, Activity with { Status = "closed" }));
        Assert.Equal(["c"], await AllAsync(index, Activity));
        Assert.Equal(["c"], await AllAsync(index, Activity with { Status = "planned" }));
    }

    [Theory]
    [InlineData("made up")]
    [InlineData("bm90IG91cnM")]
    [InlineData("%%%")]
    public async Task A_cursor_that_is_none_of_ours_is_refused(string cursor)
    {
        var (_, index) = await OpenAsync();
        await Assert.ThrowsAsync<FormatException>(() => index.QueryAsync(Activity with { Cursor = cursor }));
    }

    protected static IndexEntry Entry() => new() { Status = "idle", LastActivityAt = Noon };

    private IndexQuery Activity => new() { Workspace = workspace, Order = IndexOrder.LastActivity };

    private GrainId Grain(string id) => GrainId.Create("conversation", GrainKeys.Of(workspace, id));

    private Task<GrainState<Listed>> WriteAsync(IGrainStorage storage, string id, IndexEntry entry) => WriteAsync(storage, new GrainState<Listed>(new Listed()), id, entry);

    private async Task<GrainState<Listed>> WriteAsync(IGrainStorage storage, GrainState<Listed> state, string id, IndexEntry? entry, string text = "first")
    {
        state.State!.Entry = entry;
        state.State!.Text = text;
        await storage.WriteStateAsync("conversation", Grain(id), state);
        return state;
    }

    private static async Task<List<string>> AllAsync(IConversationIndex index, IndexQuery query)
    {
        var seen = new List<string>();
        do
        {
            var page = await index.QueryAsync(query);
            seen.AddRange(page.Items.Select(hit => hit.Id));
            query = query with { Cursor = page.Next };
        }
        while (query.Cursor is not null);
        return seen;
    }
}

/// <summary>A state of the lists; as with conversations, its columns are made when it is stored.</summary>
public sealed class Listed : IIndexedState
{
    public string Text { get; set; } = "";

    [System.Text.Json.Serialization.JsonIgnore]
    public IndexEntry? Entry { get; set; }

    public string? IndexStamp { get; set; }

    public IndexEntry? ToIndexEntry() => Entry;
}

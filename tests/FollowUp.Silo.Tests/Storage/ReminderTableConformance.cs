using Xunit;

namespace FollowUp.Storage;

/// <summary>What Orleans' reminder service relies on in any reminder table.</summary>
public abstract class ReminderTableConformance
{
    /// <summary>Reminders of the tests start lately: a table that answers only what falls due soon answers them all. To the millisecond, which every table keeps.</summary>
    private static readonly DateTime Start = new(DateTime.UtcNow.Ticks / TimeSpan.TicksPerMillisecond * TimeSpan.TicksPerMillisecond, DateTimeKind.Utc);

    /// <summary>A started, empty table: of a service of its own, or cleared.</summary>
    protected abstract ValueTask<IReminderTable> OpenAsync();

    [Theory]
    [InlineData("conv", "next")]
    [InlineData("bot 7/conv#1?é\\x", "next step/#?\\1")]
    [InlineData("ünïcode ✓ 会話 🙂", "quote'and\"percent%41")]
    public async Task A_reminder_is_read_back_as_it_was_written(string key, string name)
    {
        var table = await OpenAsync();
        var entry = Entry(GrainId.Create("dump", key), name, TimeSpan.FromDays(3) + TimeSpan.FromMilliseconds(62_001));
        var etag = await table.UpsertRow(entry);
        Assert.False(string.IsNullOrEmpty(etag));
        AssertSame(entry, etag, await table.ReadRow(entry.GrainId, name));
        AssertSame(entry, etag, Assert.Single((await table.ReadRows(entry.GrainId)).Reminders));
        AssertSame(entry, etag, Assert.Single((await table.ReadRows(0, 0)).Reminders));
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_none()
    {
        var table = await OpenAsync();
        var grain = GrainId.Create("conv", "absent");
        Assert.Null(await table.ReadRow(grain, "next"));
        Assert.Empty((await table.ReadRows(grain)).Reminders);
        Assert.Empty((await table.ReadRows(0, uint.MaxValue)).Reminders);
        var other = await table.UpsertRow(Entry(GrainId.Create("conv", "other"), "next"));
        Assert.False(await table.RemoveRow(grain, "next", other!));
    }

    [Fact]
    public async Task Registering_again_moves_the_reminder_and_changes_its_etag()
    {
        var table = await OpenAsync();
        var grain = GrainId.Create("conv", "a");
        var first = await table.UpsertRow(Entry(grain, "next", TimeSpan.FromMinutes(1)));
        var moved = Entry(grain, "next", TimeSpan.FromMinutes(2));
        moved.StartAt = Start.AddMinutes(-3);
        var second = await table.UpsertRow(moved);
        Assert.NotEqual(first, second);
        AssertSame(moved, second, Assert.Single((await table.ReadRows(grain)).Reminders));

        // Who knows only the first does not take the second away.
        Assert.False(await table.RemoveRow(grain, "next", first!));
        Assert.NotNull(await table.ReadRow(grain, "next"));
        Assert.True(await table.RemoveRow(grain, "next", second!));
        Assert.Null(await table.ReadRow(grain, "next"));
        Assert.False(await table.RemoveRow(grain, "next", second!));
    }

    [Fact]
    public async Task A_grain_sees_its_own_reminders_only()
    {
        var table = await OpenAsync();
        var grains = new[] { "a", "a-b", "a-", "A", "ab" }.Select(key => GrainId.Create("conv", key)).ToArray();
        foreach (var grain in grains)
        {
            await table.UpsertRow(Entry(grain, "b"));
            await table.UpsertRow(Entry(grain, "c-next"));
        }

        foreach (var grain in grains)
        {
            Assert.Equal(["b", "c-next"], (await table.ReadRows(grain)).Reminders.Select(found => found.ReminderName).Order());
        }
    }

    // The ring of hashes: begin is exclusive, end inclusive; begin at or after end goes round over zero.
    [Fact]
    public async Task A_range_of_the_ring_is_answered_at_its_very_edges()
    {
        var table = await OpenAsync();
        var grains = Enumerable.Range(0, 60).Select(i => GrainId.Create("conv", $"g{i}")).OrderBy(grain => grain.GetUniformHashCode()).ToArray();
        await Parallel.ForEachAsync(grains, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (grain, token) => await table.UpsertRow(Entry(grain, "next"), token));

        var hashes = grains.Select(grain => grain.GetUniformHashCode()).ToArray();
        uint[] edges = [0, 1, hashes[0] - 1, hashes[0], hashes[0] + 1, hashes[29], hashes[30], hashes[30] + 1, 0x7FFFFFFF, 0x80000000, hashes[^1] - 1, hashes[^1], uint.MaxValue - 1, uint.MaxValue];
        var asked = 0;
        foreach (var begin in edges)
        {
            foreach (var end in edges)
            {
                var expected = grains.Where(grain => IsInside(grain.GetUniformHashCode(), begin, end)).Select(grain => grain.ToString()).Order(StringComparer.Ordinal);
                var found = (await table.ReadRows(begin, end)).Reminders.Select(row => row.GrainId.ToString()).Order(StringComparer.Ordinal);
                Assert.True(expected.SequenceEqual(found), $"({begin:X8}, {end:X8}]");
                asked++;
            }
        }

        Assert.Equal(14 * 14, asked);
    }

    [Fact]
    public async Task Ranges_of_more_than_a_page_are_answered_whole()
    {
        var table = await OpenAsync();
        var keys = Enumerable.Range(0, 1_100).Select(i => $"c{i:D4}").ToArray();
        await Parallel.ForEachAsync(keys, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (key, token) => await table.UpsertRow(Entry(GrainId.Create("conv", key), "next"), token));
        var middle = uint.MaxValue / 2;
        var halves = (await table.ReadRows(0, middle)).Reminders.Concat((await table.ReadRows(middle, 0)).Reminders);
        Assert.Equal(keys, halves.Select(row => row.GrainId.Key.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(keys.Length, (await table.ReadRows(0, 0)).Reminders.Count);
    }

    [Fact]
    public async Task Clearing_the_table_takes_all_reminders_away()
    {
        var table = await OpenAsync();
        var grain = GrainId.Create("conv", "a");
        foreach (var name in new[] { "one", "two", "three" })
        {
            await table.UpsertRow(Entry(grain, name));
        }

        await table.UpsertRow(Entry(GrainId.Create("conv", "b"), "next"));
        await table.TestOnlyClearTable();
        Assert.Empty((await table.ReadRows(0, 0)).Reminders);
    }

    protected static ReminderEntry Entry(GrainId grain, string name, TimeSpan? period = null) =>
        new() { GrainId = grain, ReminderName = name, StartAt = Start, Period = period ?? TimeSpan.FromMinutes(1) };

    private static bool IsInside(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static void AssertSame(ReminderEntry expected, string? etag, ReminderEntry? found)
    {
        Assert.NotNull(found);
        Assert.Equal((expected.GrainId, expected.ReminderName, expected.StartAt.Ticks, expected.Period, etag), (found.GrainId, found.ReminderName, found.StartAt.Ticks, found.Period, found.ETag));
    }
}

using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>What grains rely on in any grain storage. Grains of the tests have ids of their own: the storage may be shared and never emptied.</summary>
public abstract class GrainStorageConformance
{
    /// <summary>The storage, ready for use.</summary>
    protected abstract ValueTask<IGrainStorage> OpenAsync();

    [Fact]
    public async Task What_was_never_written_does_not_exist_and_reads_as_new()
    {
        var storage = await OpenAsync();
        var read = await storage.ReadBackAsync<Note>(Some.Grain());
        Assert.Equal((false, null, true, 3), (read.RecordExists, read.ETag, read.State!.Flag, read.State!.Retries));
    }

    // 32,768 and 65,536 are the edges of a property of an Azure table, as text and as bytes.
    [Theory]
    [InlineData(10)]
    [InlineData(1_000)]
    [InlineData(32_768)]
    [InlineData(65_500)]
    [InlineData(65_536)]
    [InlineData(131_072)]
    [InlineData(900_000)]
    public async Task A_state_of_any_size_is_read_back_as_it_was_written(int size)
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        var text = string.Concat(Enumerable.Range(0, size / 10).Select(i => $"{i,9}é"))[..(size / 10 * 9)];
        var written = new GrainState<Note>(new Note { Text = text, Flag = false, Retries = 0, Tags = [] });
        await storage.WriteStateAsync("note", grain, written);
        Assert.True(written.RecordExists);
        Assert.False(string.IsNullOrEmpty(written.ETag));

        var read = await storage.ReadBackAsync<Note>(grain);
        Assert.Equal((text, false, 0, written.ETag, true), (read.State!.Text, read.State!.Flag, read.State!.Retries, read.ETag, read.RecordExists));
        Assert.Empty(read.State!.Tags);
    }

    [Fact]
    public async Task A_state_that_shrank_leaves_nothing_of_the_longer_one()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        var state = new GrainState<Note>(new Note { Text = new string('x', 300_000) });
        await storage.WriteStateAsync("note", grain, state);
        state.State = new Note { Text = "short" };
        await storage.WriteStateAsync("note", grain, state);
        Assert.Equal("short", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Theory]
    [InlineData("default|plain")]
    [InlineData("default|bot 7/conv#1?é\\x")]
    [InlineData("wörk|ünïcode ✓ 会話 🙂")]
    [InlineData("quote'and\"percent%41+plus&amp;")]
    [InlineData("..")]
    [InlineData("UPPER|lower")]
    public async Task A_key_may_hold_any_character(string key)
    {
        var storage = await OpenAsync();
        var grain = Some.Grain(key);
        await storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = key }));
        Assert.Equal(key, (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Fact]
    public async Task Keys_that_differ_in_case_only_and_states_of_other_names_are_others()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        await storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = "one" }));
        Assert.False((await storage.ReadBackAsync<Note>(grain, "other")).RecordExists);
        Assert.False((await storage.ReadBackAsync<Note>(GrainId.Create("conversation", grain.Key.ToString()!.ToUpperInvariant()))).RecordExists);
    }

    [Fact]
    public async Task Each_write_has_a_new_etag_and_may_follow_the_last()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        var state = new GrainState<Note>(new Note());
        var etags = new HashSet<string>();
        for (var i = 0; i < 5; i++)
        {
            state.State = new Note { Text = $"{i}" };
            await storage.WriteStateAsync("note", grain, state);
            Assert.True(etags.Add(state.ETag!), "An etag came twice.");
        }

        Assert.Equal(("4", state.ETag), ((await storage.ReadBackAsync<Note>(grain)).State!.Text, (await storage.ReadBackAsync<Note>(grain)).ETag));
    }

    [Fact]
    public async Task A_stale_writer_loses_and_may_read_again()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        var first = new GrainState<Note>(new Note { Text = "one" });
        await storage.WriteStateAsync("note", grain, first);
        var stale = await storage.ReadBackAsync<Note>(grain);
        first.State = new Note { Text = "two" };
        await storage.WriteStateAsync("note", grain, first);

        var before = stale.ETag;
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", grain, stale));
        Assert.Equal(before, stale.ETag);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.ClearStateAsync("note", grain, stale));
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = "new" })));
        Assert.Equal("two", (await storage.ReadBackAsync<Note>(grain)).State!.Text);

        await storage.ReadStateAsync("note", grain, stale);
        stale.State!.Text = "three";
        await storage.WriteStateAsync("note", grain, stale);
        Assert.Equal("three", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Fact]
    public async Task Of_writers_who_read_the_same_exactly_one_wins()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        await storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note()));
        var etag = (await storage.ReadBackAsync<Note>(grain)).ETag;
        foreach (var known in new[] { etag, null })
        {
            var target = known is null ? Some.Grain() : grain;
            var won = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => Task.Run(async () =>
            {
                try
                {
                    await storage.WriteStateAsync("note", target, new GrainState<Note>(new Note { Text = $"{i}" }) { ETag = known });
                    return i;
                }
                catch (InconsistentStateException)
                {
                    return -1;
                }
            })));
            Assert.Equal($"{Assert.Single(won, i => i >= 0)}", (await storage.ReadBackAsync<Note>(target)).State!.Text);
        }
    }

    [Fact]
    public async Task A_cleared_state_reads_as_new_and_may_be_written_again()
    {
        var storage = await OpenAsync();
        var grain = Some.Grain();
        var state = new GrainState<Note>(new Note { Text = "secret" });
        await storage.WriteStateAsync("note", grain, state);
        await storage.ClearStateAsync("note", grain, state);
        Assert.Equal((false, ""), (state.RecordExists, state.State!.Text));

        var read = await storage.ReadBackAsync<Note>(grain);
        Assert.Equal((false, "", true), (read.RecordExists, read.State!.Text, read.State!.Flag));

        // Both the activation that cleared and one that read since may go on; the etag they hold says after what.
        state.State = new Note { Text = "again" };
        await storage.WriteStateAsync("note", grain, state);
        await Assert.ThrowsAnyAsync<InconsistentStateException>(() => storage.WriteStateAsync("note", grain, read));
        Assert.Equal("again", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Fact]
    public async Task Clearing_what_was_never_written_is_no_error()
    {
        var storage = await OpenAsync();
        var state = new GrainState<Note>(new Note { Text = "unsaved" });
        var grain = Some.Grain();
        await storage.ClearStateAsync("note", grain, state);
        Assert.Equal((false, ""), (state.RecordExists, state.State!.Text));
        Assert.False((await storage.ReadBackAsync<Note>(grain)).RecordExists);
    }
}

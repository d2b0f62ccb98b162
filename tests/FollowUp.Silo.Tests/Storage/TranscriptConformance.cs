using FollowUp.Ports;
using Xunit;

namespace FollowUp.Storage;

/// <summary>What conversations rely on for the pages of their past.</summary>
public abstract class TranscriptConformance
{
    private readonly string workspace = $"w{Guid.NewGuid():n}";

    /// <summary>The store, ready for use.</summary>
    protected abstract ValueTask<ITranscriptStore> OpenAsync();

    [Theory]
    [InlineData("conv", 10)]
    [InlineData("bot 7/conv#1?é\\x", 1_000)]
    [InlineData("..", 16_384)]
    [InlineData("ends.", 900_000)]
    public async Task A_page_is_read_back_as_it_was_written(string conversation, int size)
    {
        var store = await OpenAsync();
        var page = new byte[size];
        Random.Shared.NextBytes(page);
        await store.WriteAsync(workspace, conversation, 0, page);
        Assert.Equal(page, await store.ReadAsync(workspace, conversation, 0));
    }

    [Fact]
    public async Task A_page_written_again_is_replaced()
    {
        var store = await OpenAsync();
        await store.WriteAsync(workspace, "c", 3, "first and longer"u8.ToArray());
        await store.WriteAsync(workspace, "c", 3, "second"u8.ToArray());
        Assert.Equal("second"u8.ToArray(), await store.ReadAsync(workspace, "c", 3));
    }

    [Fact]
    public async Task What_was_never_written_is_null()
    {
        var store = await OpenAsync();
        await store.WriteAsync(workspace, "c", 0, "x"u8.ToArray());
        Assert.Null(await store.ReadAsync(workspace, "c", 1));
        Assert.Null(await store.ReadAsync(workspace, "d", 0));
        Assert.Null(await store.ReadAsync(workspace + "x", "c", 0));
    }

    [Fact]
    public async Task Deleting_takes_every_page_of_that_conversation_only()
    {
        var store = await OpenAsync();
        string[] neighbours = ["c1", "C", "c/1", "c%2F1", "c."];
        foreach (var conversation in neighbours.Append("c"))
        {
            for (var page = 0; page < 12; page++)
            {
                await store.WriteAsync(workspace, conversation, page, "x"u8.ToArray());
            }
        }

        await store.DeleteAsync(workspace, "c");
        await store.DeleteAsync(workspace, "c");
        for (var page = 0; page < 12; page++)
        {
            Assert.Null(await store.ReadAsync(workspace, "c", page));
            foreach (var conversation in neighbours)
            {
                Assert.NotNull(await store.ReadAsync(workspace, conversation, page));
            }
        }
    }
}

using System.Text.Json;
using FollowUp.Conversations;
using FollowUp.Ports;
using Microsoft.Extensions.Logging;

namespace FollowUp.Bots;

/// <summary>Calls that go to many of a bot's conversations.</summary>
internal sealed partial class BotBacklog(IGrainFactory grains, IConversationIndex index, ILogger<BotBacklog> logger)
{
    private const int PageSize = 200;

    /// <summary>Conversations told at the same time.</summary>
    private const int Concurrency = 16;

    /// <summary>Ids named in an answer.</summary>
    private const int Named = 200;

    public async Task<int> CountPendingAsync(string workspace, string botId)
    {
        var count = 0;
        await foreach (var _ in EachAsync(new IndexQuery { Workspace = workspace, Order = IndexOrder.DueAt, BotId = botId, Limit = PageSize }))
        {
            count++;
        }

        return count;
    }

    /// <summary>Tells what is pending of a change, in the background: nothing depends on it, each step asks the bot anyway when it fires.</summary>
    public void TellPending(string workspace, string botId, bool redate) => _ = Task.Run(async () =>
    {
        try
        {
            var query = new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, BotId = botId, Limit = PageSize };
            await Parallel.ForEachAsync(EachAsync(query), new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (hit, _) =>
            {
                await grains.GetGrain<IConversationTurns>(GrainKeys.Of(workspace, hit.Id)).BotChangedAsync(redate);
            });
        }
#pragma warning disable CA1031 // A background courtesy; the fire check decides.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogSweepFailed(failure.GetType().Name);
        }
    });

    public async Task<Backlog> ResumeMissedAsync(string workspace, string botId, bool preview, string? by)
    {
        var query = new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, BotId = botId, Missed = true, Limit = PageSize };
        return await RunAsync(EachAsync(query), preview, id => grains.GetGrain<IConversationTurns>(GrainKeys.Of(workspace, id)).ResumeMissedAsync(by));
    }

    public async Task<Backlog> EnrolAsync(string workspace, BotSnapshot bot, DateTimeOffset quietSince, bool preview, string? by)
    {
        var query = new IndexQuery { Workspace = workspace, Order = IndexOrder.LastActivity, BotId = bot.Id, Limit = PageSize };
        return await RunAsync(Quiet(EachAsync(query), quietSince), preview, id => grains.GetGrain<IConversationTurns>(GrainKeys.Of(workspace, id)).EnrolAsync(by));
    }

    // Quiet since then: our side's message stands last, no plan is live, and the contact wrote no earlier than asked.
    private static async IAsyncEnumerable<IndexHit> Quiet(IAsyncEnumerable<IndexHit> hits, DateTimeOffset since)
    {
        await foreach (var hit in hits)
        {
            var conversation = JsonSerializer.Deserialize<StoredConversation>(hit.Payload, StateJson.Options)?.Conversation;
            if (conversation is { Plan: null, LastAuthor: Author.Bot or Author.FollowUp, Closed: false, OptedOutOfAll: false, HandedOver: false, Episode.GoalReached: false } && conversation.LastActivityAt >= since && conversation.InboundAt.Count > 0)
            {
                yield return hit;
            }
        }
    }

    private static async Task<Backlog> RunAsync(IAsyncEnumerable<IndexHit> hits, bool preview, Func<string, Task<bool>> act)
    {
        var ids = new List<string>();
        await foreach (var hit in hits)
        {
            ids.Add(hit.Id);
        }

        var done = new System.Collections.Concurrent.ConcurrentQueue<string>(preview ? ids : []);
        if (!preview)
        {
            await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (id, _) =>
            {
                if (await act(id))
                {
                    done.Enqueue(id);
                }
            });
        }

        return new Backlog { Count = done.Count, ConversationIds = [.. done.Take(Named)], Preview = preview };
    }

    private async IAsyncEnumerable<IndexHit> EachAsync(IndexQuery query)
    {
        for (string? cursor = null; ;)
        {
            var page = await index.QueryAsync(query with { Cursor = cursor });
            foreach (var hit in page.Items)
            {
                yield return hit;
            }

            if ((cursor = page.Next) is null)
            {
                yield break;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Telling pending conversations of a bot's change stopped ({Failure}); each asks the bot when its step fires")]
    private partial void LogSweepFailed(string failure);
}

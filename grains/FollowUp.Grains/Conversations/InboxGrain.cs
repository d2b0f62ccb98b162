using System.Text.Json;
using FollowUp.Channels;
using FollowUp.Ports;
using Orleans.Concurrency;

namespace FollowUp.Conversations;

[StatelessWorker]
internal sealed class InboxGrain(IGrainFactory grains, IConversationIndex index, CircumstancesSource circumstances) : Grain, IInboxGrain
{
    private string Workspace => this.GetPrimaryKeyString();

    public async Task<Answer<Page<InboxItem>>> ListConversationsAsync(InboxQuery query)
    {
        if (query.Address is { } address)
        {
            return await ByAddressAsync(address);
        }

        return await ListAsync(
            new IndexQuery
            {
                Workspace = Workspace,
                Order = IndexOrder.LastActivity,
                Status = query.Status is { } status ? Words.Of(status) : null,
                BotId = query.BotId,
                Search = query.Search,
                Limit = query.Limit,
                Cursor = query.Cursor,
            },
            ItemAsync);
    }

    public Task<Answer<Page<PendingFollowUp>>> ListFollowUpsAsync(FollowUpQuery query) =>
        ListAsync(
            new IndexQuery
            {
                Workspace = Workspace,
                Order = IndexOrder.DueAt,
                BotId = query.BotId,
                Scenario = query.Scenario is { } scenario ? Words.Of(scenario) : null,
                StepState = query.State is { } state ? Words.Of(state) : null,
                Channel = query.Channel is { } channel ? Words.Of(channel) : null,
                DueAfter = query.DueAfter,
                DueBefore = query.DueBefore,
                Limit = query.Limit,
                Cursor = query.Cursor,
            },
            async (id, conversation) => ResponseInfos.PendingOf(conversation, await circumstances.ForShowingAsync(GrainKeys.Of(Workspace, id), conversation)));

    public Task<Answer<Page<PendingApproval>>> ListApprovalsAsync(FollowUpQuery query) =>
        ListManyAsync(
            new IndexQuery
            {
                Workspace = Workspace,
                Order = IndexOrder.DueAt,
                BotId = query.BotId,
                StepState = Words.Of(StepState.AwaitingApproval),
                Channel = query.Channel is { } channel ? Words.Of(channel) : null,
                Limit = query.Limit,
                Cursor = query.Cursor,
            },
            async (id, conversation) => ResponseInfos.ApprovalsOf(conversation, await circumstances.ForShowingAsync(GrainKeys.Of(Workspace, id), conversation)));

    private Task<Answer<Page<T>>> ListAsync<T>(IndexQuery query, Func<string, Conversation, Task<T?>> show)
        where T : class =>
        ListManyAsync<T>(query, async (id, conversation) => await show(id, conversation) is { } item ? [item] : []);

    private async Task<Answer<Page<T>>> ListManyAsync<T>(IndexQuery query, Func<string, Conversation, Task<IReadOnlyList<T>>> show)
    {
        IndexPage page;
        try
        {
            page = await index.QueryAsync(query);
        }
        catch (FormatException)
        {
            return Problem.Invalid("cursor", "Not a cursor of this list.");
        }

        var items = new List<T>(page.Items.Count);
        foreach (var hit in page.Items)
        {
            if (JsonSerializer.Deserialize<StoredConversation>(hit.Payload, StateJson.Options)?.Conversation is { } conversation)
            {
                items.AddRange(await show(hit.Id, conversation));
            }
        }

        return new Page<T> { Items = items, Next = page.Next };
    }

    private async Task<InboxItem?> ItemAsync(string id, Conversation conversation)
    {
        var view = ResponseInfos.ViewOf(conversation, await circumstances.ForTakingAsync(GrainKeys.Of(Workspace, id), conversation, botId: null));
        return ItemOf(view);
    }

    private static InboxItem ItemOf(ConversationView view) => new()
    {
        ConversationId = view.ConversationId,
        ContactName = view.Contact.Name,
        Status = view.Status,
        BotId = view.BotId,
        LastMessage = view.LastMessage,
        LastActivityAt = view.LastActivityAt,
        NextDueAt = view.NextDueAt,
    };

    private async Task<Answer<Page<InboxItem>>> ByAddressAsync(string address)
    {
        var book = grains.GetGrain<IAddressBookGrain>(Workspace);
        var items = new List<InboxItem>();
        foreach (var channel in Enum.GetValues<Channel>())
        {
            if (await book.FindAsync(channel, address) is { } id
                && items.All(item => item.ConversationId != id)
                && (await grains.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, id)).GetAsync()).Value is { } view)
            {
                items.Add(ItemOf(view));
            }
        }

        return new Page<InboxItem> { Items = items };
    }
}

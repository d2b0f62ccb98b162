using System.Text.Json;
using FollowUp.Ports;
using FollowUp.Writing;

namespace FollowUp.Conversations;

/// <summary>What a conversation answers about itself.</summary>
internal sealed partial class ConversationGrain
{
    public async Task<Answer<ResponseInfo>> GetResponseInfoAsync() =>
        Known is { } conversation ? ResponseInfos.Of(conversation, await circumstances.ForShowingAsync(Key, conversation)) : Absent();

    public async Task<Answer<ConversationView>> GetAsync() =>
        Known is { } conversation ? ResponseInfos.ViewOf(conversation, await circumstances.ForShowingAsync(Key, conversation)) : Absent();

    public async Task<Answer<string>> GetBriefAsync(string stepId)
    {
        if (Known is not { } conversation)
        {
            return Absent();
        }

        return Previews.TaskOf(conversation, stepId, await circumstances.ForShowingAsync(Key, conversation)) is { } task
            ? new Answer<string> { Value = JsonSerializer.Serialize(await WithEarlierAsync(task, conversation), StateJson.Options) }
            : Problem.NotFound($"The bot has no step '{stepId}'.");
    }

    private async Task<WritingTask> WithEarlierAsync(WritingTask task, Conversation conversation) =>
        conversation.Page > 0 && task.Messages.Count < WritingTasks.EnoughMessages ? task.WithEarlier(await ReadPageAsync(conversation.Page - 1)) : task;

    public Task<Answer<Page<Note>>> GetNotesAsync() =>
        Task.FromResult<Answer<Page<Note>>>(Known is { } conversation ? new Page<Note> { Items = conversation.Notes } : Absent());

    public async Task<Answer<Page<TranscriptMessage>>> GetMessagesAsync(string? before, int limit)
    {
        if (Known is not { } conversation)
        {
            return Absent();
        }

        var number = conversation.Page;
        if (before is not null && (!int.TryParse(before, out number) || number < 0 || number > conversation.Page))
        {
            return Problem.Invalid("before", "Not a cursor of this transcript.");
        }

        IReadOnlyList<Message> page = number == conversation.Page ? conversation.Messages : await ReadPageAsync(number);
        return new Page<TranscriptMessage>
        {
            Items = [.. page.Select(ResponseInfos.Show)],
            Next = number > 0 ? (number - 1).ToString() : null,
        };
    }

    public async Task<IReadOnlyList<TranscriptMessage>> ReplayAsync(long after)
    {
        if (Known is not { } conversation || conversation.LastSequence <= after)
        {
            return [];
        }

        // Pages are numbered in time: walk back until the first wanted number is in hand.
        var found = new List<Message>(conversation.Messages.Where(message => message.Sequence > after));
        for (var page = conversation.Page - 1; page >= 0 && (found.FirstOrDefault(message => message.Sequence is not null)?.Sequence ?? long.MaxValue) > after + 1; page--)
        {
            var older = await ReadPageAsync(page);
            found.InsertRange(0, older.Where(message => message.Sequence > after));
        }

        return [.. found.Take(200).Select(ResponseInfos.Show)];
    }

    private async Task<IReadOnlyList<Message>> ReadPageAsync(int number) =>
        await transcripts.ReadAsync(Workspace, GrainKeys.Parse(Key).Id, number) is { } json ? JsonSerializer.Deserialize<List<Message>>(json, StateJson.Options)! : [];
}

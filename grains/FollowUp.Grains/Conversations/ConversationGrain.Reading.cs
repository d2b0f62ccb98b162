using System.Text.Json;
using FollowUp.Ports;
using FollowUp.Writing;

namespace FollowUp.Conversations;

/// <summary>What a conversation answers about itself.</summary>
internal sealed partial class ConversationGrain
{
    /// <summary>Messages of one replay.</summary>
    private const int ReplayedAtOnce = 200;

    public async Task<Answer<ResponseInfo>> GetResponseInfoAsync() =>
        Known is { } conversation ? ResponseInfos.Of(conversation, await circumstances.ForShowingAsync(Key, conversation)) : Absent();

    public async Task<Answer<ConversationView>> GetAsync() =>
        Known is { } conversation ? ResponseInfos.ViewOf(conversation, await circumstances.ForShowingAsync(Key, conversation)) with { ContactTyping = ContactTyping } : Absent();

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

    public async Task<ChatReplay> ReplayAsync(long after)
    {
        if (Known is not { } conversation)
        {
            return new ChatReplay();
        }

        if (conversation is { MergedInto: not null } || conversation.LastSequence <= after)
        {
            return Empty(conversation);
        }

        var found = new List<Message>();
        for (var page = await PageBeforeAsync(conversation, after + 1); page <= conversation.Page && found.Count < ReplayedAtOnce; page++)
        {
            var messages = page == conversation.Page ? conversation.Messages : await ReadPageAsync(page);
            found.AddRange(messages.Where(message => message.Sequence > after));
        }

        return Empty(conversation) with { Messages = [.. found.Take(ReplayedAtOnce).Select(ResponseInfos.Show)] };
    }

    private static ChatReplay Empty(Conversation conversation) => new()
    {
        LastSequence = conversation.LastSequence,
        MovedTo = conversation.MergedInto,
        OfVerifiedUser = conversation.Contact.Addresses?.GetValueOrDefault(Channels.Channel.LiveChat)?.StartsWith(Channels.ChatAddress.User, StringComparison.Ordinal) is true,
    };

    // Pages are numbered in time: the page to begin with is found by halving, whatever the length of the transcript.
    private async Task<int> PageBeforeAsync(Conversation conversation, long wanted)
    {
        if (conversation.Messages.FirstOrDefault(message => message.Sequence is not null)?.Sequence <= wanted)
        {
            return conversation.Page;
        }

        var (low, high) = (0, conversation.Page);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);

            // A page without a word of the live chat says nothing: the next one that has some speaks for it.
            long? last = null;
            var asked = middle;
            for (; asked < high && last is null; asked++)
            {
                last = (await ReadPageAsync(asked)).LastOrDefault(message => message.Sequence is not null)?.Sequence;
            }

            if (last is { } number && number < wanted)
            {
                low = asked;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    // A message that was taken back may stand on a page that was put away long ago; twenty pages back are looked through.
    private async Task EraseOldTextAsync(string messageId)
    {
        for (var number = Known!.Page - 1; number >= Math.Max(0, Known.Page - 20); number--)
        {
            var page = await ReadPageAsync(number);
            if (page.FirstOrDefault(message => message.Id == messageId) is { } message)
            {
                var erased = page.Select(candidate => candidate.Id == messageId ? message with { Text = "", Attachments = null } : candidate).ToList();
                await transcripts.WriteAsync(Workspace, GrainKeys.Parse(Key).Id, number, JsonSerializer.SerializeToUtf8Bytes(erased, StateJson.Options));
                return;
            }
        }
    }

    private async Task<IReadOnlyList<Message>> ReadPageAsync(int number) =>
        await transcripts.ReadAsync(Workspace, GrainKeys.Parse(Key).Id, number) is { } json ? JsonSerializer.Deserialize<List<Message>>(json, StateJson.Options)! : [];
}

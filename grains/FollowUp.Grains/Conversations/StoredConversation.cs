using System.Text.Json.Serialization;
using FollowUp.Planning;
using FollowUp.Ports;

namespace FollowUp.Conversations;

/// <summary>The conversation's row: its document, and the columns that lists use, made when it is stored.</summary>
public sealed class StoredConversation : IIndexedState
{
    public Conversation? Conversation { get; set; }

    [JsonIgnore]
    public IndexEntry? Entry { get; set; }

    public string? IndexStamp { get; set; }

    public IndexEntry? ToIndexEntry() => Entry;

    // A drafted answer waits from the moment it was written.
    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;

    /// <summary>The columns of a conversation.</summary>
    public static IndexEntry? EntryOf(Conversation conversation, Circumstances now)
    {
        if (conversation.Erased)
        {
            return null;
        }

        var pending = conversation.Plan?.Next ?? conversation.Plan?.Steps.FirstOrDefault(step => step.State is StepState.Sending);
        return new IndexEntry
        {
            Status = Words.Of(ResponseInfos.StatusOf(conversation, now)),
            BotId = conversation.BotId,
            NextDueAt = Earlier(pending?.DueAt, conversation.Draft?.At),
            Scenario = conversation.Plan is { } plan ? Words.Of(plan.Scenario) : null,
            StepState = conversation.Draft is not null ? Words.Of(StepState.AwaitingApproval) : pending is null ? null : Words.Of(pending.State),
            Channel = (conversation.Plan?.Channel ?? conversation.Channel) is { } channel ? Words.Of(channel) : null,
            LastActivityAt = conversation.LastActivityAt,
            Missed = conversation.Missed is not null && conversation.MergedInto is null,
            SearchText = $"{conversation.Contact.Name} {(conversation.Messages.Count > 0 ? conversation.Messages[^1].Text : "")}".ToLowerInvariant(),
        };
    }
}

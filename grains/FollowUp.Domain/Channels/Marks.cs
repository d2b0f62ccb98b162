using FollowUp.Conversations;

namespace FollowUp.Channels;

/// <summary>Reads and moves what providers told of a channel.</summary>
public static class Marks
{
    extension(Conversation conversation)
    {
        public ChannelMarks MarksOf(Channel channel) => conversation.Marks?.GetValueOrDefault(channel) ?? new ChannelMarks();

        public Conversation WithMarks(Channel channel, Func<ChannelMarks, ChannelMarks> move)
        {
            var before = conversation.MarksOf(channel);
            var after = move(before);
            return after == before ? conversation : conversation with { Marks = new Dictionary<Channel, ChannelMarks>(conversation.Marks ?? new Dictionary<Channel, ChannelMarks>()) { [channel] = after } };
        }

        /// <summary>When the contact last opened the channel's window, by a message or otherwise; null: never.</summary>
        public DateTimeOffset? OpenedAt(Channel channel) =>
            Latest(conversation.InboundAt.TryGetValue(channel, out var at) ? at : null, conversation.MarksOf(channel).OpenedAt);
    }

    public static DateTimeOffset? Latest(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other : one;
}

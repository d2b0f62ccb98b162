using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Writing;

/// <summary>A first message on a new channel says who writes and how to stop.</summary>
internal static class Disclosures
{
    public static string OnFirstMessage(string text, Turn turn, Channel channel)
    {
        if (channel is Channel.LiveChat || turn.Conversation.WrittenOn.Contains(channel) || turn.Conversation.InboundAt.ContainsKey(channel))
        {
            return text;
        }

        var disclosure = BuiltInAnswers.Disclosure(WritingTasks.LanguageOf(turn.Conversation, turn.Now), WritingTasks.BusinessNameOf(turn.Now));
        if (text.EndsWith(disclosure, StringComparison.Ordinal))
        {
            // A text that goes out for the second time says it already.
            return text;
        }

        var room = WritingTasks.LongestTextOn(channel) - disclosure.Length - 1;
        return $"{(text.Length > room ? text[..room] : text)} {disclosure}";
    }
}

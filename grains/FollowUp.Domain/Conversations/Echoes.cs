using FollowUp.Channels;

namespace FollowUp.Conversations;

/// <summary>A message of our side that the provider shows us. Ours is never a takeover, whether its echo comes before or after the answer to the send; a person's always is.</summary>
internal static class Echoes
{
    /// <summary>Real time by which an echo's own time may differ from the attempt it is matched to by its text.</summary>
    private static readonly TimeSpan Near = TimeSpan.FromMinutes(15);

    public static Decision Take(Turn turn, IncomingMessage echo, string? attemptId)
    {
        if (turn.Conversation.Erased)
        {
            return Decision.Nothing(turn.Conversation);
        }

        var ours = attemptId is not null ? turn.Conversation.Attempts.FirstOrDefault(attempt => attempt.Id == attemptId) : AttemptLike(turn, echo);
        if (ours is not null)
        {
            return Attempts.End(turn, ours.Id, new SendResult.Accepted(echo.MessageId!), Attempts.SettledByCallback);
        }

        if (attemptId is not null || (echo.Author is Author.Bot && StandsAlready(turn, echo)))
        {
            // Settled long ago, or told by the business's own bot.
            turn.Conversation = turn.Conversation with { Seen = turn.Conversation.Seen.With(echo.MessageId!, turn.Now.Now) };
            return turn.ToDecision();
        }

        return OurSide.Take(turn, echo);
    }

    // Instagram carries no id of ours back: the text and the time are all there is.
    private static Attempt? AttemptLike(Turn turn, IncomingMessage echo) => turn.Conversation.Attempts.FirstOrDefault(attempt =>
        attempt.Channel == echo.Channel && Same(attempt.Text, echo.Text) && IsNear(turn, attempt.At, echo.SentAt));

    private static bool StandsAlready(Turn turn, IncomingMessage echo) => turn.Conversation.Messages.Any(message =>
        message.Author is not Author.Contact && message.Channel == echo.Channel && Same(message.Text, echo.Text) && IsNear(turn, message.At, echo.SentAt));

    private static bool IsNear(Turn turn, DateTimeOffset at, DateTimeOffset? sentAt) =>
        sentAt is not { } sent || (sent - at).Duration() <= turn.Now.Real(Near);

    private static bool Same(string one, string? other) => Plain(one).SequenceEqual(Plain(other ?? ""));

    private static IEnumerable<char> Plain(string text) => text.Where(letter => !char.IsWhiteSpace(letter));
}

using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Understanding;
using FollowUp.Writing;

namespace FollowUp.Conversations;

/// <summary>The bot's own answer, after the waiting time, once for several messages.</summary>
internal static class OwnAnswer
{
    /// <summary>Tries before the team is told.</summary>
    private const int MaximumTries = 3;

    /// <summary>Answers shown in the Response Info.</summary>
    private const int AnswersKept = 10;

    /// <summary>Between two tries, real time.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(30);

    public static void Write(Turn turn, OwedAnswer owed)
    {
        if (turn.Bot is not { Settings: { OwnAnswers: OwnAnswers.BuiltIn, Active: true, Mode: not BotMode.Off } } || !turn.Conversation.BotMayAnswer(turn.Now.Now) || (turn.Conversation.Channel is { } channel && turn.Conversation.HasOptedOutOf(channel, turn.Now)))
        {
            turn.Conversation = turn.Conversation with { Owed = null };
            return;
        }

        turn.Do(new Effect.WriteAnswer(owed.MessageId, turn.Conversation.PlanVersion, WritingTasks.ForAnswer(turn)));
    }

    public static Decision TakeText(Turn turn, ConversationEvent.AnswerWritten written)
    {
        var conversation = turn.Conversation;
        if (conversation.Owed is not { } owed || owed.MessageId != written.MessageId)
        {
            return Decision.Nothing(conversation);
        }

        if (conversation.PlanVersion != written.PlanVersion)
        {
            // Another message came in while it was written: it is answered too.
            Write(turn, owed);
            return turn.ToDecision();
        }

        if (written.Written is Written.Text text && conversation.Channel is { } channel)
        {
            Answer(turn, owed, text, channel);
        }
        else if (written.Written is Written.Failed failed && owed.Tries + 1 < MaximumTries)
        {
            turn.Conversation = conversation with { Owed = owed with { Tries = owed.Tries + 1, DueAt = turn.Now.Now + turn.Now.Real(TryAgain) } };
        }
        else
        {
            turn.Conversation = conversation with { Owed = null };
            var (said, reason) = written.Written is Written.Declined declined ? ($"The bot would rather not answer: the contact waits. {declined.Because}", declined.Reason) : ("The bot could not write an answer: the contact waits for one.", Reason.AiFailed);
            turn.NoteToTeam(said, reason);
        }

        return turn.ToDecision();
    }

    private static void Answer(Turn turn, OwedAnswer owed, Written.Text text, Channel channel)
    {
        turn.Conversation = turn.Conversation with { Owed = null };
        if (turn.Bot!.Settings.Mode is BotMode.Suggestive)
        {
            AnswerDrafts.Keep(turn, text, channel, owed.MessageId);
        }
        else if (Send(turn, text, channel, by: null) is { } problem)
        {
            turn.NoteToTeam($"The bot's answer could not be sent. {problem.Detail}", Reason.NoChannel);
        }
    }

    /// <summary>Hands an answer out; the problem says why nothing can carry it.</summary>
    public static Problem? Send(Turn turn, Written.Text text, Channel channel, string? by)
    {
        var messageId = turn.NewId("m");

        // Told before the message stands, so that the line of the answer comes before the plan it anchors.
        turn.Happened(HistoryKind.Answered, channel: channel, by: by, text: text.Value);
        if (Attempts.Begin(turn, AttemptKind.Answer, Author.Bot, channel, text.Value, messageId, plan: null, step: null, text.BuiltIn, by) is { } problem)
        {
            return problem;
        }

        var info = new AnswerInfo
        {
            At = turn.Now.Now,
            Mode = turn.Bot!.Settings.Mode,
            Writer = text.BuiltIn ? Judge.BuiltIn : Judge.Model,
            Model = text.Model,
            Intent = turn.Conversation.LastDetection?.Intent ?? Intent.Normal,
            Actions = turn.Conversation.Plan is { } plan ? [$"planned {plan.Scenario}"] : [],
            MessageId = messageId,
        };
        turn.Conversation = turn.Conversation with { Answers = [.. turn.Conversation.Answers.TakeLast(AnswersKept - 1), info] };
        return null;
    }
}

using FollowUp.Planning;
using static FollowUp.Conversations.ConversationEvent;

namespace FollowUp.Conversations;

/// <summary>The whole behaviour of a conversation: an event in, what follows from it out. Pure.</summary>
public static class ConversationDecider
{
    /// <summary>Decides. An event that changes nothing returns the conversation it was given.</summary>
    public static Decision Decide(Conversation conversation, ConversationEvent @event, Circumstances now)
    {
        var turn = new Turn(conversation, now);
        return @event switch
        {
            ContactWrote wrote when conversation.Seen.Contains(wrote.Message.MessageId!) => Decision.Nothing(conversation) with { Duplicate = true },
            OurSideWrote wrote when conversation.Seen.Contains(wrote.Message.MessageId!) => Decision.Nothing(conversation) with { Duplicate = true },
            ContactWrote wrote => Inbound.Take(turn, wrote.Message, wrote.Detection),
            OurSideWrote wrote => OurSide.Take(turn, wrote.Message),
            WokeUp => WakeUps.Take(turn),
            Recovered => WakeUps.Recover(turn),
            TextWritten written => StepFiring.TakeText(turn, written),
            Understood understood => SecondOpinion.Take(turn, understood),
            AnswerWritten written => OwnAnswer.TakeText(turn, written),
            AttemptEnded ended => Attempts.End(turn, ended.AttemptId, ended.Result),
            StillUncertain still => Attempts.AskAgainLater(turn, still.AttemptId),
            ReceiptCame came => Receipts.Take(turn, came.Receipt),
            EchoCame came when conversation.Seen.Contains(came.Message.MessageId!) => Decision.Nothing(conversation) with { Duplicate = true },
            EchoCame came => Echoes.Take(turn, came.Message, came.AttemptId),
            Signalled signalled => Signals.Take(turn, signalled.Signal),
            ChatMarked marked => LiveChatMarks.Take(turn, marked.UpTo, marked.State),
            PersonActed acted => PersonsHand.Take(turn, acted.Action),
            ContactPut put => ContactKeeping.Put(turn, put.Contact, put.BotId),
            BotChanged changed => BotChanges.Take(turn, changed.Redate),
            Enrolled enrolled => BotChanges.Enrol(turn, enrolled.By),
            MissedResumed resumed => BotChanges.ResumeMissed(turn, resumed.By),
            OutboxDelivered delivered => Decision.Nothing(conversation with { Outbox = [.. conversation.Outbox.Where(entry => !delivered.Ids.Contains(entry.Id))] }),
            Adopted adopted => ContactKeeping.Adopt(turn, adopted.Other, adopted.OtherId),
            _ => Decision.Nothing(conversation),
        };
    }

    /// <summary>When the conversation next has something to do by itself; null: nothing is pending.</summary>
    public static DateTimeOffset? NextWakeUpAt(Conversation conversation) => WakeUps.NextAt(conversation);

    /// <summary>Something is owed at once (an answer, an outcome, the outbox): the alarm stands at most a minute away while it is.</summary>
    public static bool Owes(Conversation conversation) =>
        conversation.Owed is not null
        || conversation.Opinion is not null
        || conversation.Outbox.Count > 0
        || conversation.Attempts.Any(attempt => !attempt.Uncertain || attempt.ReconcileAt is not null);
}

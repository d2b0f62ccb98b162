using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What falls due by itself.</summary>
internal static class WakeUps
{
    /// <summary>Real time after which a step asks again whether missed messages are in.</summary>
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(2);

    /// <summary>What was in flight when the last activation died: an opinion is asked for again, a send is uncertain.</summary>
    public static Decision Recover(Turn turn)
    {
        SecondOpinion.AskAgain(turn);
        return Attempts.Recover(turn);
    }

    public static Decision Take(Turn turn)
    {
        var now = turn.Now.Now;
        if (turn.Conversation.Owed is { } owed && owed.DueAt <= now)
        {
            OwnAnswer.Write(turn, owed);
        }

        if (turn.Conversation.Draft is { } draft && draft.ExpiresAt <= now)
        {
            AnswerDrafts.Drop(turn, Reason.TooStale);
        }

        if (turn.Conversation.Opinion is { } opinion && opinion.Until <= now)
        {
            turn.Conversation = turn.Conversation with { Opinion = null };
        }

        foreach (var attempt in turn.Conversation.Attempts)
        {
            if (attempt.ReconcileAt <= now)
            {
                turn.Do(new Effect.Reconcile(attempt, [.. turn.Conversation.Messages.Select(message => message.ProviderId).OfType<string>()]));
            }
            else if (attempt.RetryAt <= now)
            {
                Retries.Take(turn, attempt);
            }
        }

        if (turn.Conversation.Plan is { PausedAt: null, Next: { } next } plan && WakesAt(next) <= now)
        {
            if (turn.Now.Behind)
            {
                // The contact may have answered while we could not hear: first what was missed, then what is due.
                turn.Replace(plan.With(next with { AskAt = now + turn.Now.Real(CatchingUp) }));
            }
            else
            {
                StepFiring.Fire(turn, plan, next);
            }
        }

        if (turn.Conversation.Unacknowledged is { } waiting && waiting.AskAt <= now)
        {
            FollowUpMoves.Ask(turn, waiting);
        }

        if (turn.Conversation.Outbox.Count > 0)
        {
            turn.Do(new Effect.DeliverOutbox());
        }

        return turn.ToDecision();
    }

    public static DateTimeOffset? NextAt(Conversation conversation)
    {
        var first = Earlier(Earlier(conversation.Owed?.DueAt, conversation.Opinion?.Until), conversation.Draft?.ExpiresAt);
        if (conversation.Plan is { PausedAt: null, Next: { } next })
        {
            first = Earlier(first, WakesAt(next));
        }

        first = Earlier(first, conversation.Unacknowledged?.AskAt);
        foreach (var attempt in conversation.Attempts)
        {
            first = Earlier(Earlier(first, attempt.ReconcileAt), attempt.RetryAt);
        }

        return first;
    }

    private static DateTimeOffset? WakesAt(PlanStep step) => step.AskAt ?? step.DueAt;

    private static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null ? other : other is null || one < other ? one : other;
}

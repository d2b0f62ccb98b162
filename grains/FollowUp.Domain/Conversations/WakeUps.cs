using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What falls due by itself.</summary>
internal static class WakeUps
{
    /// <summary>Real time after which a step asks again whether missed messages are in.</summary>
    private static readonly TimeSpan CatchingUp = TimeSpan.FromSeconds(2);

    public static Decision Take(Turn turn)
    {
        var now = turn.Now.Now;
        if (turn.Conversation.Owed is { } owed && owed.DueAt <= now)
        {
            OwnAnswer.Write(turn, owed);
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
        DateTimeOffset? first = conversation.Owed?.DueAt;
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

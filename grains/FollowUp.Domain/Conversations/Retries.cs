using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>What was certainly not processed may go again; what a machine may have got goes again under the same id, because it knows repeats.</summary>
internal static class Retries
{
    /// <summary>Tries of a message that was certainly not processed: three within the hour.</summary>
    public const int MaximumTries = 3;

    /// <summary>The longest wait, whatever the provider asks for.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <summary>Between the requests to a machine: for up to a day, then it is dead and shown.</summary>
    private static readonly TimeSpan[] MachineWaits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(6), TimeSpan.FromHours(8),
    ];

    /// <summary>Certainly not processed.</summary>
    public static void NotSent(Turn turn, Attempt attempt, SendResult.NotSent notSent)
    {
        var tries = attempt.Tries + (notSent.Tried ? 1 : 0);
        if (attempt.Kind is AttemptKind.MovedFollowUp)
        {
            Attempts.Remove(turn, attempt);
            FollowUpMoves.NotSent(turn, attempt, notSent.Code, turn.Now.Real(BackOff(attempt.Id, tries, notSent.RetryAfter)));
        }
        else if (Attempts.StepOf(turn, attempt) is var (plan, step))
        {
            Attempts.Remove(turn, attempt);
            var stepTries = step.Tries + (notSent.Tried ? 1 : 0);
            if (stepTries >= MaximumTries)
            {
                StepFiring.End(turn, plan, step, StepState.Failed, HistoryKind.Failed, Reason.ProviderFailed, detail: notSent.Code);
                return;
            }

            // The whole fire check is asked again before it goes, as a new attempt with the same text.
            var askAt = turn.Now.Now + turn.Now.Real(BackOff(attempt.Id, stepTries, notSent.RetryAfter));
            turn.Replace(plan.With(step with { State = StepState.Scheduled, AttemptId = null, Approved = true, Tries = stepTries, AskAt = askAt, Detail = notSent.Code }));
        }
        else if (tries >= MaximumTries || attempt.Kind is AttemptKind.FollowUp)
        {
            // A follow-up whose plan has ended meanwhile is over too.
            Attempts.Remove(turn, attempt);
            turn.Happened(HistoryKind.Failed, stepId: attempt.StepId, reason: Reason.ProviderFailed, channel: attempt.Channel, detail: notSent.Code);
        }
        else
        {
            Attempts.Replace(turn, attempt with { Tries = tries, RetryAt = turn.Now.Now + turn.Now.Real(BackOff(attempt.Id, tries, notSent.RetryAfter)) });
        }
    }

    /// <summary>A machine did not say that it took it.</summary>
    public static void Again(Turn turn, Attempt attempt, SendResult.Again again)
    {
        attempt = attempt with { MayHaveArrived = attempt.MayHaveArrived || again.MayHaveArrived };
        if (attempt.Tries >= MachineWaits.Length)
        {
            GiveUp(turn, attempt, again.Code);
            return;
        }

        var wait = Jittered(attempt.Id, again.RetryAfter > MachineWaits[attempt.Tries] ? again.RetryAfter.Value : MachineWaits[attempt.Tries]);
        Attempts.Replace(turn, attempt with { Tries = attempt.Tries + 1, RetryAt = turn.Now.Now + turn.Now.Real(wait) });
        if (Attempts.StepOf(turn, attempt) is var (plan, step))
        {
            turn.Replace(plan.With(step with { Detail = again.Code }));
        }
    }

    /// <summary>The wait is over: it goes out as it stands, if it still may.</summary>
    public static void Take(Turn turn, Attempt attempt)
    {
        var mayGo = attempt.Kind is AttemptKind.FollowUp ? StillFits(turn, attempt) : attempt.Kind is AttemptKind.OptOutConfirmation || !turn.Conversation.HasOptedOutOf(attempt.Channel, turn.Now);
        if (!mayGo || attempt.ValidUntil <= turn.Now.Now)
        {
            GiveUp(turn, attempt, mayGo ? "closed" : "overtaken");
            return;
        }

        var again = attempt with { RetryAt = null, At = attempt.Repeatable ? attempt.At : turn.Now.Now };
        Attempts.Replace(turn, again);
        turn.Do(new Effect.Send(again));
    }

    // A reply, a stop, a takeover or a switched-off bot ends the repeats as it ends everything else that is planned.
    private static bool StillFits(Turn turn, Attempt attempt) =>
        !attempt.Crossed && Attempts.StepOf(turn, attempt) is var (plan, step) && FireCheck.Ask(turn.Conversation, plan, step, turn.Now) is Verdict.Send;

    private static void GiveUp(Turn turn, Attempt attempt, string code)
    {
        var taken = code is not ("closed" or "overtaken");
        if (taken)
        {
            turn.NoteToTeam($"The connection {attempt.ConnectionId} did not take a message for a day ({code}). It can be sent again by hand.", Reason.ProviderFailed);
        }

        if (attempt.MayHaveArrived)
        {
            // Nobody can be asked about it: it is shown as it is.
            Attempts.BecomeUncertain(turn, attempt with { RetryAt = null }, code, reconcile: false);
            return;
        }

        Attempts.Remove(turn, attempt);
        if (Attempts.StepOf(turn, attempt) is var (plan, step))
        {
            StepFiring.End(turn, plan, step, StepState.Failed, HistoryKind.Failed, Reason.ProviderFailed, detail: code);
        }
        else
        {
            turn.Happened(HistoryKind.Failed, stepId: attempt.StepId, reason: Reason.ProviderFailed, channel: attempt.Channel, detail: code);
        }
    }

    /// <summary>15 s, then 20 minutes, so that three tries span most of an hour's outage; never sooner than the provider says.</summary>
    private static TimeSpan BackOff(string id, int tries, TimeSpan? retryAfter)
    {
        var wait = tries <= 1 ? TimeSpan.FromSeconds(15) : TimeSpan.FromMinutes(20);
        wait = Jittered(id, retryAfter > wait ? retryAfter.Value : wait);
        return wait < Longest ? wait : Longest;
    }

    // Up to a fifth more, by the attempt's id.
    private static TimeSpan Jittered(string id, TimeSpan wait) => wait + (wait / 100 * Spread.TicketOf(id, 21));
}

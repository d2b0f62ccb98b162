using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>A provider took a message and told later that it did not arrive: known, so that a new attempt doubles nothing.</summary>
internal static class LateFailures
{
    /// <summary>New attempts after a passing failure.</summary>
    private const int MaximumTries = 3;

    /// <summary>Real time before a new attempt after a passing failure.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    /// <summary>Heeds the code, and puts the follow-up back where another channel, a template or a new attempt may carry it.</summary>
    public static void Take(Turn turn, Message message, string? code)
    {
        if (message.Channel is Channel.LiveChat or Channel.Sms || MetaErrors.FailureNamed(code) is not { } why)
        {
            return;
        }

        var sentAt = message.AttemptedAt ?? message.At;
        var template = message.Template;
        Refusals.Heed(turn, why, code!, message.Channel, sentAt, turn.Now.Connections.GetValueOrDefault(message.Channel), template);
        if (StepOf(turn, message) is not var (plan, step))
        {
            return;
        }

        var again = why is Refusal.Passing && step.Tries + 1 < MaximumTries;
        var elsewhere = Refusals.MovesOn(why) && step.Tries == 0 && Refusals.Instead(turn, plan, message.Channel, template) is not null;
        if (!again && !elsewhere)
        {
            if (Refusals.MovesOn(why))
            {
                turn.NoteToTeam($"A follow-up was not delivered ({code}), and no other channel can carry it.", Refusals.ReasonOf(why));
            }

            return;
        }

        var sent = turn.Conversation.FollowUpsSentAt;
        turn.Conversation = turn.Conversation with
        {
            Plan = Back(plan, step, code!, again ? turn.Now.Now + turn.Now.Real(Again) : turn.Now.Now),
            Finished = null,

            // It reached nobody: it does not count.
            FollowUpsSentAt = sent.Count > 0 ? [.. sent.Take(sent.Count - 1)] : sent,
            Episode = turn.Conversation.Episode with { FollowUpsSent = Math.Max(0, turn.Conversation.Episode.FollowUpsSent - 1) },
        };
    }

    // Only what was sent last, and only while nobody has written since: anything else is history.
    private static (Plan Plan, PlanStep Step)? StepOf(Turn turn, Message message)
    {
        var plan = turn.Conversation.Plan ?? turn.Conversation.Finished;
        if (plan is null || plan.Id != message.PlanId || turn.Conversation.LastAuthor is Author.Contact && plan.Scenario is Scenario.StoppedResponding or Scenario.Chase)
        {
            return null;
        }

        return plan.Steps.LastOrDefault(step => step.State is StepState.Sent or StepState.Sending) is { State: StepState.Sent } step && step.MessageId == message.Id ? (plan, step) : null;
    }

    // The next step loses its date: it counts from the real send of this one.
    private static Plan Back(Plan plan, PlanStep step, string code, DateTimeOffset askAt) => plan with
    {
        Steps =
        [
            .. plan.Steps.Select(candidate =>
                candidate.Id == step.Id
                    ? step with { State = StepState.Scheduled, AttemptId = null, ProviderMessageId = null, Delivery = null, EndedAt = null, Reason = null, Text = step.TextByHand ? step.Text : null, Tries = step.Tries + 1, AskAt = askAt, Detail = code }
                    : candidate.IsPending ? candidate with { State = StepState.Scheduled, DueAt = null, HeldFrom = null, AskAt = null } : candidate),
        ],
    };
}

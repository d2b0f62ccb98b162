using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>A provider took a message and told later that it did not arrive: known, so that a new attempt doubles nothing.</summary>
internal static class LateFailures
{
    /// <summary>The detail where an adapter names no code.</summary>
    private const string Reported = "reported";

    /// <summary>New attempts after a passing failure.</summary>
    private const int MaximumTries = 3;

    /// <summary>Real time before a new attempt after a passing failure.</summary>
    private static readonly TimeSpan Again = TimeSpan.FromMinutes(5);

    /// <summary>Before the one new attempt to reach a phone that was off; closed hours hold it further.</summary>
    private static readonly TimeSpan ReachAgain = TimeSpan.FromHours(4);

    /// <summary>What a receipt says of a message that did not arrive; null: nothing.</summary>
    public static Refusal? WhyOf(Channel channel, Receipt receipt) =>
        receipt.OptedOut ? Refusal.OptedOut
        : receipt.AddressDead ? Refusal.AddressDead
        : channel switch
        {
            Channel.LiveChat => null,
            Channel.Sms => TwilioErrors.FailureNamed(receipt.ErrorCode),
            _ => MetaErrors.FailureNamed(receipt.ErrorCode),
        };

    /// <summary>Heeds what it says, and puts the follow-up back where another channel, a template or a new attempt may carry it.</summary>
    public static void Take(Turn turn, Message message, Receipt receipt)
    {
        if (WhyOf(message.Channel, receipt) is not { } why)
        {
            return;
        }

        var code = receipt.ErrorCode ?? Reported;
        var sentAt = message.AttemptedAt ?? message.At;
        var template = message.Template;
        Refusals.Heed(turn, why, code, message.Channel, sentAt, turn.Now.Connections.GetValueOrDefault(message.Channel), template);
        if (StepOf(turn, message) is not var (plan, step))
        {
            return;
        }

        var again = (why is Refusal.Passing && step.Tries + 1 < MaximumTries) || (why is Refusal.Unreached && step.Tries == 0);
        var elsewhere = Refusals.MovesOn(why) && !step.Rerouted && Refusals.Instead(turn, plan, message.Channel, template) is not null;
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
            Plan = Back(plan, step with { Rerouted = step.Rerouted || elsewhere }, code, AskAt(turn, why)),
            Finished = null,

            // It reached nobody: it does not count.
            FollowUpsSentAt = sent.Count > 0 ? [.. sent.Take(sent.Count - 1)] : sent,
            Episode = turn.Conversation.Episode with { FollowUpsSent = Math.Max(0, turn.Conversation.Episode.FollowUpsSent - 1) },
        };
    }

    private static DateTimeOffset AskAt(Turn turn, Refusal why) => why switch
    {
        Refusal.Passing => turn.Now.Now + turn.Now.Real(Again),
        Refusal.Unreached => turn.Now.Now + ReachAgain,
        _ => turn.Now.Now,
    };

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

using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>Delivery marks, merged by rank, in any order, any number of times: every permutation ends in one state.</summary>
internal static class Receipts
{
    /// <summary>Receipts that wait for their message.</summary>
    private const int ParkedKept = 20;

    public static Decision Take(Turn turn, Receipt receipt)
    {
        // A callback proves that the provider took it, whatever became of the answer.
        var attempt = turn.Conversation.Attempts.FirstOrDefault(candidate => candidate.Id == receipt.AttemptId || candidate.MessageId == receipt.MessageId);
        if (attempt is not null)
        {
            Attempts.End(turn, attempt.Id, new SendResult.Accepted(receipt.ProviderMessageId ?? receipt.MessageId ?? attempt.Id));
        }

        var message = turn.Conversation.Messages.LastOrDefault(candidate => candidate.Author is not Author.Contact && Names(candidate, receipt, attempt));
        if (message is null && receipt.ProviderMessageId is { } unknown && !turn.Conversation.Seen.Contains(unknown))
        {
            Park(turn, receipt);
        }

        if (message is not null && Merge(message.Delivery, receipt.State) is var merged && merged != message.Delivery)
        {
            Mark(turn, message, merged, receipt.ErrorCode);
            if (merged is Delivery.Undelivered)
            {
                LateFailures.Take(turn, message, receipt.ErrorCode);
            }
        }

        if (receipt.AddressDead && ChannelOf(message, attempt) is { } dead && !turn.Conversation.DeadAddresses.Contains(dead))
        {
            turn.Conversation = turn.Conversation with { DeadAddresses = [.. turn.Conversation.DeadAddresses, dead] };
        }

        if (receipt.OptedOut && ChannelOf(message, attempt) is { } refused && !turn.Conversation.OptedOut.Contains(refused))
        {
            turn.RaiseVersion();
            Planner.EndPlan(turn, Reason.ChannelOptedOut);
            OptOuts.Apply(turn, refused, by: null, confirmOn: null);
        }

        return turn.ToDecision();
    }

    /// <summary>A message of ours came to stand: receipts and marks that came before it count now.</summary>
    public static void CatchUp(Turn turn, Message message)
    {
        if (message.ProviderId is { } provider && turn.Conversation.Parked is { } parked && parked.Any(receipt => receipt.ProviderMessageId == provider))
        {
            turn.Conversation = turn.Conversation with { Parked = [.. parked.Where(receipt => receipt.ProviderMessageId != provider)] };
            foreach (var receipt in parked.Where(receipt => receipt.ProviderMessageId == provider))
            {
                Take(turn, receipt);
            }
        }

        MarkAll(turn, message.Channel);
    }

    /// <summary>Applies "everything up to then" to what stands on a channel.</summary>
    public static void MarkAll(Turn turn, Channel channel)
    {
        var marks = turn.Conversation.MarksOf(channel);
        if (marks is { DeliveredUntil: null, ReadUntil: null })
        {
            return;
        }

        foreach (var message in turn.Conversation.Messages.Where(message => message.Author is not Author.Contact && message.Channel == channel && message.Delivery is not null).ToList())
        {
            var sentAt = message.AttemptedAt ?? message.At;
            var told = sentAt <= marks.ReadUntil ? Delivery.Read : sentAt <= marks.DeliveredUntil ? Delivery.Delivered : Delivery.Accepted;
            if (Merge(message.Delivery, told) is var merged && merged != message.Delivery)
            {
                Mark(turn, message, merged, errorCode: null);
            }
        }
    }

    /// <summary>Ranks rise only; a delivery outweighs a failure, since both cannot be true and the phone knows best.</summary>
    public static Delivery Merge(Delivery? before, Delivery told) => (before ?? Delivery.Accepted, told) switch
    {
        (Delivery.Read, _) or (_, Delivery.Read) => Delivery.Read,
        (Delivery.Delivered, _) or (_, Delivery.Delivered) => Delivery.Delivered,
        (Delivery.Undelivered, _) or (_, Delivery.Undelivered) => Delivery.Undelivered,
        _ => Delivery.Accepted,
    };

    // Its message may stand in a moment: the answer to the send, or the step before it, is still on its way.
    private static void Park(Turn turn, Receipt receipt)
    {
        var parked = turn.Conversation.Parked ?? [];
        if (!parked.Contains(receipt))
        {
            turn.Conversation = turn.Conversation with { Parked = [.. parked.TakeLast(ParkedKept - 1), receipt] };
        }
    }

    private static bool Names(Message message, Receipt receipt, Attempt? attempt) =>
        message.Id == receipt.MessageId
        || message.Id == attempt?.MessageId
        || (message.ProviderId is { } provider && (provider == receipt.ProviderMessageId || provider == receipt.MessageId));

    private static Channel? ChannelOf(Message? message, Attempt? attempt) => message?.Channel ?? attempt?.Channel;

    internal static void Mark(Turn turn, Message message, Delivery delivery, string? errorCode)
    {
        turn.Conversation = turn.Conversation with { Messages = [.. turn.Conversation.Messages.Select(candidate => candidate.Id == message.Id ? candidate with { Delivery = delivery } : candidate)] };
        if (turn.Conversation.Plan is { } plan && plan.Id == message.PlanId && plan.Steps.FirstOrDefault(step => step.Id == message.StepId) is { State: StepState.Sent } step && (step.MessageId is null || step.MessageId == message.Id))
        {
            turn.Replace(plan.With(step with { Delivery = delivery, Detail = errorCode ?? step.Detail }));
        }

        if (message.StepId is not null && delivery is not Delivery.Accepted)
        {
            var kind = delivery switch { Delivery.Delivered => HistoryKind.Delivered, Delivery.Read => HistoryKind.Read, _ => HistoryKind.Undelivered };
            turn.Happened(kind, turn.Conversation.Plan, message.StepId, channel: message.Channel, reason: delivery is Delivery.Undelivered && message.Channel is not (Channel.Sms or Channel.LiveChat) && MetaErrors.FailureNamed(errorCode) is { } why ? Refusals.ReasonOf(why) : null, detail: errorCode);
        }
        else
        {
            turn.Do(new Effect.Tell(null));
        }
    }
}

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
            Attempts.End(turn, attempt.Id, new SendResult.Accepted(receipt.ProviderMessageId ?? receipt.MessageId ?? attempt.Id), Attempts.SettledByCallback);
        }

        var message = turn.Conversation.Messages.LastOrDefault(candidate => candidate.Author is not Author.Contact && Names(candidate, receipt, attempt));
        if (message is null && receipt.ProviderMessageId is { } unknown && !turn.Conversation.Seen.Contains(unknown))
        {
            Park(turn, receipt);
        }

        if (message is not null && Join(message, receipt) is var joined && joined != message)
        {
            Mark(turn, message, joined, receipt);
            if (joined.Delivery is Delivery.Undelivered && message.Delivery is not Delivery.Undelivered)
            {
                LateFailures.Take(turn, message, receipt);
            }
            else if (message.Delivery is Delivery.Undelivered && joined.Delivery is Delivery.Delivered or Delivery.Read)
            {
                // It arrived after all: the address lives.
                turn.Conversation = turn.Conversation with { DeadAddresses = [.. turn.Conversation.DeadAddresses.Where(channel => channel != message.Channel)] };
            }
        }

        // An opt-out stands whatever became of the message.
        if (message is not null && receipt.OptedOut)
        {
            Refusals.Heed(turn, Refusal.OptedOut, receipt.ErrorCode ?? "", message.Channel, message.AttemptedAt ?? message.At, connectionId: null, template: null);
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
            var receipt = new Receipt { State = told };
            if (Join(message, receipt) is var joined && joined != message)
            {
                Mark(turn, message, joined, receipt);
            }
        }
    }

    /// <summary>Applies what the channel told of one message; false: it was known.</summary>
    public static bool Grow(Turn turn, Message message, Receipt receipt)
    {
        var joined = Join(message, receipt);
        if (joined.Delivery == message.Delivery)
        {
            return false;
        }

        Mark(turn, message, joined, receipt);
        return true;
    }

    /// <summary>What is known of a message only grows, so that the order of its receipts does not matter: it was read; it was delivered, and when; it was not, and when. Of the last two the later counts; without both times the delivery does, since the phone knows best.</summary>
    private static Message Join(Message message, Receipt receipt)
    {
        var read = message.Delivery is Delivery.Read || receipt.State is Delivery.Read;
        var delivered = Told(message.DeliveredAt, message.Delivery is Delivery.Delivered or Delivery.Read, receipt, Delivery.Delivered);
        var undelivered = Told(message.UndeliveredAt, message.Delivery is Delivery.Undelivered, receipt, Delivery.Undelivered);
        var failed = delivered is null ? undelivered is not null : delivered > DateTimeOffset.MinValue && undelivered > delivered;
        return message with
        {
            DeliveredAt = delivered,
            UndeliveredAt = undelivered,
            Delivery = read ? Delivery.Read : failed ? Delivery.Undelivered : delivered is not null ? Delivery.Delivered : Delivery.Accepted,
        };
    }

    // A document of before these times were kept has the state only.
    private static DateTimeOffset? Told(DateTimeOffset? before, bool stood, Receipt receipt, Delivery state)
    {
        before ??= stood ? DateTimeOffset.MinValue : null;
        return receipt.State == state ? Marks.Latest(before, receipt.DoneAt ?? DateTimeOffset.MinValue) : before;
    }

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

    private static void Mark(Turn turn, Message message, Message joined, Receipt receipt)
    {
        turn.Conversation = turn.Conversation with { Messages = [.. turn.Conversation.Messages.Select(candidate => candidate.Id == message.Id ? joined : candidate)] };
        if (turn.Conversation.Plan is { } plan && plan.Id == message.PlanId && plan.Steps.FirstOrDefault(step => step.Id == message.StepId) is { State: StepState.Sent } step && (step.MessageId is null || step.MessageId == message.Id))
        {
            turn.Replace(plan.With(step with { Delivery = joined.Delivery, Detail = receipt.ErrorCode ?? step.Detail }));
        }

        // Two that contradict each other both stand in the history.
        if (message.StepId is not null && receipt.State is not Delivery.Accepted)
        {
            var kind = receipt.State switch { Delivery.Delivered => HistoryKind.Delivered, Delivery.Read => HistoryKind.Read, _ => HistoryKind.Undelivered };
            var why = receipt.State is Delivery.Undelivered ? Refusals.ReasonOf(LateFailures.WhyOf(message.Channel, receipt) ?? Refusal.Message) : (Reason?)null;
            turn.Happened(kind, turn.Conversation.Plan, message.StepId, why, channel: message.Channel, detail: receipt.ErrorCode);
        }
        else
        {
            turn.Do(new Effect.Tell(null));
        }
    }
}

using FollowUp.Channels;
using FollowUp.Planning;

namespace FollowUp.Conversations;

/// <summary>Delivery marks, merged by rank, in any order, any number of times: every permutation ends in one state.</summary>
internal static class Receipts
{
    public static Decision Take(Turn turn, Receipt receipt)
    {
        // A callback proves that the provider took it, whatever became of the answer.
        var attempt = turn.Conversation.Attempts.FirstOrDefault(candidate => candidate.Id == receipt.AttemptId || candidate.MessageId == receipt.MessageId);
        if (attempt is not null)
        {
            Attempts.End(turn, attempt.Id, new SendResult.Accepted(receipt.ProviderMessageId ?? receipt.MessageId ?? attempt.Id));
        }

        var message = turn.Conversation.Messages.LastOrDefault(candidate => candidate.Author is not Author.Contact && Names(candidate, receipt, attempt));
        if (message is not null && Merge(message.Delivery, receipt.State) is var merged && merged != message.Delivery)
        {
            Mark(turn, message, merged, receipt);
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

    /// <summary>Ranks rise only; a delivery outweighs a failure, since both cannot be true and the phone knows best.</summary>
    public static Delivery Merge(Delivery? before, Delivery told) => (before ?? Delivery.Accepted, told) switch
    {
        (Delivery.Read, _) or (_, Delivery.Read) => Delivery.Read,
        (Delivery.Delivered, _) or (_, Delivery.Delivered) => Delivery.Delivered,
        (Delivery.Undelivered, _) or (_, Delivery.Undelivered) => Delivery.Undelivered,
        _ => Delivery.Accepted,
    };

    private static bool Names(Message message, Receipt receipt, Attempt? attempt) =>
        message.Id == receipt.MessageId
        || message.Id == attempt?.MessageId
        || (message.ProviderId is { } provider && (provider == receipt.ProviderMessageId || provider == receipt.MessageId));

    private static Channel? ChannelOf(Message? message, Attempt? attempt) => message?.Channel ?? attempt?.Channel;

    internal static void Mark(Turn turn, Message message, Delivery delivery, Receipt receipt)
    {
        turn.Conversation = turn.Conversation with { Messages = [.. turn.Conversation.Messages.Select(candidate => candidate.Id == message.Id ? candidate with { Delivery = delivery } : candidate)] };
        if (turn.Conversation.Plan is { } plan && plan.Id == message.PlanId && plan.Steps.FirstOrDefault(step => step.Id == message.StepId) is { } step)
        {
            turn.Replace(plan.With(step with { Delivery = delivery, Detail = receipt.ErrorCode ?? step.Detail }));
        }

        if (message.StepId is not null && delivery is not Delivery.Accepted)
        {
            var kind = delivery switch { Delivery.Delivered => HistoryKind.Delivered, Delivery.Read => HistoryKind.Read, _ => HistoryKind.Undelivered };
            turn.Happened(kind, turn.Conversation.Plan, message.StepId, channel: message.Channel, detail: receipt.ErrorCode);
        }
        else
        {
            turn.Do(new Effect.Tell(null));
        }
    }
}

using FollowUp.Understanding;

namespace FollowUp.Conversations;

/// <summary>What comes in by the channels: messages, echoes of our own, signals, receipts.</summary>
internal sealed partial class ConversationGrain
{
    public Task<Answer<MessageReceived>> PostMessageAsync(IncomingMessage message) =>
        Known is { MergedInto: { } into }
            ? GrainFactory.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, into)).PostMessageAsync(message)
            : TakeAsync(message, detection => detection is null ? new ConversationEvent.OurSideWrote(message) : new ConversationEvent.ContactWrote(message, detection));

    public async Task<Answer<MessageReceived>> PostEchoAsync(IncomingMessage message, string? attemptId)
    {
        if (Known is { MergedInto: { } into })
        {
            // An attempt made before the merge is settled where it was made.
            return Known.Attempts.Any(attempt => attempt.Id == attemptId)
                ? await TakeAsync(message, _ => new ConversationEvent.EchoCame(message, attemptId))
                : await GrainFactory.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, into)).PostEchoAsync(message, attemptId);
        }

        return await TakeAsync(message, _ => new ConversationEvent.EchoCame(message, attemptId));
    }

    public async Task PostSignalAsync(ChannelSignal signal)
    {
        if (Known is { MergedInto: { } into })
        {
            await GrainFactory.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, into)).PostSignalAsync(signal);
        }
        else if (Known is not null)
        {
            await HandleAsync(new ConversationEvent.Signalled(signal));
            if (signal is { Kind: ChannelSignalKind.MessageDeleted, MessageId: { } deleted })
            {
                await EraseOldTextAsync(deleted);
            }
        }
    }

    private async Task<Answer<MessageReceived>> TakeAsync(IncomingMessage message, Func<Detection?, ConversationEvent> eventOf)
    {
        var now = message.Send && Known is { } conversation ? await circumstances.ForFiringAsync(Key, conversation) : await circumstances.ForTakingAsync(Key, stored.State.Conversation, message.BotId);
        if (MessageCheck.Errors(message, Known, now) is { Count: > 0 } errors)
        {
            return Problem.Invalid(errors);
        }

        var before = Known?.Contact.Addresses;
        if (await addresses.ClaimAsync(Key, before, message.Contact?.Addresses) is { } taken)
        {
            return taken;
        }

        var detection = message.Author is Author.Contact ? FirstReading.Of(message, Known, now) : null;
        var decision = await StoreAsync(Decide(eventOf(detection), now), now);
        if (decision.Problem is { } problem)
        {
            await addresses.ReleaseNewAsync(Key, before, message.Contact?.Addresses);
            return problem;
        }

        metrics.MessageTaken(message.Channel, decision.Duplicate);
        if (message is { Author: Author.Contact, Channel: Channels.Channel.LiveChat })
        {
            contactTypedAt = null;
            TellOfAnswer(decision.Conversation, now.Now);
        }

        var known = decision.Conversation;
        var stands = known.Messages.LastOrDefault(candidate => candidate.Id == message.MessageId);
        return new MessageReceived
        {
            MessageId = message.MessageId!,
            Duplicate = decision.Duplicate,
            PlanVersion = known.PlanVersion,
            Intent = detection?.Intent,
            Status = ResponseInfos.StatusOf(known, now),
            Sequence = stands?.Sequence,
        };
    }

    public async Task<Answer<ResponseInfo>> PostReceiptAsync(Receipt receipt)
    {
        if (Known is null)
        {
            return Absent();
        }

        if (receipt.AttemptId is { } attempt && !Known.Attempts.Any(candidate => candidate.Id == attempt) && !Known.Messages.Any(message => message.ProviderId == receipt.ProviderMessageId))
        {
            // Another activation may have begun it: storage knows.
            await stored.ReadStateAsync();
        }

        await HandleAsync(new ConversationEvent.ReceiptCame(receipt));
        return ResponseInfos.Of(Known, await circumstances.ForShowingAsync(Key, Known));
    }
}

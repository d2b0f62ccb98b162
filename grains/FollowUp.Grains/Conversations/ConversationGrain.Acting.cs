using System.Text.Json;
using FollowUp.Ports;

namespace FollowUp.Conversations;

/// <summary>What people and saves do to a conversation.</summary>
internal sealed partial class ConversationGrain
{
    public async Task<Answer<ResponseInfo>> ActAsync(PersonAction action)
    {
        if (Known is null)
        {
            return Absent();
        }

        if (ActionCheck.Errors(action) is { Count: > 0 } errors)
        {
            return Problem.Invalid(errors);
        }

        if (action is PersonAction.Transfer transfer && await circumstances.BotAsync(Workspace, transfer.BotId) is null)
        {
            return Problem.Invalid("botId", "There is no such bot.");
        }

        if (action is PersonAction.Merge merge && await CheckMergeAsync(merge.Into) is { } circle)
        {
            return circle;
        }

        var decision = await HandleAsync(new ConversationEvent.PersonActed(action), firing: true);
        if (decision.Problem is { } problem)
        {
            return problem;
        }

        if (action is PersonAction.Erase)
        {
            await transcripts.DeleteAsync(Workspace, GrainKeys.Parse(Key).Id);
        }

        return ResponseInfos.Of(stored.State.Conversation!, await circumstances.ForShowingAsync(Key, stored.State.Conversation!));
    }

    public async Task<Answer<ContactData>> PutContactAsync(ContactData contact, string? botId)
    {
        var now = await circumstances.ForTakingAsync(Key, stored.State.Conversation, botId);
        var errors = MessageCheck.ContactErrors(contact, "");
        if (Known is null && botId is null)
        {
            errors["botId"] = ["Needed for a new conversation."];
        }
        else if (now.Bot is null)
        {
            errors["botId"] = ["There is no such bot."];
        }

        if (errors.Count > 0)
        {
            return Problem.Invalid(errors);
        }

        if (await addresses.ClaimAsync(Key, Known?.Contact.Addresses, contact.Addresses) is { } taken)
        {
            return taken;
        }

        await StoreAsync(Decide(new ConversationEvent.ContactPut(contact, botId), now), now);
        return contact;
    }

    public async Task BotChangedAsync(bool redate)
    {
        if (Known is not null)
        {
            await HandleAsync(new ConversationEvent.BotChanged(redate), firing: true);
        }
    }

    public async Task<bool> EnrolAsync(string? by) =>
        Known is not null && (await HandleAsync(new ConversationEvent.Enrolled(by), firing: true)).Problem is null;

    public async Task<bool> ResumeMissedAsync(string? by) =>
        Known is not null && (await HandleAsync(new ConversationEvent.MissedResumed(by), firing: true)).Problem is null;

    public async Task AdoptAsync(string otherId, string document)
    {
        if (Known is { MergedInto: { } into })
        {
            await GrainFactory.GetGrain<IConversationTurns>(GrainKeys.Of(Workspace, into)).AdoptAsync(otherId, document);
            return;
        }

        var other = JsonSerializer.Deserialize<Conversation>(document, StateJson.Options)!;
        await HandleAsync(new ConversationEvent.Adopted(other, otherId));
    }

    // A merge goes to where that thread lives now, and never round in a circle.
    private async Task<Problem?> CheckMergeAsync(string into)
    {
        var own = GrainKeys.Parse(Key).Id;
        if (Known!.MergedInto is { } before)
        {
            return Problem.Conflict("alreadyMerged", $"The conversation was merged into {before} already.");
        }

        for (var next = into; ;)
        {
            if (next == own)
            {
                return into == own ? null : Problem.Conflict("mergeCycle", "That conversation was merged into this one.");
            }

            var leads = await GrainFactory.GetGrain<IConversationGrain>(GrainKeys.Of(Workspace, next)).LeadsToAsync();
            if (leads is null)
            {
                return Problem.Invalid("into", "There is no such conversation.");
            }

            if (leads == next)
            {
                return null;
            }

            next = leads;
        }
    }
}

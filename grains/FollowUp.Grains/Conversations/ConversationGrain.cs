using System.Text.Json;
using FollowUp.Effects;
using FollowUp.Hours;
using FollowUp.Ports;
using FollowUp.Understanding;
using FollowUp.Workspaces;
using FollowUp.Writing;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans.Utilities;

namespace FollowUp.Conversations;

/// <summary>One conversation: loads, decides, stores, posts effects. Nothing that waits on the outside runs in its turn, so a reply never queues behind a send.</summary>
internal sealed partial class ConversationGrain(
    [PersistentState("conversation", StorageNames.FollowUp)] IPersistentState<StoredConversation> stored,
    CircumstancesSource circumstances,
    EffectRunner effects,
    ProactiveBudget budget,
    ContactAddresses addresses,
    ITranscriptStore transcripts,
    EngineMetrics metrics,
    TimeProvider time,
    IEngineSpeed speed,
    ILogger<ConversationGrain> logger) : Grain, IConversationGrain, IConversationTurns, IRemindable
{
    private const string ReminderName = "next";

    private readonly ObserverManager<IConversationObserver> observers = new(TimeSpan.FromMinutes(3), logger);
    private ITimer? timer;
    private bool broken;

    private string Key => this.GetPrimaryKeyString();

    private string Workspace => GrainKeys.Parse(Key).Workspace;

    private Conversation? Known => stored.State.Conversation is { Erased: false } conversation ? conversation : null;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        // What was with a provider when the last activation died gets no answer any more: it is uncertain, and reconciled.
        if (stored.State.Conversation is { } conversation && ConversationDecider.Owes(conversation))
        {
            await HandleAsync(new ConversationEvent.Recovered());
            ArmTimer(stored.State.Conversation!);
        }
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (timer is not null)
        {
            await timer.DisposeAsync();
        }
    }

    // A tick is only a wake-up: it may come late, twice or not at all. The plan says what is due.
    async Task IRemindable.ReceiveReminder(string reminderName, TickStatus status)
    {
        await RecoverLostAsync();
        if (!await WakeUpAsync())
        {
            // Another activation may have written since this one read: an empty tick believes storage only.
            await stored.ReadStateAsync();
            await WakeUpAsync();
        }

        await PutAlarmOffAsync();
    }

    public Task WakeAsync() => WakeUpAsync();

    public async Task ReportAsync(ConversationEvent outcome)
    {
        var firing = outcome is ConversationEvent.TextWritten or ConversationEvent.AnswerWritten;
        await HandleAsync(outcome, firing);
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

        var detection = message.Author is Author.Contact ? Detect(message, now) : null;
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

    public Task SubscribeAsync(IConversationObserver observer)
    {
        observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(IConversationObserver observer)
    {
        observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private static Problem Absent() => Problem.NotFound("There is no such conversation.");

    private static Detection Detect(IncomingMessage message, Circumstances now, Conversation? known)
    {
        if (message.Keyword is { } keyword and not ProviderKeyword.Help)
        {
            return new Detection
            {
                Intent = keyword is ProviderKeyword.Stop ? Intent.OptOut : Intent.Normal,
                Confidence = 1,
                Evidence = message.Text ?? "",
                Scope = keyword is ProviderKeyword.Stop ? OptOutScope.Channel : null,
                IsKeyword = true,
                IsOptIn = keyword is ProviderKeyword.Start,
            };
        }

        var contact = known?.Contact ?? message.Contact ?? new ContactData();
        return Detector.Detect(message.Text ?? "", new DetectorContext
        {
            SentAt = Instant.FromDateTimeOffset(Inbound.Believed(message.SentAt, now.Now)),
            Zone = now.ZoneOf(message.Contact?.TimeZone is null ? contact : message.Contact),
            FallbackLanguage = WritingTasks.LanguageOf(known ?? new Conversation { Contact = contact }, now),
            OptOutWords = now.Workspace.OptOutWords,
        });
    }

    private Detection Detect(IncomingMessage message, Circumstances now) => Detect(message, now, Known);

    private Decision Decide(ConversationEvent @event, Circumstances now) => ConversationDecider.Decide(stored.State.Conversation ?? new Conversation(), @event, now);

    private async Task<Decision> HandleAsync(ConversationEvent @event, bool firing = false)
    {
        var known = stored.State.Conversation ?? new Conversation();
        var now = firing ? await circumstances.ForFiringAsync(Key, known) : await circumstances.ForTakingAsync(Key, known, botId: null);
        return await StoreAsync(Decide(@event, now), now);
    }

    // Attempts are worked on where their conversation lives. One that nobody here works on any more lost its outcome on the way.
    private async Task RecoverLostAsync()
    {
        var sending = stored.State.Conversation?.Attempts.Where(attempt => attempt is { Uncertain: false, RetryAt: null }).ToList();
        if (sending is { Count: > 0 } && !sending.Exists(attempt => effects.IsUnderWay(Key, attempt)))
        {
            await HandleAsync(new ConversationEvent.Recovered());
        }
    }

    private async Task<bool> WakeUpAsync()
    {
        var before = stored.State.Conversation;
        if (before is null)
        {
            return false;
        }

        // A silo that is about to end fires nothing: the next tick comes to another one.
        if (effects.IsDraining)
        {
            return true;
        }

        var decision = await HandleAsync(new ConversationEvent.WokeUp(), firing: ConversationDecider.NextWakeUpAt(before) <= time.GetUtcNow());
        return decision.Effects.Count > 0 || !ReferenceEquals(before, decision.Conversation);
    }

    private async Task<Decision> StoreAsync(Decision decision, Circumstances now)
    {
        if (broken)
        {
            throw new InvalidOperationException("The last write failed; the conversation is being read again.");
        }

        var next = decision.Conversation;
        if (!ReferenceEquals(next, stored.State.Conversation) && decision.Problem is null && !decision.Duplicate)
        {
            try
            {
                if (decision.PageToKeep is { } page)
                {
                    await transcripts.WriteAsync(Workspace, GrainKeys.Parse(Key).Id, page.Number, JsonSerializer.SerializeToUtf8Bytes(page.Messages, StateJson.Options));
                }

                // Alarm before the document: a spare tick is harmless, a missing one loses a follow-up.
                if (Alarm.MoveEarlierTo(next, now.Now) is { } alarm)
                {
                    await SetReminderAsync(alarm);
                    next = next with { AlarmAt = alarm };
                }

                await WriteAsync(next, now);
            }
            catch
            {
                broken = true;
                DeactivateOnIdle();
                throw;
            }
        }

        ArmTimer(next);
        metrics.Count(decision.Happened);
        Post(decision);
        return decision with { Conversation = next };
    }

    private async Task WriteAsync(Conversation next, Circumstances now)
    {
        stored.State.Conversation = next;
        stored.State.Entry = StoredConversation.EntryOf(next, now);
        await stored.WriteStateAsync();
    }

    private void Post(Decision decision)
    {
        foreach (var (entry, _) in decision.Happened)
        {
            if (entry is { Kind: HistoryKind.Sent, StepId: not null })
            {
                budget.Spend(Workspace);
            }
        }

        foreach (var effect in decision.Effects)
        {
            if (effect is Effect.Tell tell)
            {
                observers.Notify(observer => observer.ChangedAsync(GrainKeys.Parse(Key).Id, tell.Message is null ? null : ResponseInfos.Show(tell.Message))).Ignore();
                continue;
            }

            effects.Post(Key, stored.State.Conversation!, effect);
        }
    }
}

using System.Text.Json;
using FollowUp.Effects;
using FollowUp.Ports;
using FollowUp.Workspaces;
using Microsoft.Extensions.Logging;
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

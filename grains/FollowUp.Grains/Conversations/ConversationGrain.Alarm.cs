namespace FollowUp.Conversations;

/// <summary>The one reminder, and the timer that does near work on time (docs/decisions/alarm.md).</summary>
internal sealed partial class ConversationGrain
{
    /// <summary>An upsert takes a while: a reminder due sooner than this would tick a whole period late.</summary>
    private static readonly TimeSpan MinimumDue = TimeSpan.FromSeconds(5);

    private async Task SetReminderAsync(DateTimeOffset at)
    {
        var due = at - time.GetUtcNow();
        await this.RegisterOrUpdateReminder(ReminderName, due > MinimumDue ? due : MinimumDue, Alarm.Period);
        metrics.ReminderWritten();
    }

    private async Task PutAlarmOffAsync()
    {
        if (stored.State.Conversation is not { } conversation)
        {
            await ClearReminderAsync();
            return;
        }

        var now = time.GetUtcNow();
        if (!Alarm.MayPutOff(conversation, now))
        {
            return;
        }

        // The document first: if this dies in between, the reminder ticks too early, which is harmless.
        var needed = Alarm.NeededAt(conversation, now);
        await WriteAsync(conversation with { AlarmAt = needed }, await circumstances.ForTakingAsync(Key, conversation, botId: null));
        if (needed is { } at)
        {
            await SetReminderAsync(at);
        }
        else
        {
            await ClearReminderAsync();
        }
    }

    private async Task ClearReminderAsync()
    {
        if (await this.GetReminder(ReminderName) is { } reminder)
        {
            await this.UnregisterReminder(reminder);
            metrics.ReminderWritten();
        }
    }

    // The reminder is the safety net; while this activation lives, a timer of the engine's clock does near work on time.
    private void ArmTimer(Conversation conversation)
    {
        var next = ConversationDecider.NextWakeUpAt(conversation);
        var wait = next - time.GetUtcNow();
        if (wait is not { } soon || soon > 2 * Alarm.Period)
        {
            timer?.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            return;
        }

        soon = soon > TimeSpan.FromMilliseconds(1) ? soon : TimeSpan.FromMilliseconds(1);
        timer ??= time.CreateTimer(static self => ((IConversationTurns)self!).WakeAsync().Ignore(), this.AsReference<IConversationTurns>(), Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timer.Change(soon, Timeout.InfiniteTimeSpan);
    }
}

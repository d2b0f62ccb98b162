namespace FollowUp.Conversations;

/// <summary>Where the one reminder has to stand. It is an alarm clock, not a record: what is due is in the document.</summary>
public static class Alarm
{
    /// <summary>The reminder's period: the retry, and the worst lateness after an outage.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    /// <summary>A conversation that was active this lately keeps its minute ticks; moving the alarm would cost a write each time.</summary>
    public static readonly TimeSpan StillActive = TimeSpan.FromMinutes(5);

    /// <summary>When a tick is needed: within a minute while something is owed, else when the next thing falls due. Null: never.</summary>
    public static DateTimeOffset? NeededAt(Conversation conversation, DateTimeOffset now)
    {
        var owed = ConversationDecider.Owes(conversation) ? now + Period : (DateTimeOffset?)null;
        return ConversationDecider.NextWakeUpAt(conversation) is not { } wake ? owed
            : owed is { } soon && soon < wake ? soon
            : owed is not null ? owed
            : wake;
    }

    /// <summary>Where the alarm must be moved to before the document is stored; null: the standing one ticks early enough. A reminder whose time has passed goes on ticking every minute.</summary>
    public static DateTimeOffset? MoveEarlierTo(Conversation conversation, DateTimeOffset now)
    {
        if (NeededAt(conversation, now) is not { } needed)
        {
            return null;
        }

        var ticks = conversation.AlarmAt is { } standing ? (standing > now ? standing : now + Period) : (DateTimeOffset?)null;
        return ticks <= needed || (ticks is not null && ticks <= now + Period && needed <= now + Period) ? null : needed;
    }

    /// <summary>After a tick: whether the alarm may be put off to when it is needed (or, null, be taken away).</summary>
    public static bool MayPutOff(Conversation conversation, DateTimeOffset now) =>
        NeededAt(conversation, now) is not { } needed || (needed > now + (2 * Period) && now - conversation.LastActivityAt > StillActive);
}

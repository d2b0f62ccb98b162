using FollowUp.Bots;
using FollowUp.Conversations;
using FollowUp.Hours;
using NodaTime;

namespace FollowUp.Limits;

/// <summary>How many follow-ups one contact gets (SPEC §3).</summary>
public static class ContactLimits
{
    /// <summary>Follow-ups of one episode at most.</summary>
    public const int PerEpisode = 5;

    /// <summary>When the next follow-up may go: now, or the first instant at which the workspace's caps and the bot's limits all allow it.</summary>
    public static DateTimeOffset NextAllowedAt(Conversation conversation, Circumstances now)
    {
        var allowed = now.Now;
        if (conversation.FollowUpsSentAt.Count == 0)
        {
            return allowed;
        }

        var zone = now.ZoneOf(conversation.Contact);
        foreach (var limit in now.Workspace.Caps.Concat(now.Bot?.Settings.FollowUp.Limits.PerContact ?? []))
        {
            var frees = FreesAt(limit, conversation.FollowUpsSentAt, now.Now, zone);
            allowed = frees > allowed ? frees : allowed;
        }

        return allowed;
    }

    private static DateTimeOffset FreesAt(FollowUpLimit limit, IReadOnlyList<DateTimeOffset> sent, DateTimeOffset now, DateTimeZone zone)
    {
        var ends = sent.Select(at => EndsCounting(limit.Per, at, zone)).Where(end => end > now).Order().ToList();

        // As many as are over the limit, and one more, have to fall out of the count.
        return ends.Count < limit.Count ? now : ends[ends.Count - limit.Count];
    }

    /// <summary>Days are calendar days: a message counts until that many midnights have passed. Hours and minutes roll.</summary>
    private static DateTimeOffset EndsCounting(Delay per, DateTimeOffset at, DateTimeZone zone) => per.Unit switch
    {
        DelayUnit.Days => Instant.FromDateTimeOffset(at).InZone(zone).Date.PlusDays(per.Value).AtStartOfDayInZone(zone).ToDateTimeOffset().ToUniversalTime(),
        DelayUnit.Hours => at.AddHours(per.Value),
        DelayUnit.Minutes => at.AddMinutes(per.Value),
        _ => at.AddSeconds(per.Value),
    };
}

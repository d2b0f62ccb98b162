using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;

namespace FollowUp.Hours;

/// <summary>The schedules that bind a conversation's follow-ups.</summary>
public static class HoursOf
{
    /// <summary>The quiet hours of SMS that no setting widens: 08:00–21:00 on the contact's clock (47 CFR 64.1200(c)(1)).</summary>
    public static readonly HoursWindow SmsOpening = new() { From = new TimeOnly(8, 0), To = new TimeOnly(21, 0) };

    extension(Circumstances now)
    {
        public Schedule ActiveHoursFor(Conversation conversation) =>
            now.Bot?.Settings.FollowUp.ActiveHours is { Enabled: true } hours ? Schedule.Of(hours, now.HoursZoneFor(conversation.Contact)) : Schedule.Always;

        /// <summary>The quiet hours of a channel, in the contact's zone; the workspace's own only narrow SMS's.</summary>
        public IReadOnlyList<Schedule> QuietHoursFor(Conversation conversation, Channel channel)
        {
            var own = now.Workspace.QuietHours?.GetValueOrDefault(channel);
            if (own is null && channel is not Channel.Sms)
            {
                return [];
            }

            var zone = now.ZoneOf(conversation.Contact);
            return (own, channel) switch
            {
                (null, _) => [Schedule.Daily(SmsOpening, zone)],
                (_, Channel.Sms) => [Schedule.Daily(SmsOpening, zone), Schedule.Daily(own, zone)],
                _ => [Schedule.Daily(own, zone)],
            };
        }
    }
}

using FollowUp.Bots;
using FollowUp.Conversations;
using NodaTime;

namespace FollowUp.Hours;

/// <summary>Whose clock is read. Zones are never guessed from a number.</summary>
public static class Zones
{
    /// <summary>The zone of an IANA id; null for an unknown one.</summary>
    public static DateTimeZone? Find(string? id) => id is null ? null : DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);

    extension(Circumstances now)
    {
        /// <summary>The bot's zone, else the workspace's, else UTC.</summary>
        public DateTimeZone BusinessZone => Find(now.Bot?.Settings.TimeZone) ?? Find(now.Workspace.TimeZone) ?? DateTimeZone.Utc;

        /// <summary>The contact's zone, else the business's.</summary>
        public DateTimeZone ZoneOf(ContactData contact) => Find(contact.TimeZone) ?? now.BusinessZone;

        /// <summary>The zone in which hours open and delays in days keep their wall-clock time.</summary>
        public DateTimeZone HoursZoneFor(ContactData contact) =>
            now.Bot?.Settings.FollowUp.ActiveHours.Zone == HoursZone.Business ? now.BusinessZone : now.ZoneOf(contact);
    }

    /// <summary>The same instant on that zone's wall clock.</summary>
    public static DateTimeOffset In(this DateTimeOffset at, DateTimeZone zone) =>
        Instant.FromDateTimeOffset(at).InZone(zone).ToDateTimeOffset();
}

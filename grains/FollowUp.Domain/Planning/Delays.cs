using FollowUp.Bots;
using NodaTime;
using NodaTime.TimeZones;

namespace FollowUp.Planning;

/// <summary>Adds delays to instants. Nothing throws: what would pass the end of time is the end of time, and a value that is not positive is no delay.</summary>
public static class Delays
{
    private static readonly long LongestInSeconds = (long)Duration.MaxValue.TotalSeconds;

    extension(Delay delay)
    {
        /// <summary>Seconds, minutes and hours are exact; days keep the wall-clock time of <paramref name="zone"/>: a skipped local time moves forward by the gap, a repeated one is the first. A positive delay always ends later than <paramref name="anchor"/>. <see cref="DelayUnit.Forever"/> is <see cref="Instant.MaxValue"/>.</summary>
        public Instant After(Instant anchor, DateTimeZone zone)
        {
            // Two days of room: for the zone's offset and for a day the zone skips.
            if (delay.Elapsed >= Instant.MaxValue - anchor - Duration.FromDays(2))
            {
                return Instant.MaxValue;
            }

            return delay.Unit == DelayUnit.Days
                ? zone.ResolveLocal(anchor.InZone(zone).LocalDateTime.PlusDays(Math.Max(delay.Value, 0)), Resolvers.LenientResolver).ToInstant()
                : anchor + delay.Elapsed;
        }

        /// <summary>The delay as elapsed time; a day is 24 hours, <see cref="DelayUnit.Forever"/> is <see cref="Duration.MaxValue"/>.</summary>
        public Duration Elapsed
        {
            get
            {
                var units = (long)Math.Max(delay.Value, 0);
                var seconds = delay.Unit switch
                {
                    DelayUnit.Seconds => units,
                    DelayUnit.Minutes => units * 60,
                    DelayUnit.Hours => units * 3_600,
                    DelayUnit.Days => units * 86_400,
                    _ => long.MaxValue,
                };
                return seconds >= LongestInSeconds ? Duration.MaxValue : Duration.FromSeconds(seconds);
            }
        }
    }
}

#pragma warning disable CA1822
using FollowUp.Bots;
using NodaTime;

namespace FollowUp.Planning;

/// <summary>Adds delays to instants.</summary>
public static class Delays
{
    extension(Delay delay)
    {
        /// <summary>Seconds, minutes and hours are exact; days keep the wall-clock time of <paramref name="zone"/>: a skipped local time moves forward by the gap, a repeated one is the first. <see cref="DelayUnit.Forever"/> is <see cref="Instant.MaxValue"/>.</summary>
        public Instant After(Instant anchor, DateTimeZone zone) => anchor;

        /// <summary>The delay as elapsed time; a day is 24 hours.</summary>
        public Duration Elapsed => Duration.Zero;
    }
}

using System.Text.Json;
using FollowUp.Hours;
using FollowUp.Planning;
using FollowUp.Understanding;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace FollowUp.Opinions;

/// <summary>Believes of a model's reading what code can check: known words, a time that exists and is within bounds, a quotation that was really written.</summary>
public static class Opinion
{
    /// <summary>A reading less sure than this leaves the first one alone.</summary>
    public const double LeastConfidence = 0.5;

    /// <summary>No asked time is nearer to its message.</summary>
    public static readonly TimeSpan NearestTime = TimeSpan.FromMinutes(1);

    private static readonly Dictionary<string, Intent> Intents = Enum.GetValues<Intent>().ToDictionary(intent => JsonNamingPolicy.CamelCase.ConvertName(intent.ToString()), StringComparer.Ordinal);

    private static readonly LocalDateTimePattern[] Clocks =
    [
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"),
        LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm':'ss"),
    ];

    /// <summary>The words a model may choose its intent from.</summary>
    public static IReadOnlyCollection<string> IntentWords => Intents.Keys;

    /// <summary>The reading as a detection; null where anything of it is wrong: an unknown word, no or little confidence, a date that does not exist, a time that is not 1 minute to 365 days after the message.</summary>
    public static Detection? Of(ModelReading reading, ReadingTask task)
    {
        if (!Intents.TryGetValue(reading.Intent, out var intent) || reading.Confidence is not (>= LeastConfidence and <= 1))
        {
            return null;
        }

        DateTimeOffset? when = null;
        var timed = intent is Intent.RequestedFollowUp or Intent.Busy or Intent.AutoReply;
        if (timed && reading.When is { } clock && (when = TimeOf(clock, task)) is null)
        {
            return null;
        }

        var asked = intent is Intent.RequestedFollowUp ? when : null;
        return new Detection
        {
            Intent = intent,
            Confidence = reading.Confidence,
            DueAt = asked,
            DueLocal = asked?.In(ZoneOf(task)),
            Grain = asked is null ? null : TimeGrain.Minute,
            BusyUntil = intent is Intent.RequestedFollowUp ? null : when,
            Evidence = reading.Quote is { } quote && task.Text.Contains(quote, StringComparison.OrdinalIgnoreCase) ? quote : "",
            Judge = Judge.Model,
            Language = task.Language,
            Scope = intent is Intent.OptOut ? reading.OfAllChannels ? OptOutScope.All : OptOutScope.Channel : null,
        };
    }

    private static DateTimeZone ZoneOf(ReadingTask task) => Zones.Find(task.Zone) ?? DateTimeZone.Utc;

    // A skipped local time moves forward by the gap, a repeated one is the first.
    private static DateTimeOffset? TimeOf(string clock, ReadingTask task)
    {
        foreach (var pattern in Clocks)
        {
            if (pattern.Parse(clock).TryGetValue(default, out var local) && local.Year is > 1 and < 9_999)
            {
                var at = ZoneOf(task).ResolveLocal(local, Resolvers.LenientResolver).ToInstant().ToDateTimeOffset();
                return at >= task.SentAt + NearestTime && at <= task.SentAt + Planner.FarthestPromise ? at : null;
            }
        }

        return null;
    }
}

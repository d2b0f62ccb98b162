using FollowUp.Hours;
using FollowUp.Workspaces;
using NodaTime;
using Orleans.Concurrency;

namespace FollowUp.Understanding;

[StatelessWorker]
internal sealed class UnderstandingGrain(SettingsCache cache, TimeProvider time) : Grain, IUnderstandingGrain
{
    public async Task<Answer<IReadOnlyList<Detection>>> DetectAsync(IReadOnlyList<DetectRequest> requests)
    {
        var errors = new Dictionary<string, IReadOnlyList<string>>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].TimeZone is { } zone && Zones.Find(zone) is null)
            {
                errors[$"items[{i}].timeZone"] = ["Not an IANA time zone, such as America/New_York."];
            }
        }

        if (errors.Count > 0)
        {
            return Problem.Invalid(errors);
        }

        var settings = (await cache.GetAsync(this.GetPrimaryKeyString(), fresh: false)).Settings;
        var now = time.GetUtcNow();
        IReadOnlyList<Detection> found = [.. requests.Select(request => Detector.Detect(request.Text, new DetectorContext
        {
            SentAt = Instant.FromDateTimeOffset(request.SentAt ?? now),
            Zone = Zones.Find(request.TimeZone) ?? Zones.Find(settings.TimeZone) ?? DateTimeZone.Utc,
            FallbackLanguage = request.Language ?? "en",
            OptOutWords = settings.OptOutWords,
        }))];
        return new Answer<IReadOnlyList<Detection>> { Value = found };
    }
}

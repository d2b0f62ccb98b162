using FollowUp.Hours;
using FollowUp.Workspaces;
using NodaTime;
using Orleans.Concurrency;

namespace FollowUp.Understanding;

[StatelessWorker]
internal sealed class UnderstandingGrain(SettingsCache cache, TimeProvider time) : Grain, IUnderstandingGrain
{
    public async Task<IReadOnlyList<Detection>> DetectAsync(IReadOnlyList<DetectRequest> requests)
    {
        var settings = (await cache.GetAsync(this.GetPrimaryKeyString(), fresh: false)).Settings;
        var now = time.GetUtcNow();
        return [.. requests.Select(request => Detector.Detect(request.Text, new DetectorContext
        {
            SentAt = Instant.FromDateTimeOffset(request.SentAt ?? now),
            Zone = Zones.Find(request.TimeZone) ?? Zones.Find(settings.TimeZone) ?? DateTimeZone.Utc,
            FallbackLanguage = request.Language ?? "en",
            OptOutWords = settings.OptOutWords,
        }))];
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using NodaTime.Text;

namespace FollowUp.Understanding;

/// <summary>A message of the labelled files beside this one; docs/decisions/label-model.md describes their fields.</summary>
internal sealed record LabelledMessage
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public required string Id { get; init; }
    public required string Text { get; init; }
    public required string Lang { get; init; }
    public required string Reference { get; init; }
    public required string Zone { get; init; }
    public required string Label { get; init; }
    public string? Due { get; init; }
    public double DueToleranceMinutes { get; init; }
    public bool HardNegative { get; init; }
    public string Note { get; init; } = "";

    [JsonIgnore]
    public bool IsRequest => Label == "requested_follow_up";

    public static IEnumerable<LabelledMessage> Read(string folder) =>
        Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Understanding", folder), "*.jsonl")
            .Order(StringComparer.Ordinal)
            .SelectMany(File.ReadLines)
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Select(line => JsonSerializer.Deserialize<LabelledMessage>(line, Options)!);

    public Detection Detect()
    {
        var zone = DateTimeZoneProviders.Tzdb[Zone];
        var sentAt = LocalDateTimePattern.GeneralIso.Parse(Reference).Value.InZoneLeniently(zone).ToInstant();
        return Detector.Detect(Text, new DetectorContext { SentAt = sentAt, Zone = zone, FallbackLanguage = Lang });
    }

    public bool IsLabelled(Detection found) => Label == found.Intent switch
    {
        Intent.OptOut => "opt_out",
        Intent.RequestedFollowUp => "requested_follow_up",
        Intent.Busy or Intent.AutoReply => "busy",
        _ => "normal",
    };

    /// <summary>For requests: whether the due time is the one that was meant, or both are none.</summary>
    public bool IsDue(Detection found)
    {
        var due = found.Intent is Intent.RequestedFollowUp ? found.DueLocal?.DateTime : null;
        return Due is null ? due is null : due is { } at && Math.Abs((at - LocalDateTimePattern.GeneralIso.Parse(Due).Value.ToDateTimeUnspecified()).TotalMinutes) <= DueToleranceMinutes;
    }
}

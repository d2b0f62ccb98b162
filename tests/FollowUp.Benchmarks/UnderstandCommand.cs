using System.Text.Json;
using System.Text.Json.Nodes;
using FollowUp.Understanding;
using NodaTime;
using NodaTime.Text;

namespace FollowUp.Benchmarks;

/// <summary>Judges messages of the labelled format, one JSON object a line, and prints predictions for a scorer.</summary>
internal static class UnderstandCommand
{
    public static async Task<int> RunAsync(TextReader input, TextWriter output)
    {
        while (await input.ReadLineAsync() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var record = JsonNode.Parse(line)!;
            var zone = DateTimeZoneProviders.Tzdb[(string)record["zone"]!];
            var reference = LocalDateTimePattern.GeneralIso.Parse((string)record["reference"]!).Value;
            var detection = Detector.Detect((string)record["text"]!, new DetectorContext
            {
                SentAt = reference.InZoneLeniently(zone).ToInstant(),
                Zone = zone,
                FallbackLanguage = (string?)record["lang"] ?? "en",
            });
            await output.WriteLineAsync(JsonSerializer.Serialize(new
            {
                id = (string)record["id"]!,
                label = LabelOf(detection.Intent),
                due = detection is { Intent: Intent.RequestedFollowUp, DueLocal: { } due } ? due.ToString("yyyy-MM-dd'T'HH:mm:ss") : null,
            }));
        }

        return 0;
    }

    private static string LabelOf(Intent intent) => intent switch
    {
        Intent.OptOut => "opt_out",
        Intent.RequestedFollowUp => "requested_follow_up",
        Intent.Busy or Intent.AutoReply => "busy",
        _ => "normal",
    };
}

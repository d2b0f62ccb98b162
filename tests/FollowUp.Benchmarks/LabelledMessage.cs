using System.Text.Json.Nodes;
using FollowUp.Understanding;
using NodaTime;
using NodaTime.Text;

namespace FollowUp.Benchmarks;

/// <summary>One line of a labelled file: a message, when and where it was written, and what it means.</summary>
internal sealed record LabelledMessage(string Id, string Text, DetectorContext Context, string? Label)
{
    public static IEnumerable<LabelledMessage> Read(TextReader lines)
    {
        while (lines.ReadLine() is { } line)
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            var record = JsonNode.Parse(line)!;
            var zone = DateTimeZoneProviders.Tzdb[(string)record["zone"]!];
            var reference = LocalDateTimePattern.GeneralIso.Parse((string)record["reference"]!).Value;
            var context = new DetectorContext { SentAt = reference.InZoneLeniently(zone).ToInstant(), Zone = zone, FallbackLanguage = (string?)record["lang"] ?? "en" };
            yield return new LabelledMessage((string)record["id"]!, (string)record["text"]!, context, (string?)record["label"]);
        }
    }
}

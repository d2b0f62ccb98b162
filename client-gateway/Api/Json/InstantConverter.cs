using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace FollowUp.Api.Json;

/// <summary>Instants are ISO 8601 with Z; local times carry their offset. One without either says nothing and is refused.</summary>
internal sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    // Far enough for any business; calendars of time zones have room on both sides.
    private const int EarliestYear = 1970;
    private const int LatestYear = 2200;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var text = reader.TokenType is JsonTokenType.String ? reader.GetString()! : throw new JsonException("Not an instant, such as 2026-11-22T19:04:00Z.");
        return HasOffset(text) && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var at) && at.Year is >= EarliestYear and <= LatestYear
            ? at
            : throw new JsonException("Not an instant, such as 2026-11-22T19:04:00Z or 2026-11-22T12:04:00-07:00.");
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Format(value));

    public static string Format(DateTimeOffset value) =>
        value.ToString(value.Offset == TimeSpan.Zero ? "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);

    private static bool HasOffset(string text)
    {
        var time = text.IndexOf('T', StringComparison.OrdinalIgnoreCase);
        return time > 0 && (text.EndsWith('Z') || text.EndsWith('z') || text.IndexOfAny(['+', '-'], time) > 0);
    }
}

using System.Text.Json;

namespace FollowUp.Webhooks.Meta;

/// <summary>Reads JSON of a sender that may change its types: a field of another kind is as good as absent.</summary>
internal static class Json
{
    extension(JsonElement element)
    {
        public JsonElement? Object(string name) => element.Member(name) is { ValueKind: JsonValueKind.Object } found ? found : null;

        /// <summary>An array's items; none for anything else.</summary>
        public IEnumerable<JsonElement> Items(string name) => element.Member(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

        /// <summary>A text; ids come as numbers too.</summary>
        public string? Text(string name) => element.Member(name) switch
        {
            { ValueKind: JsonValueKind.String } text => text.GetString(),
            { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
            _ => null,
        };

        public string? Text(string parent, string name) => element.Object(parent)?.Text(name);

        public bool Flag(string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

        public bool Has(string name) => element.Member(name) is not null;

        public int? Number(string name) => element.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

        /// <summary>Milliseconds since 1970, or seconds (WhatsApp, as a text).</summary>
        public DateTimeOffset? Instant(string name, bool seconds = false)
        {
            if (!long.TryParse(element.Text(name), out var value) || value <= 0)
            {
                return null;
            }

            var milliseconds = seconds ? Math.Min(value, 10_000_000_000) * 1_000 : value;
            return milliseconds < 10_000_000_000_000 ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
        }

        private JsonElement? Member(string name) => element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var found) ? found : null;
    }
}

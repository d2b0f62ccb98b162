using System.Text.Encodings.Web;
using System.Text.Json;

namespace FollowUp.Ai;

/// <summary>JSON to and from models: told readably, read strictly.</summary>
internal static class AiJson
{
    private static readonly JsonSerializerOptions Told = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static string Tell<T>(T data) => JsonSerializer.Serialize(data, Told);

    /// <summary>Null: wrong in shape.</summary>
    public static T? Read<T>(string text)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(WithoutFence(text), Strict);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement Schema(string json) => JsonDocument.Parse(json).RootElement.Clone();

    // Servers that do not hold to a schema often wrap JSON as ```json … ```.
    private static string WithoutFence(string text)
    {
        text = text.Trim();
        if (!text.StartsWith("```", StringComparison.Ordinal) || !text.EndsWith("```", StringComparison.Ordinal))
        {
            return text;
        }

        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return line < 0 ? text : text[line..^3];
    }
}

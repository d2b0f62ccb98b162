using System.Text.Json.Nodes;

namespace FollowUp.ProviderSimulator.Models;

/// <summary>Checks a chat completion request as strictly as the public description has it.</summary>
internal static class ModelRules
{
    private static readonly HashSet<string> Known = ["model", "messages", "response_format", "max_completion_tokens", "max_tokens", "temperature", "top_p", "n", "stream", "stop", "user", "seed", "store", "metadata"];

    private static readonly HashSet<string> Roles = ["system", "developer", "user", "assistant"];

    /// <summary>Null: it may pass; else the error's message.</summary>
    public static string? Refusal(JsonNode? body)
    {
        if (body is not JsonObject request)
        {
            return "The body is no JSON object.";
        }

        if (request.Select(field => field.Key).FirstOrDefault(field => !Known.Contains(field)) is { } unknown)
        {
            return $"Unrecognized request argument supplied: {unknown}";
        }

        if (request["messages"] is not JsonArray { Count: > 0 } messages)
        {
            return "'messages' is a required property";
        }

        if (messages.Any(message => message?["role"]?.GetValue<string>() is not { } role || !Roles.Contains(role) || TextOf(message) is null))
        {
            return "Invalid message.";
        }

        if (request["response_format"] is not JsonObject { } format || (string?)format["type"] != "json_schema" || format["json_schema"]?["name"] is null || format["json_schema"]?["schema"] is not JsonObject schema)
        {
            return "Missing required parameter: 'response_format.json_schema'.";
        }

        // Of strict schemas: every property is required and nothing else is allowed.
        return (bool?)format["json_schema"]!["strict"] is true && ((bool?)schema["additionalProperties"] is not false || schema["required"]!.AsArray().Count != schema["properties"]!.AsObject().Count)
            ? "Invalid schema for response_format."
            : null;
    }

    public static string? TextOf(JsonNode? message) => message?["content"] switch
    {
        JsonValue text => (string?)text,
        JsonArray parts => string.Concat(parts.Select(part => (string?)part?["text"])),
        _ => null,
    };
}

using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FollowUp.ProviderSimulator.Meta;

/// <summary>Checks a send as strictly as Meta's public descriptions have it: unknown fields, wrong types, wrong lengths.</summary>
internal static partial class MetaRules
{
    /// <summary>Null: it may pass.</summary>
    public static MetaRefusal? Refusal(MetaProduct product, JsonElement body, IReadOnlyDictionary<string, int> templates) => product switch
    {
        MetaProduct.Messenger => Messenger(body),
        MetaProduct.Instagram => Instagram(body),
        _ => WhatsApp(body, templates),
    };

    private static MetaRefusal? Messenger(JsonElement body) =>
        Unknown(body, "recipient", "messaging_type", "message")
        ?? Recipient(body)
        ?? (Text(body, "messaging_type") is "RESPONSE" or "UPDATE" ? null : Bad("(#100) Param messaging_type must be one of {RESPONSE, UPDATE}: tags are dead or for people"))
        ?? (body.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.Object ? Unknown(message, "text", "metadata") ?? Message(message, text => text.Length <= 2_000, "(#100) Length of param message[text] must be less than or equal to 2000") : Bad("(#100) message must be an object"));

    private static MetaRefusal? Instagram(JsonElement body) =>
        Unknown(body, "recipient", "message")
        ?? Recipient(body)
        ?? (body.TryGetProperty("message", out var message) && message.ValueKind is JsonValueKind.Object ? Unknown(message, "text") ?? Message(message, text => Encoding.UTF8.GetByteCount(text) <= 1_000, "(#100) Length of param message[text] must be at most 1000 bytes") : Bad("(#100) message must be an object"));

    private static MetaRefusal? WhatsApp(JsonElement body, IReadOnlyDictionary<string, int> templates)
    {
        if (Unknown(body, "messaging_product", "recipient_type", "to", "recipient", "type", "text", "template", "biz_opaque_callback_data", "context") is { } unknown)
        {
            return unknown;
        }

        if (Text(body, "messaging_product") is not "whatsapp" || Text(body, "recipient_type") is not "individual")
        {
            return Bad("(#100) messaging_product must be whatsapp, recipient_type individual");
        }

        var (to, recipient) = (Text(body, "to"), Text(body, "recipient"));
        if (to is null == recipient is null || (to is not null && !Number().IsMatch(to)) || (recipient is not null && !UserId().IsMatch(recipient)))
        {
            // Meta would put its own country code in front of a number without +, and write to a stranger.
            return new MetaRefusal(400, 131009, null, "(#131009) Parameter value is not valid: to");
        }

        if (body.TryGetProperty("biz_opaque_callback_data", out var data) && (data.ValueKind is not JsonValueKind.String || data.GetString()!.Length > 512))
        {
            return Bad("(#100) biz_opaque_callback_data must be a string of at most 512 characters");
        }

        return Text(body, "type") switch
        {
            "text" => body.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.Object && !body.TryGetProperty("template", out _)
                ? Unknown(text, "preview_url", "body") ?? (text.TryGetProperty("preview_url", out var preview) && preview.ValueKind is not (JsonValueKind.True or JsonValueKind.False) ? Bad("(#100) preview_url must be a boolean") : null)
                    ?? (Text(text, "body") is { Length: > 0 and <= 4_096 } ? null : Bad("(#100) text.body must have 1 to 4096 characters"))
                : Bad("(#100) text is required"),
            "template" => body.TryGetProperty("template", out var template) && template.ValueKind is JsonValueKind.Object && !body.TryGetProperty("text", out _) ? Template(template, templates) : Bad("(#100) template is required"),
            _ => Bad("(#100) type must be text or template"),
        };
    }

    private static MetaRefusal? Template(JsonElement template, IReadOnlyDictionary<string, int> templates)
    {
        if (Unknown(template, "name", "language", "components") is { } unknown)
        {
            return unknown;
        }

        if (Text(template, "name") is not { } name || !template.TryGetProperty("language", out var language) || language.ValueKind is not JsonValueKind.Object || Text(language, "code") is not { Length: > 1 } || Unknown(language, "code") is not null)
        {
            return Bad("(#100) template needs a name and a language code");
        }

        if (!templates.TryGetValue(name, out var places))
        {
            return new MetaRefusal(404, 132001, null, "(#132001) Template name does not exist in the translation");
        }

        var given = template.TryGetProperty("components", out var components) ? components.EnumerateArray().Where(component => Text(component, "type") == "body").SelectMany(component => component.GetProperty("parameters").EnumerateArray()).ToList() : [];
        return given.Count != places ? new MetaRefusal(400, 132000, null, "(#132000) Number of parameters does not match the expected number of params")
            : given.Any(parameter => Text(parameter, "type") != "text" || Text(parameter, "text") is not { Length: > 0 } text || text.Any(char.IsControl)) ? new MetaRefusal(400, 131008, null, "(#131008) Required parameter is missing")
            : null;
    }

    private static MetaRefusal? Recipient(JsonElement body) =>
        body.TryGetProperty("recipient", out var recipient) && recipient.ValueKind is JsonValueKind.Object && Unknown(recipient, "id") is null && Text(recipient, "id") is { Length: > 0 } id && id.All(char.IsAsciiDigit)
        && body.TryGetProperty("message", out _)
            ? null
            : Bad("(#100) param recipient must be non-empty, and message is required");

    private static MetaRefusal? Message(JsonElement message, Func<string, bool> fits, string tooLong) =>
        Text(message, "text") is not { Length: > 0 } text ? Bad("(#100) message[text] must be a non-empty string")
        : !fits(text) ? Bad(tooLong)
        : message.TryGetProperty("metadata", out var metadata) && (metadata.ValueKind is not JsonValueKind.String || metadata.GetString()!.Length > 1_000) ? Bad("(#100) metadata must be a string of at most 1000 characters")
        : null;

    private static MetaRefusal? Unknown(JsonElement element, params string[] known) =>
        element.EnumerateObject().Select(member => member.Name).FirstOrDefault(name => !known.Contains(name)) is { } unknown ? Bad($"(#100) Unexpected key \"{unknown}\"") : null;

    private static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static MetaRefusal Bad(string message) => new(400, 100, null, message);

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[A-Z]{2}\.[A-Za-z0-9]{1,128}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex UserId();
}

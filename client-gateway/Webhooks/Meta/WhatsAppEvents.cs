using System.Text.Json;
using FollowUp.Conversations;

namespace FollowUp.Webhooks.Meta;

/// <summary>WhatsApp's entries: <c>{"id":"WABA_ID","changes":[{"field":"messages","value":{"metadata":{"phone_number_id":"…"},"contacts":[…],"messages":[…],"statuses":[…]}}]}</c>.</summary>
internal static class WhatsAppEvents
{
    private const string AttemptPrefix = "att:";

    private static readonly string[] Lists = ["messages", "statuses", "user_preferences", "message_echoes", "calls"];

    /// <summary>Where a media id is resolved to a file.</summary>
    private const string MediaAddress = "https://graph.facebook.com/";

    public static void Read(JsonElement entry, List<MetaEvent> events, List<(string, string)> unknown)
    {
        foreach (var change in entry.Items("changes"))
        {
            var value = change.Object("value") ?? default;
            var account = value.Text("metadata", "phone_number_id") ?? "";
            var before = (events.Count, unknown.Count);
            switch (change.Text("field"))
            {
                case "messages":
                    ReadAll(value, "messages", message => MessageOf(account, value, message), events, unknown);
                    ReadAll(value, "statuses", status => StatusOf(account, status), events, unknown);
                    break;
                case "user_preferences":
                    ReadAll(value, "user_preferences", preference => PreferenceOf(account, preference), events, unknown);
                    break;
                case "smb_message_echoes":
                    ReadAll(value, "message_echoes", echo => EchoOf(account, echo), events, unknown);
                    break;
                case "calls":
                    // A user's call opens the window as a message does.
                    ReadAll(value, "calls", call => PersonOf(value, call) is var (contact, alias) && call.Text("direction") is not "BUSINESS_INITIATED" ? new MetaEvent.Signal { Account = account, Contact = contact, Alias = alias, At = call.Instant("timestamp", seconds: true), Kind = ChannelSignalKind.WindowOpened } : null, events, unknown);
                    break;
                case "message_template_status_update" when value.Text("message_template_name") is { Length: > 0 } name:
                    // It names the business account only: every number of it may use the template.
                    events.Add(new MetaEvent.Template { Account = "", Name = name, Usable = value.Text("event") is "APPROVED" or "REINSTATED" });
                    continue;
                default:
                    unknown.Add(($"The field {change.Text("field")}.", change.GetRawText()));
                    continue;
            }

            if (before == (events.Count, unknown.Count) && !Lists.Any(list => value.Items(list).Any()))
            {
                unknown.Add(($"The field {change.Text("field")} without events.", change.GetRawText()));
            }
        }
    }

    private static void ReadAll(JsonElement value, string name, Func<JsonElement, MetaEvent?> read, List<MetaEvent> events, List<(string, string)> unknown)
    {
        foreach (var item in value.Items(name))
        {
            if (read(item) is { } told)
            {
                events.Add(told);
            }
            else if (!IsIgnored(item))
            {
                unknown.Add(($"One of {name} of an unknown kind.", item.GetRawText()));
            }
        }
    }

    private static MetaEvent? MessageOf(string account, JsonElement value, JsonElement message)
    {
        if (message.Text("id") is not { Length: > 0 } id || PersonOf(value, message) is not var (contact, alias))
        {
            return null;
        }

        var at = message.Instant("timestamp", seconds: true);
        var type = message.Text("type");
        if (type is "system")
        {
            var system = message.Object("system") ?? default;
            return system.Text("type") is "user_changed_number" or "customer_changed_number" && Number(system.Text("wa_id") ?? system.Text("new_wa_id")) is { } changed
                ? new MetaEvent.Signal { Account = account, Contact = contact, Alias = alias, At = at, Kind = ChannelSignalKind.AddressChanged, Text = changed }
                : null;
        }

        if (type is "reaction" or "request_welcome")
        {
            return null;
        }

        var attachments = AttachmentsOf(type, message);
        return new MetaEvent.Message
        {
            Account = account,
            Contact = contact,
            Alias = alias,
            At = at,
            Id = id,
            Text = TextOf(type, message) ?? (attachments is null ? $"[{type ?? "message"}]" : ""),
            Attachments = attachments,
            Name = value.Items("contacts").FirstOrDefault().Text("profile", "name") is { Length: > 0 and <= 200 } name ? name : null,
        };
    }

    private static string? TextOf(string? type, JsonElement message)
    {
        var interactive = message.Object("interactive") ?? default;
        return IncomingText.Clipped(type switch
        {
            "text" => message.Text("text", "body"),
            "button" => message.Text("button", "text"),
            "interactive" => interactive.Text("button_reply", "title") ?? interactive.Text("list_reply", "title") ?? interactive.Text("nfm_reply", "body"),
            "location" when message.Object("location") is { } place => $"[location] {place.Text("name")} {place.Text("latitude")}, {place.Text("longitude")}",
            null => null,
            _ => message.Text(type, "caption"),
        });
    }

    private static Attachment[]? AttachmentsOf(string? type, JsonElement message) =>
        type is "image" or "audio" or "video" or "document" or "sticker" && message.Text(type, "id") is { Length: > 0 } media && media.All(char.IsLetterOrDigit)
            ? [new Attachment { Url = $"{MediaAddress}{media}", Type = message.Text(type, "mime_type") }]
            : null;

    private static MetaEvent.Status? StatusOf(string account, JsonElement status)
    {
        Delivery? state = status.Text("status") switch
        {
            "sent" => Delivery.Accepted,
            "delivered" => Delivery.Delivered,
            "read" or "played" => Delivery.Read,
            "failed" => Delivery.Undelivered,
            _ => null,
        };
        if (state is not { } known || status.Text("id") is not { Length: > 0 } id)
        {
            return null;
        }

        var (attempt, conversation) = AttemptOf(status.Text("biz_opaque_callback_data"));
        return new MetaEvent.Status
        {
            Account = account,
            Contact = Number(status.Text("recipient_id")) ?? status.Text("recipient_user_id"),
            At = status.Instant("timestamp", seconds: true),
            Id = id,
            State = known,
            ErrorCode = known is Delivery.Undelivered && status.Items("errors").FirstOrDefault().Number("code") is { } code ? code.ToString() : null,
            AttemptId = attempt,
            ConversationId = conversation,
        };
    }

    private static MetaEvent.Signal? PreferenceOf(string account, JsonElement preference)
    {
        ChannelSignalKind? kind = preference.Text("value") switch
        {
            "stop" => ChannelSignalKind.OptedOut,
            "resume" or "signup" => ChannelSignalKind.OptedIn,
            _ => null,
        };
        return kind is { } known && preference.Text("category") is null or "marketing_messages" && (Number(preference.Text("wa_id")) ?? preference.Text("user_id")) is { } contact
            ? new MetaEvent.Signal { Account = account, Contact = contact, Alias = Number(preference.Text("wa_id")) is null ? null : preference.Text("user_id"), At = preference.Instant("timestamp", seconds: true), Kind = kind!.Value }
            : null;
    }

    // A person answered from the phone's own app.
    private static MetaEvent.Echo? EchoOf(string account, JsonElement echo) =>
        echo.Text("id") is { Length: > 0 } id && (Number(echo.Text("to")) ?? echo.Text("to_user_id")) is { } contact
            ? new MetaEvent.Echo
            {
                Account = account,
                Contact = contact,
                At = echo.Instant("timestamp", seconds: true),
                Id = id,
                Text = TextOf(echo.Text("type"), echo) ?? (AttachmentsOf(echo.Text("type"), echo) is null ? $"[{echo.Text("type") ?? "message"}]" : ""),
                Attachments = AttachmentsOf(echo.Text("type"), echo),
            }
            : null;

    /// <summary>Number and business-scoped user id: either may be missing, and the number hides behind a user name.</summary>
    private static (string Contact, string? Alias)? PersonOf(JsonElement value, JsonElement item)
    {
        var from = item.Text("from");
        var user = item.Text("from_user_id") ?? item.Text("user_id") ?? (IsUserId(from) ? from : null);
        var contacts = value.Items("contacts").ToList();
        var contact = contacts.FirstOrDefault(candidate => (from is not null && candidate.Text("wa_id") == from) || (user is not null && candidate.Text("user_id") == user));
        contact = contact.ValueKind is JsonValueKind.Undefined && contacts.Count == 1 ? contacts[0] : contact;
        var number = Number(from) ?? Number(contact.Text("wa_id"));
        user ??= contact.Text("user_id");
        user = IsUserId(user) ? user : null;
        return number is not null ? (number, user) : user is not null ? (user, null) : null;
    }

    private static string? Number(string? digits) => digits is { Length: >= 7 and <= 15 } && digits.All(char.IsAsciiDigit) && digits[0] != '0' ? $"+{digits}" : null;

    private static bool IsUserId(string? id) => id is { Length: > 3 and <= 131 } && char.IsAsciiLetterUpper(id[0]) && char.IsAsciiLetterUpper(id[1]) && id[2] == '.' && id.Skip(3).All(char.IsAsciiLetterOrDigit);

    private static (string? Attempt, string? Conversation) AttemptOf(string? data)
    {
        if (data?.StartsWith(AttemptPrefix, StringComparison.Ordinal) is not true)
        {
            return default;
        }

        var parts = data[AttemptPrefix.Length..].Split('/');
        return (Api.Input.IsId(parts[0]) ? parts[0] : null, parts.Length == 2 && Api.Input.IsId(parts[1]) ? parts[1] : null);
    }

    private static bool IsIgnored(JsonElement item) => item.Text("type") is "reaction" or "request_welcome" or "system" || item.Text("direction") is "BUSINESS_INITIATED" || item.Text("status") is "deleted" or "warning";
}

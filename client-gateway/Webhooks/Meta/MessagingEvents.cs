using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FollowUp.Conversations;

namespace FollowUp.Webhooks.Meta;

/// <summary>
/// Messenger's and Instagram's entries: <c>{"id":"PAGE_ID","time":1760000000123,"messaging":[{"sender":{"id":"PSID"},"recipient":{"id":"PAGE_ID"},"timestamp":1760000000000,"message":{"mid":"m_abc","text":"…"}}]}</c>.
/// <c>standby</c> in place of <c>messaging</c>: another app owns the thread.
/// </summary>
internal static class MessagingEvents
{
    private const string AttemptPrefix = "att:";

    public static void Read(JsonElement entry, List<MetaEvent> events, List<(string, string)> unknown)
    {
        var account = entry.Text("id") ?? "";
        foreach (var item in entry.Items("messaging"))
        {
            Read(account, item, standby: false, events, unknown);
        }

        foreach (var item in entry.Items("standby"))
        {
            Read(account, item, standby: true, events, unknown);
        }

        // changes: comments, mentions and the like are no conversations.
    }

    private static void Read(string account, JsonElement item, bool standby, List<MetaEvent> events, List<(string, string)> unknown)
    {
        var (sender, recipient) = (item.Text("sender", "id"), item.Text("recipient", "id"));
        var ours = sender == account || item.Object("message")?.Flag("is_echo") is true;
        var contact = ours ? recipient : sender;
        var read = contact is null ? [] : EventsOf(account, contact, ours, item).ToList();
        if (read.Count == 0)
        {
            if (!IsIgnored(item))
            {
                unknown.Add(("An unknown kind of messaging event.", item.GetRawText()));
            }

            return;
        }

        events.AddRange(read);
        if (standby && read.Any(told => told is MetaEvent.Message))
        {
            events.Add(new MetaEvent.Signal { Account = account, Contact = contact, At = item.Instant("timestamp"), Kind = ChannelSignalKind.ThreadTaken, By = "anotherApp" });
        }
    }

    private static IEnumerable<MetaEvent> EventsOf(string account, string contact, bool ours, JsonElement item)
    {
        var at = item.Instant("timestamp");
        if (item.Object("message") is { } message && message.Text("mid") is { Length: > 0 } mid)
        {
            yield return ours ? EchoOf(account, contact, at, mid, message)
                : message.Flag("is_deleted") ? new MetaEvent.Signal { Account = account, Contact = contact, At = at, Kind = ChannelSignalKind.MessageDeleted, MessageId = mid }
                : MessageOf(account, contact, at, mid, message);
        }
        else if (item.Object("message_edit") is { } edit && edit.Text("mid") is { Length: > 0 } edited)
        {
            yield return new MetaEvent.Signal { Account = account, Contact = contact, At = at, Kind = ChannelSignalKind.MessageEdited, MessageId = edited, Text = Clipped(edit.Text("text")) };
        }
        else if (item.Object("postback") is { } postback)
        {
            yield return new MetaEvent.Message { Account = account, Contact = contact, At = at, Id = postback.Text("mid") ?? IdOf(contact, item, postback), Text = Clipped(postback.Text("title") ?? postback.Text("payload")) ?? "[button]" };
        }
        else if (item.Object("delivery") is { } delivery)
        {
            foreach (var id in delivery.Items("mids").Where(id => id.ValueKind is JsonValueKind.String))
            {
                yield return new MetaEvent.Status { Account = account, Contact = contact, At = at, Id = id.GetString()!, State = Delivery.Delivered };
            }

            if (delivery.Instant("watermark") is { } delivered)
            {
                yield return new MetaEvent.Signal { Account = account, Contact = contact, At = delivered, Kind = ChannelSignalKind.DeliveredUntil };
            }
        }
        else if (item.Object("read") is { } read)
        {
            if (read.Text("mid") is { Length: > 0 } seen)
            {
                yield return new MetaEvent.Status { Account = account, Contact = contact, At = at, Id = seen, State = Delivery.Read };
            }
            else if (read.Instant("watermark") is { } until)
            {
                yield return new MetaEvent.Signal { Account = account, Contact = contact, At = until, Kind = ChannelSignalKind.ReadUntil };
            }
        }
        else if ((item.Object("reaction") is { } reaction && reaction.Text("action") is not "unreact") || item.Has("referral"))
        {
            yield return new MetaEvent.Signal { Account = account, Contact = contact, At = at, Kind = ChannelSignalKind.WindowOpened };
        }
        else if ((item.Object("pass_thread_control") ?? item.Object("take_thread_control")) is { } thread)
        {
            // Whose app it is, the connection knows.
            yield return new MetaEvent.Signal
            {
                Account = account,
                Contact = contact,
                At = at,
                Kind = item.Has("pass_thread_control") ? ChannelSignalKind.ThreadReturned : ChannelSignalKind.ThreadTaken,
                OwnerAppId = thread.Text("new_owner_app_id"),
                By = "anotherApp",
            };
        }
    }

    private static MetaEvent.Message MessageOf(string account, string contact, DateTimeOffset? at, string mid, JsonElement message)
    {
        var attachments = AttachmentsOf(message);
        return new MetaEvent.Message
        {
            Account = account,
            Contact = contact,
            At = at,
            Id = mid,
            Text = Clipped(message.Text("text")) ?? (attachments is null ? message.Items("attachments").FirstOrDefault().Text("type") is { } kind ? $"[{kind}]" : "[unsupported message]" : ""),
            Attachments = attachments,
        };
    }

    private static MetaEvent.Echo EchoOf(string account, string contact, DateTimeOffset? at, string mid, JsonElement message)
    {
        var attachments = AttachmentsOf(message);
        return new MetaEvent.Echo
        {
            Account = account,
            Contact = contact,
            At = at,
            Id = mid,
            Text = Clipped(message.Text("text")) ?? (attachments is null ? "[message]" : ""),
            Attachments = attachments,
            AppId = message.Text("app_id"),
            AttemptId = AttemptOf(message.Text("metadata")),
        };
    }

    private static string? AttemptOf(string? metadata) =>
        metadata?.StartsWith(AttemptPrefix, StringComparison.Ordinal) is true && Api.Input.IsId(metadata[AttemptPrefix.Length..]) ? metadata[AttemptPrefix.Length..] : null;

    private static IReadOnlyList<Attachment>? AttachmentsOf(JsonElement message)
    {
        var attachments = message.Items("attachments")
            .Select(item => (Url: item.Text("payload", "url") ?? item.Text("url"), Type: item.Text("type")))
            .Where(found => IncomingText.IsWebAddress(found.Url))
            .Take(IncomingText.MostAttachments)
            .Select(found => new Attachment { Url = found.Url!, Type = found.Type })
            .ToList();
        return attachments.Count > 0 ? attachments : null;
    }

    // Old postbacks have no id of their own.
    private static string IdOf(string contact, JsonElement item, JsonElement postback) =>
        $"pb-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{contact}\n{item.Text("timestamp")}\n{postback.Text("payload")}")))[..32]}";

    private static bool IsIgnored(JsonElement item) =>
        item.Has("reaction") || item.Has("request_thread_control") || item.Has("app_roles") || item.Has("optin") || item.Has("account_linking") || item.Has("typing");

    private static string? Clipped(string? text) => IncomingText.Clipped(text);
}

using System.Text;
using System.Text.Json;

namespace FollowUp.Webhooks.Meta;

/// <summary>Takes a webhook of Messenger, Instagram or WhatsApp apart. Never throws: what it does not know is told as unknown.</summary>
public static class MetaPayload
{
    /// <summary>Events of one webhook at most; Meta batches up to a thousand.</summary>
    private const int MostEvents = 10_000;

    private static readonly JsonDocumentOptions Bounds = new() { MaxDepth = 32, AllowDuplicateProperties = false };

    /// <summary>Reads a body whose signature was checked.</summary>
    public static MetaBatch Read(ReadOnlyMemory<byte> body)
    {
        var events = new List<MetaEvent>();
        var unknown = new List<(string, string)>();
        try
        {
            using var document = JsonDocument.Parse(body, Bounds);
            Read(document.RootElement, events, unknown);
        }
        catch (Exception bad) when (bad is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: half a surrogate in a text.
            events.Clear();
            unknown.Add(("Not JSON as Meta sends it.", Encoding.UTF8.GetString(body.Span)));
        }

        if (events.Count > MostEvents)
        {
            return new MetaBatch([], [($"More than {MostEvents} events.", Encoding.UTF8.GetString(body.Span))]);
        }

        return new MetaBatch(events, unknown);
    }

    private static void Read(JsonElement root, List<MetaEvent> events, List<(string, string)> unknown)
    {
        var product = root.Text("object");
        if (product is not ("page" or "instagram" or "whatsapp_business_account") || !root.Items("entry").Any())
        {
            unknown.Add(($"Unknown object {product}.", root.GetRawText()));
            return;
        }

        foreach (var entry in root.Items("entry"))
        {
            var before = (events.Count, unknown.Count);
            if (product is "whatsapp_business_account")
            {
                WhatsAppEvents.Read(entry, events, unknown);
            }
            else
            {
                MessagingEvents.Read(entry, events, unknown);
            }

            if (before == (events.Count, unknown.Count) && !entry.Items("changes").Any() && !entry.Items("messaging").Any() && !entry.Items("standby").Any())
            {
                unknown.Add(("An entry without events.", entry.GetRawText()));
            }
        }
    }
}

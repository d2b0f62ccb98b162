using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Ports;

namespace FollowUp.Connectors.Meta;

/// <summary>The bodies of sends, as developers.facebook.com has them.</summary>
internal static class MetaBodies
{
    /// <summary>What comes back in Messenger's echo and WhatsApp's statuses.</summary>
    public const string AttemptPrefix = "att:";

    private static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static byte[] Of(OutboundMessage message) => message.Channel switch
    {
        Channel.Messenger => Write(new
        {
            recipient = new { id = message.To },

            // Both only go inside the 24-hour window; message tags are for people, or dead.
            messaging_type = message.Proactive ? "UPDATE" : "RESPONSE",
            message = new { text = message.Text, metadata = $"{AttemptPrefix}{message.AttemptId}" },
        }),

        // Whether Instagram's echo carries metadata back is not documented: it is matched by id, else by text and time.
        Channel.Instagram => Write(new { recipient = new { id = message.To }, message = new { text = message.Text } }),
        _ => WhatsApp(message),
    };

    private static byte[] WhatsApp(OutboundMessage message)
    {
        // Without the + the sender's own country code may be put in front, and a stranger gets the message.
        var isNumber = message.To.StartsWith('+');
        return Write(new
        {
            messaging_product = "whatsapp",
            recipient_type = "individual",
            to = isNumber ? message.To : null,
            recipient = isNumber ? null : message.To,
            type = message.Template is null ? "text" : "template",
            text = message.Template is null ? new { preview_url = false, body = message.Text } : null,
            template = message.Template is { } template ? Template(template) : null,

            // The status webhook may name no number: the conversation goes along.
            biz_opaque_callback_data = $"{AttemptPrefix}{message.AttemptId}/{message.ConversationId}",
        });
    }

    private static object Template(TemplateMessage template) => new
    {
        name = template.Name,
        language = new { code = template.Language },
        components = template.Parameters.Count == 0 ? null : new[] { new { type = "body", parameters = template.Parameters.Select(text => new { type = "text", text }) } },
    };

    private static byte[] Write<T>(T body) => JsonSerializer.SerializeToUtf8Bytes(body, Options);
}

using System.Globalization;
using FollowUp.Api;
using FollowUp.Channels;
using FollowUp.Conversations;
using Microsoft.AspNetCore.Http.Features;

namespace FollowUp.Webhooks.Twilio;

/// <summary>Twilio's inbound messages and status callbacks. Nothing of a conversation is read before the signature is checked.</summary>
public static partial class TwilioWebhooks
{
    private const int LargestBody = 256 * 1024;
    private const int LongestText = 4_096;
    private const string Empty = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    public static IServiceCollection AddTwilioWebhooks(this IServiceCollection services) => services;

    public static WebApplication MapTwilioWebhooks(this WebApplication app)
    {
        app.MapMethods("/webhooks/twilio/{connectionId}/messages", [HttpMethods.Post, HttpMethods.Get], MessageAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/webhooks/twilio/{connectionId}/status", StatusAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> MessageAsync(string connectionId, HttpContext context, IGrainFactory grains, IConfiguration configuration, ILoggerFactory loggers)
    {
        var (call, refused) = await VerifyAsync(connectionId, context, grains, configuration);
        if (call is null)
        {
            return refused!;
        }

        if ((call.Form.First("MessageSid") ?? call.Form.First("SmsSid")) is not { Length: > 0 } sid || call.Form.First("From") is not { Length: > 0 } from)
        {
            // Signed, so it is Twilio's: acknowledged, and kept for a person to look at.
            await LeaveAsideAsync(call, connectionId, "A message without MessageSid or From.", grains);
            LogUnknownShape(loggers.CreateLogger(typeof(TwilioWebhooks)));
            return Twiml();
        }

        var channel = from.StartsWith("whatsapp:", StringComparison.Ordinal) ? Channel.WhatsApp : Channel.Sms;
        from = from[(from.IndexOf(':', StringComparison.Ordinal) + 1)..];
        var id = await grains.GetGrain<IAddressBookGrain>(call.Workspace).FindOrCreateAsync(channel, from);
        var message = new IncomingMessage
        {
            MessageId = sid,
            Author = Author.Contact,
            Channel = channel,
            Text = call.Form.First("Body") is { Length: > LongestText } whole ? whole[..LongestText] : call.Form.First("Body") ?? "",
            BotId = call.Connection.BotId,
            ConnectionId = connectionId,
            Attachments = AttachmentsOf(call.Form),
            Keyword = KeywordOf(call.Form.First("OptOutType")),
            Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [channel] = from } },
        };
        message = message is { Text.Length: 0, Attachments: null } ? message with { Text = " " } : message;
        var answer = await grains.GetGrain<IConversationGrain>(GrainKeys.Of(call.Workspace, id)).PostMessageAsync(message);
        if (answer.Problem is { } problem)
        {
            await LeaveAsideAsync(call, connectionId, $"A message that was not taken: {problem.Code}.", grains);
            LogNotTaken(loggers.CreateLogger(typeof(TwilioWebhooks)), problem.Code);
            return Twiml();
        }

        WebhookMetrics.Count("twilio", "taken");
        return Twiml();
    }

    private static async Task<IResult> StatusAsync(string connectionId, HttpContext context, IGrainFactory grains, IConfiguration configuration)
    {
        var (call, refused) = await VerifyAsync(connectionId, context, grains, configuration);
        if (call is null)
        {
            return refused!;
        }

        if (context.Request.Query["conversation"].ToString() is { Length: > 0 } id && Input.IsId(id) && ReceiptOf(call.Form, context.Request.Query["attempt"]) is { } receipt)
        {
            await grains.GetGrain<IConversationGrain>(GrainKeys.Of(call.Workspace, id)).PostReceiptAsync(receipt);
            WebhookMetrics.Count("twilio", "taken");
        }
        else
        {
            await LeaveAsideAsync(call, connectionId, "A status callback without a conversation of ours or a known status.", grains);
        }

        return Results.Ok();
    }

    private static async Task<(TwilioCall? Call, IResult? Refused)> VerifyAsync(string connectionId, HttpContext context, IGrainFactory grains, IConfiguration configuration)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (await RawBody.ReadAsync(context.Request, LargestBody) is not { } body)
        {
            WebhookMetrics.Count("twilio", "tooLarge");
            return (null, Problems.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", "The body is larger than a Twilio webhook can be."));
        }

        var workspace = context.Request.Query["workspace"].ToString() is { Length: > 0 } named ? named : "default";
        var signatures = context.Request.Headers["X-Twilio-Signature"];
        if (signatures.Count != 1 || !Input.IsId(connectionId) || !Input.IsId(workspace))
        {
            return (null, Forbidden());
        }

        // A connection that does not exist answers as a wrong signature does: nobody learns which ones there are.
        if (await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, connectionId)).OpenAsync() is not { Kind: ConnectionKind.Twilio } connection)
        {
            return (null, Forbidden());
        }

        if (connection.AuthToken is not { Length: > 0 } token)
        {
            WebhookMetrics.Count("twilio", "noSecret");
            return (null, Problems.Of(StatusCodes.Status503ServiceUnavailable, "noSecret", "The connection has no auth token to check signatures with."));
        }

        var url = $"{PublicBase(context, configuration)}{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}";

        // A GET carries its fields in the URL, which is signed as a whole.
        var isGet = HttpMethods.IsGet(context.Request.Method);
        var form = isGet ? RawForm.Parse(System.Text.Encoding.UTF8.GetBytes(context.Request.QueryString.ToUriComponent().TrimStart('?'))) : RawForm.Parse(body);
        var isJson = context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true;
        var isValid = isJson ? TwilioSignature.IsValidJson(token, url, body, signatures[0]) : TwilioSignature.IsValid(token, url, isGet ? [] : form, signatures[0]);
        return isValid && IsOurs(connection, form) ? (new TwilioCall(workspace, connection, form), null) : (null, Forbidden());
    }

    private static Task LeaveAsideAsync(TwilioCall call, string connectionId, string why, IGrainFactory grains)
    {
        WebhookMetrics.Count("twilio", "quarantined");
        return grains.GetGrain<IQuarantineGrain>(GrainKeys.Of(call.Workspace, connectionId)).KeepAsync(why, string.Join('&', call.Form.Select(field => $"{Uri.EscapeDataString(field.Key)}={Uri.EscapeDataString(field.Value)}")));
    }

    // Advanced Opt-Out: Twilio has judged the word, in any language it was set up for, and answered it.
    private static ProviderKeyword? KeywordOf(string? optOutType) => optOutType switch
    {
        "STOP" => ProviderKeyword.Stop,
        "START" => ProviderKeyword.Start,
        "HELP" => ProviderKeyword.Help,
        _ => null,
    };

    // Never from Host or X-Forwarded-*: anybody can send those.
    private static string PublicBase(HttpContext context, IConfiguration configuration) =>
        (configuration["Gateway:PublicBaseUrl"] ?? configuration["Urls"]?.Split(';')[0] ?? $"http://localhost:{context.Connection.LocalPort}").TrimEnd('/');

    private static bool IsOurs(Connection connection, IReadOnlyList<KeyValuePair<string, string>> form) =>
        form.First("AccountSid") == connection.AccountSid
        && (form.First("MessageStatus") is not null
            || connection.From is null
            || form.First("To") is not { } to
            || to[(to.IndexOf(':', StringComparison.Ordinal) + 1)..] == connection.From
            || (connection.MessagingServiceSid is { } service && form.First("MessagingServiceSid") == service));

    private static IReadOnlyList<Attachment>? AttachmentsOf(IReadOnlyList<KeyValuePair<string, string>> form)
    {
        var count = int.TryParse(form.First("NumMedia"), out var media) ? Math.Clamp(media, 0, 10) : 0;
        var attachments = Enumerable.Range(0, count)
            .Select(index => (Url: form.First($"MediaUrl{index}"), Type: form.First($"MediaContentType{index}")))
            .Where(found => found.Url is not null)
            .Select(found => new Attachment { Url = found.Url!, Type = found.Type })
            .ToList();
        return attachments.Count > 0 ? attachments : null;
    }

    private static Receipt? ReceiptOf(IReadOnlyList<KeyValuePair<string, string>> form, string? attempt)
    {
        var code = form.First("ErrorCode") is { Length: > 0 and <= 10 } told and not "0" ? told : null;
        Delivery? state = form.First("MessageStatus") switch
        {
            "accepted" or "scheduled" or "queued" or "sending" or "sent" or "partially_delivered" => Delivery.Accepted,
            "delivered" => Delivery.Delivered,
            "read" => Delivery.Read,
            "failed" or "undelivered" or "canceled" => Delivery.Undelivered,
            _ => null,
        };
        return state is not { } known ? null : new Receipt
        {
            MessageId = form.First("MessageSid"),
            ProviderMessageId = form.First("MessageSid"),
            AttemptId = string.IsNullOrEmpty(attempt) ? null : attempt,
            State = known,
            ErrorCode = code,

            // RawDlrDoneDate: YYMMDDhhmm.
            DoneAt = DateTimeOffset.TryParseExact(form.First("RawDlrDoneDate"), "yyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var done) ? done : null,
        };
    }

    private static IResult Forbidden()
    {
        WebhookMetrics.Count("twilio", "forbidden");
        return Refused();
    }

    private static IResult Refused() => Problems.Of(StatusCodes.Status403Forbidden, "badSignature", "The signature does not fit.");

    private static IResult Twiml() => Results.Content(Empty, "text/xml");

    private sealed record TwilioCall(string Workspace, Connection Connection, IReadOnlyList<KeyValuePair<string, string>> Form);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A signed Twilio webhook had an unknown shape and was left aside")]
    private static partial void LogUnknownShape(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Twilio message was not taken: {Code}")]
    private static partial void LogNotTaken(ILogger logger, string code);
}

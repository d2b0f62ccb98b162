using FollowUp.Api;
using FollowUp.Channels;
using FollowUp.Conversations;
using Microsoft.AspNetCore.Http.Features;

namespace FollowUp.Webhooks.Twilio;

/// <summary>Twilio's inbound messages and status callbacks. Nothing of a conversation is read before the signature is checked.</summary>
public static partial class TwilioWebhooks
{
    private const int LargestBody = 256 * 1024;
    private const string Empty = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response></Response>";

    public static IServiceCollection AddTwilioWebhooks(this IServiceCollection services) => services;

    public static WebApplication MapTwilioWebhooks(this WebApplication app)
    {
        app.MapPost("/webhooks/twilio/{connectionId}/messages", MessageAsync).AllowAnonymous().ExcludeFromDescription();
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

        if (call.Form.First("MessageSid") is not { Length: > 0 } sid || call.Form.First("From") is not { Length: > 0 } from)
        {
            // Twilio would send the same again for ever; it is acknowledged and left aside.
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
            Text = call.Form.First("Body") ?? "",
            BotId = call.Connection.BotId,
            ConnectionId = connectionId,
            Attachments = AttachmentsOf(call.Form),
            Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [channel] = from } },
        };
        message = message is { Text.Length: 0, Attachments: null } ? message with { Text = " " } : message;
        var answer = await grains.GetGrain<IConversationGrain>(GrainKeys.Of(call.Workspace, id)).PostMessageAsync(message);
        if (answer.Problem is { } problem)
        {
            LogNotTaken(loggers.CreateLogger(typeof(TwilioWebhooks)), problem.Code);
        }

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
            return (null, Problems.Of(StatusCodes.Status503ServiceUnavailable, "noSecret", "The connection has no auth token to check signatures with."));
        }

        var url = $"{PublicBase(context, configuration)}{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}";
        var form = RawForm.Parse(body);
        var isJson = context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) is true;
        var isValid = isJson ? TwilioSignature.IsValidJson(token, url, body, signatures[0]) : TwilioSignature.IsValid(token, url, form, signatures[0]);
        return isValid && IsOurs(connection, form) ? (new TwilioCall(workspace, connection, form), null) : (null, Forbidden());
    }

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
        var code = form.First("ErrorCode");
        Delivery? state = form.First("MessageStatus") switch
        {
            "queued" or "sending" or "sent" or "accepted" => Delivery.Accepted,
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
            AddressDead = code is "30005" or "30006" or "21211" or "21614",
            OptedOut = code is "30004" or "21610",
        };
    }

    private static IResult Forbidden() => Problems.Of(StatusCodes.Status403Forbidden, "badSignature", "The signature does not fit.");

    private static IResult Twiml() => Results.Content(Empty, "text/xml");

    private sealed record TwilioCall(string Workspace, Connection Connection, IReadOnlyList<KeyValuePair<string, string>> Form);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A signed Twilio webhook had an unknown shape and was left aside")]
    private static partial void LogUnknownShape(ILogger logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A Twilio message was not taken: {Code}")]
    private static partial void LogNotTaken(ILogger logger, string code);
}

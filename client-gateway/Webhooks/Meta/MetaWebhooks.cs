using FollowUp.Api;
using FollowUp.Channels;
using Microsoft.AspNetCore.Http.Features;

namespace FollowUp.Webhooks.Meta;

/// <summary>Meta's verification request and webhooks. Nothing of a conversation is read before the signature is checked; 200 goes out when everything in it is stored.</summary>
public static class MetaWebhooks
{
    /// <summary>A WhatsApp delivery may reach 3 MB.</summary>
    private const int LargestBody = 4 * 1024 * 1024;

    private const string Provider = "meta";

    public static WebApplication MapMetaWebhooks(this WebApplication app)
    {
        app.MapGet("/webhooks/meta/{connectionId}", VerifyAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/webhooks/meta/{connectionId}", TakeAsync).AllowAnonymous().ExcludeFromDescription();
        return app;
    }

    private static async Task<IResult> VerifyAsync(string connectionId, HttpContext context, IGrainFactory grains)
    {
        var connection = await OpenAsync(connectionId, context, grains);
        var (status, challenge) = MetaHandshake.Answer(connection?.VerifyToken, context.Request.Query);
        return status switch
        {
            StatusCodes.Status200OK => Results.Text(challenge!, "text/plain"),
            StatusCodes.Status400BadRequest => Problems.Of(status, "badChallenge", "hub.challenge has to be 1 to 256 printable ASCII characters."),
            _ => Problems.Of(status, "badVerifyToken", "The verify token does not fit."),
        };
    }

    private static async Task<IResult> TakeAsync(string connectionId, HttpContext context, IGrainFactory grains, TimeProvider time, ILoggerFactory loggers)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = null;
        }

        if (await RawBody.ReadAsync(context.Request, LargestBody) is not { } body)
        {
            WebhookMetrics.Count(Provider, "tooLarge");
            return Problems.Of(StatusCodes.Status413PayloadTooLarge, "tooLarge", "The body is larger than a Meta webhook can be.");
        }

        var signatures = context.Request.Headers["X-Hub-Signature-256"];
        if (signatures.Count != 1 || await OpenAsync(connectionId, context, grains) is not { } connection)
        {
            return Forbidden();
        }

        if (connection.AppSecret is not { Length: > 0 })
        {
            WebhookMetrics.Count(Provider, "noSecret");
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "noSecret", "The connection has no app secret to check signatures with.");
        }

        if (!MetaSignature.IsValid([connection.AppSecret, connection.PreviousAppSecret], body, signatures[0]))
        {
            return Forbidden();
        }

        var batch = MetaPayload.Read(body);
        var delivery = new MetaDelivery(WorkspaceOf(context), connectionId, connection, grains, time, loggers.CreateLogger(typeof(MetaWebhooks)));
        await delivery.TakeAsync(batch, context.RequestAborted);
        WebhookMetrics.Count(Provider, "taken");
        return Results.Ok();
    }

    // A connection that does not exist answers as a wrong signature does: nobody learns which ones there are.
    private static async Task<Connection?> OpenAsync(string connectionId, HttpContext context, IGrainFactory grains) =>
        Input.IsId(connectionId) && Input.IsId(WorkspaceOf(context))
        && await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(WorkspaceOf(context), connectionId)).OpenAsync() is { Kind: ConnectionKind.Meta } connection
            ? connection
            : null;

    private static string WorkspaceOf(HttpContext context) => context.Request.Query["workspace"].ToString() is { Length: > 0 } named ? named : "default";

    private static IResult Forbidden()
    {
        WebhookMetrics.Count(Provider, "forbidden");
        return Problems.Of(StatusCodes.Status403Forbidden, "badSignature", "The signature does not fit.");
    }
}

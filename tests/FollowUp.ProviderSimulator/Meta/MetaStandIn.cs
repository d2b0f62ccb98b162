using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace FollowUp.ProviderSimulator.Meta;

/// <summary>Messenger, Instagram and WhatsApp Cloud, played over real HTTP: strict requests, signed webhooks, a ledger on disk, windows and faults.</summary>
public sealed partial class MetaStandIn : IDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly ConcurrentDictionary<string, bool> windows = new();

    public MetaStandIn(string ledgerPath) => Ledger = new Ledger(ledgerPath);

    /// <summary>What was taken; <c>StatusCallback</c> holds the product.</summary>
    public Ledger Ledger { get; }

    public MetaFaults Faults { get; } = new();

    /// <summary>Where webhooks go; null: nowhere.</summary>
    public string? WebhookUrl { get; set; }

    /// <summary>Approved WhatsApp templates and how many body places each has.</summary>
    public ConcurrentDictionary<string, int> Templates { get; } = new() { ["follow_up_1"] = 0 };

    /// <summary>The last send as it came, for a test's eyes.</summary>
    public string? LastBody { get; private set; }

    /// <summary>How often the thread of a contact was read.</summary>
    public int Reads { get; private set; }

    /// <summary>Webhooks that were answered with anything but 200, by status.</summary>
    public ConcurrentDictionary<int, int> Refusals { get; } = new();

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapPost("/{version}/{account}/messages", SendAsync);
        app.MapGet("/{version}/{account}/conversations", Conversations);
        app.MapGet("/control/meta/ledger", () => Ledger.Read());
        app.MapPost("/control/meta/faults", (MetaFaultRequest request) => Faults.Script(request.Product, request.Faults));
        app.MapPost("/control/meta/webhook", (MetaWebhookRequest request) => WebhookUrl = request.Url);
        app.MapPost("/control/meta/inbound", (MetaInboundRequest request) => WriteAsync(request.Product, request.Contact, request.Text));
    }

    /// <summary>A day goes by: nothing but templates may be sent to the contact.</summary>
    public void CloseWindow(string contact) => windows[contact] = false;

    public void Dispose()
    {
        http.Dispose();
        Ledger.Dispose();
    }

    private async Task<IResult> SendAsync(string version, string account, HttpContext context)
    {
        if (Faults.Outage)
        {
            return Error(new MetaRefusal(503, 2, null, "Service temporarily unavailable"));
        }

        using var document = await ReadAsync(context.Request);
        if (Allowed(version, context.Request) is { } forbidden)
        {
            return Error(forbidden);
        }

        if (document?.RootElement is not { ValueKind: JsonValueKind.Object } body || ProductOf(account, context.Request, body) is not { } product)
        {
            return Error(new MetaRefusal(400, 100, 33, "Unsupported post request. Object does not exist or the body is not an object."));
        }

        LastBody = body.GetRawText();
        if (MetaRules.Refusal(product, body, Templates) is { } bad)
        {
            return Error(bad);
        }

        var fault = Faults.Take(product);
        Faults.Note(Parts(product, body).To, fault);
        if (fault is MetaFault.Drop)
        {
            context.Abort();
            return Results.Empty;
        }

        if (Refused(product, body, fault) is { } refused)
        {
            if (fault is MetaFault.RateLimit)
            {
                context.Response.Headers["X-Business-Use-Case-Usage"] = "{\"104000000000001\":[{\"type\":\"messenger\",\"call_count\":60,\"total_cputime\":20,\"total_time\":20,\"estimated_time_to_regain_access\":0}]}";
            }

            return Error(refused);
        }

        return await AcceptAsync(product, account, body, fault, context);
    }

    private async Task<IResult> AcceptAsync(MetaProduct product, string account, JsonElement body, MetaFault fault, HttpContext context)
    {
        var (to, text, tracker) = Parts(product, body);
        var line = new LedgerLine(DateTimeOffset.UtcNow, NewId(product), to, account, text, AttemptOf(tracker), product.ToString());
        var late = LateError(product, body, fault, to);
        Ledger.Add(line);
        switch (fault)
        {
            case MetaFault.LoseAnswer:
                _ = CallBackAsync(product, line, tracker, fault, late);
                context.Abort();
                return Results.Empty;
            case MetaFault.LoseAnswerAndCallbacks:
                context.Abort();
                return Results.Empty;
            case MetaFault.ServerError:
                _ = CallBackAsync(product, line, tracker, fault, late);
                return Error(new MetaRefusal(500, 2, null, "An unexpected error has occurred. Please retry your request later."));
            case MetaFault.CallbackFirst:
                await CallBackAsync(product, line, tracker, fault, late);
                break;
            case MetaFault.Slow:
                await Task.Delay(Faults.Delay);
                _ = CallBackAsync(product, line, tracker, fault, late);
                break;
            case MetaFault.NoCallbacks:
                break;
            default:
                _ = CallBackAsync(product, line, tracker, fault, late);
                break;
        }

        return product is MetaProduct.WhatsApp
            ? Results.Json(new { messaging_product = "whatsapp", contacts = new[] { new { input = to, wa_id = to.TrimStart('+') } }, messages = new[] { new { id = line.Sid } } })
            : Results.Json(new { recipient_id = to, message_id = line.Sid });
    }

    private MetaRefusal? Refused(MetaProduct product, JsonElement body, MetaFault fault)
    {
        switch (fault)
        {
            case MetaFault.RateLimit:
                return product switch
                {
                    MetaProduct.Messenger => new MetaRefusal(400, 613, null, "(#613) Calls to this api have exceeded the rate limit."),
                    MetaProduct.Instagram => new MetaRefusal(403, 4, null, "(#4) Application request limit reached"),
                    _ => new MetaRefusal(429, 131056, null, "(#131056) (Business Account, Consumer Account) pair rate limit hit"),
                };
            case MetaFault.Refuse:
                return new MetaRefusal(400, Faults.Code, Faults.Subcode, "Refused as scripted");
        }

        return product is not MetaProduct.WhatsApp && !windows.GetValueOrDefault(Parts(product, body).To)
            ? new MetaRefusal(400, 10, product is MetaProduct.Messenger ? 2018278 : 2534022, "(#10) This message is sent outside of allowed window.")
            : null;
    }

    // WhatsApp takes a message first and tells of the closed window by a status.
    private int? LateError(MetaProduct product, JsonElement body, MetaFault fault, string to) =>
        product is not MetaProduct.WhatsApp ? null
        : fault is MetaFault.FailLater ? Faults.Code
        : !windows.GetValueOrDefault(to) && body.GetProperty("type").GetString() == "text" ? 131047
        : null;

    private IResult Conversations(string version, string account, HttpContext context)
    {
        if (Faults.Outage)
        {
            return Error(new MetaRefusal(503, 2, null, "Service temporarily unavailable"));
        }

        if (Allowed(version, context.Request) is { } forbidden)
        {
            return Error(forbidden);
        }

        Reads++;
        var (contact, platform) = (context.Request.Query["user_id"].ToString(), context.Request.Query["platform"].ToString());
        var from = platform == "messenger" ? MetaAccount.PageId : MetaAccount.InstagramId;
        var messages = Ledger.Read()
            .Where(line => line.To == contact && line.StatusCallback!.Equals(platform, StringComparison.OrdinalIgnoreCase))
            .Reverse()
            .Select(line => new { id = line.Sid, created_time = line.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture) + "+0000", from = new { id = from }, message = line.Body });
        return Results.Json(new { data = new[] { new { id = $"t_{contact}", messages = new { data = messages } } } });
    }

    private static MetaRefusal? Allowed(string version, HttpRequest request)
    {
        if (!Version().IsMatch(version))
        {
            return new MetaRefusal(400, 2500, null, "Unknown path components");
        }

        var proof = request.Query["appsecret_proof"];
        if (request.Headers.Authorization != $"Bearer {MetaAccount.AccessToken}")
        {
            return new MetaRefusal(401, 190, null, "Invalid OAuth access token.");
        }

        return proof.Count == 0 || proof == Sign(MetaAccount.AppSecret, Encoding.UTF8.GetBytes(MetaAccount.AccessToken))["sha256=".Length..]
            ? null
            : new MetaRefusal(400, 100, null, "Invalid appsecret_proof provided in the API argument");
    }

    // The page sends for Messenger and, by the Facebook login, for its Instagram account: the recipient's id tells which.
    private static MetaProduct? ProductOf(string account, HttpRequest request, JsonElement body) => account switch
    {
        MetaAccount.PhoneNumberId => MetaProduct.WhatsApp,
        MetaAccount.InstagramId => MetaProduct.Instagram,
        MetaAccount.PageId => body.TryGetProperty("messaging_type", out _) ? MetaProduct.Messenger : MetaProduct.Instagram,
        _ => null,
    };

    private static (string To, string Text, string? Tracker) Parts(MetaProduct product, JsonElement body)
    {
        if (product is not MetaProduct.WhatsApp)
        {
            var message = body.GetProperty("message");
            return (body.GetProperty("recipient").GetProperty("id").GetString()!, message.GetProperty("text").GetString()!, message.TryGetProperty("metadata", out var metadata) ? metadata.GetString() : null);
        }

        var to = (body.TryGetProperty("to", out var number) ? number : body.GetProperty("recipient")).GetString()!;
        var text = body.TryGetProperty("text", out var plain) ? plain.GetProperty("body").GetString()! : $"template:{body.GetProperty("template").GetProperty("name").GetString()}";
        return (to, text, body.TryGetProperty("biz_opaque_callback_data", out var data) ? data.GetString() : null);
    }

    private static async Task<JsonDocument?> ReadAsync(HttpRequest request)
    {
        try
        {
            return request.HasJsonContentType() ? await JsonDocument.ParseAsync(request.Body, new JsonDocumentOptions { AllowDuplicateProperties = false }) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static IResult Error(MetaRefusal refusal) => Results.Json(refusal.Body, statusCode: refusal.Status);

    private static string NewId(MetaProduct product) => $"{product switch { MetaProduct.Messenger => "m_", MetaProduct.Instagram => "aWdf", _ => "wamid." }}{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    private static string? AttemptOf(string? tracker) => tracker is not null && Tracker().Match(tracker) is { Success: true } found ? found.Groups["id"].Value : null;

    [GeneratedRegex(@"^v[0-9]+\.[0-9]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 100)]
    private static partial Regex Version();

    [GeneratedRegex("^att:(?<id>[^/]+)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 100)]
    private static partial Regex Tracker();
}

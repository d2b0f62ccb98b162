using System.Globalization;
using System.Security.Cryptography;
using FollowUp.ProviderSimulator.Meta;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FollowUp.ProviderSimulator;

/// <summary>Twilio, played over real HTTP: strict requests, signed webhooks, a ledger on disk, and faults.</summary>
public sealed class ProviderSimulatorHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };

    private ProviderSimulatorHost(WebApplication app, Ledger ledger, MetaStandIn meta)
    {
        this.app = app;
        Ledger = ledger;
        Meta = meta;
    }

    /// <summary>Messenger, Instagram and WhatsApp, at the same address.</summary>
    public MetaStandIn Meta { get; }

    public Ledger Ledger { get; }

    public Faults Faults { get; } = new();

    public string BaseUrl { get; private set; } = "";

    public static async Task<ProviderSimulatorHost> StartAsync(string urls, string ledgerPath)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        var simulator = new ProviderSimulatorHost(builder.Build(), new Ledger(ledgerPath), new MetaStandIn($"{ledgerPath}.meta"));
        simulator.Map();
        await simulator.app.StartAsync();
        simulator.BaseUrl = simulator.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return simulator;
    }

    public Task StoppedAsync() => app.WaitForShutdownAsync();

    /// <summary>Posts a signed inbound SMS to a webhook; the status it answered.</summary>
    public async Task<int> PostInboundAsync(string webhookUrl, string from, string body, string? sid = null, string? token = null)
    {
        var form = new List<KeyValuePair<string, string>>
        {
            new("MessageSid", sid ?? NewSid()), new("AccountSid", TwilioAccount.Sid), new("From", from), new("To", TwilioAccount.Number), new("Body", body),
            new("NumMedia", "0"), new("NumSegments", "1"), new("SmsStatus", "received"), new("ApiVersion", "2010-04-01"), new("FromCountry", "US"),
        };
        return await PostAsync(webhookUrl, form, token ?? TwilioAccount.AuthToken);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Ledger.Dispose();
        Meta.Dispose();
        http.Dispose();
    }

    private void Map()
    {
        Meta.Map(app);
        app.MapPost("/2010-04-01/Accounts/{account}/Messages.json", CreateAsync);
        app.MapGet("/2010-04-01/Accounts/{account}/Messages.json", List);
        app.MapGet("/control/ledger", () => Ledger.Read());
        app.MapPost("/control/faults", (Fault[] faults) => Faults.Script(faults));
        app.MapPost("/control/inbound", (InboundRequest inbound) => PostInboundAsync(inbound.WebhookUrl, inbound.From, inbound.Body));
    }

    private async Task<IResult> CreateAsync(string account, HttpContext context)
    {
        var form = await context.Request.ReadFormAsync();
        if (TwilioRules.Refusal(context.Request, form, account) is var (status, code, message))
        {
            return Error(status, code, message);
        }

        var fault = Faults.Take();
        switch (fault)
        {
            case Fault.RateLimit:
                context.Response.Headers.RetryAfter = "1";
                return Error(429, 20429, "Too Many Requests");
            case Fault.Refuse:
                return Error(400, Faults.Code, "Refused as scripted");
        }

        var callback = form["StatusCallback"].ToString();
        var line = new LedgerLine(DateTimeOffset.UtcNow, NewSid(), form["To"].ToString(), form["From"].ToString(), form["Body"].ToString(), AttemptOf(callback), callback);
        Ledger.Add(line);
        switch (fault)
        {
            case Fault.LoseAnswer:
                _ = CallBackAsync(line, fault);
                context.Abort();
                return Results.Empty;
            case Fault.ServerError:
                _ = CallBackAsync(line, Fault.NoCallbacks);
                return Error(500, 20500, "Internal Server Error");
            case Fault.CallbackFirst:
                await CallBackAsync(line, fault);
                break;
            case Fault.Slow:
                await Task.Delay(Faults.Delay);
                _ = CallBackAsync(line, fault);
                break;
            default:
                _ = CallBackAsync(line, fault);
                break;
        }

        return Results.Json(Resource(line, "queued"), statusCode: StatusCodes.Status201Created);
    }

    private IResult List(string account, HttpContext context)
    {
        var to = context.Request.Query["To"].ToString();
        return Results.Json(new { messages = Ledger.Read().Where(line => to.Length == 0 || line.To == to).Reverse().Take(1_000).Select(line => Resource(line, "delivered")), next_page_uri = (string?)null });
    }

    private async Task CallBackAsync(LedgerLine line, Fault fault)
    {
        if (fault is Fault.NoCallbacks or Fault.LoseAnswer || line.StatusCallback is not { Length: > 0 } url)
        {
            return;
        }

        string[] statuses = fault is Fault.DoubleCallbacks ? ["delivered", "sent", "delivered", "sent"] : ["sent", "delivered"];
        foreach (var status in statuses)
        {
            try
            {
                await PostAsync(url, [new("MessageSid", line.Sid), new("MessageStatus", status), new("AccountSid", TwilioAccount.Sid), new("From", line.From), new("To", line.To), new("ApiVersion", "2010-04-01")], TwilioAccount.AuthToken);
            }
            catch (HttpRequestException)
            {
                // The engine is down: Twilio would not repeat a status callback either.
            }
        }
    }

    private async Task<int> PostAsync(string url, List<KeyValuePair<string, string>> form, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("X-Twilio-Signature", TwilioRequestSigner.Sign(token, url, form));
        using var response = await http.SendAsync(request);
        return (int)response.StatusCode;
    }

    private static object Resource(LedgerLine line, string status) => new
    {
        sid = line.Sid,
        account_sid = TwilioAccount.Sid,
        api_version = "2010-04-01",
        body = line.Body,
        to = line.To,
        from = line.From,
        direction = "outbound-api",
        status,
        date_created = line.At.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000",
        error_code = (int?)null,
        num_segments = "1",
    };

    private static IResult Error(int status, int code, string message) =>
        Results.Json(new { code, message, more_info = $"https://www.twilio.com/docs/errors/{code}", status }, statusCode: status);

    private static string NewSid() => $"SM{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}";

    private static string? AttemptOf(string callback) =>
        Uri.TryCreate(callback, UriKind.Absolute, out var uri) && Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(uri.Query).TryGetValue("attempt", out var attempt) ? attempt.ToString() : null;
}

/// <summary>Asks the stand-in for an inbound SMS.</summary>
public sealed record InboundRequest(string WebhookUrl, string From, string Body);

using FollowUp.ProviderSimulator.Meta;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FollowUp.ProviderSimulator;

/// <summary>The providers, played over real HTTP: strict requests, signed webhooks, a ledger on disk, and faults.</summary>
public sealed class ProviderSimulatorHost : IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30) };
    private readonly TwilioStandIn twilio;
    private WebApplication app = null!;

    private ProviderSimulatorHost(Ledger ledger, MetaStandIn meta)
    {
        Ledger = ledger;
        Meta = meta;
        twilio = new TwilioStandIn(ledger, Faults, http);
    }

    /// <summary>Messenger, Instagram and WhatsApp, at the same address.</summary>
    public MetaStandIn Meta { get; }

    public Ledger Ledger { get; }

    public Faults Faults { get; } = new();

    public string BaseUrl { get; private set; } = "";

    /// <summary>SMS a second that are taken, at most; more are answered with 429. Null: no limit.</summary>
    public int? SmsPerSecond
    {
        get => twilio.PerSecond;
        set => twilio.PerSecond = value;
    }

    public static async Task<ProviderSimulatorHost> StartAsync(string urls, string ledgerPath)
    {
        var simulator = new ProviderSimulatorHost(new Ledger(ledgerPath), new MetaStandIn($"{ledgerPath}.meta"));
        await simulator.ListenAsync(urls);
        return simulator;
    }

    /// <summary>An outage begins: nothing listens any more, connections are refused.</summary>
    public async Task GoDownAsync() => await app.DisposeAsync();

    /// <summary>The outage is over, on the same port.</summary>
    public Task ComeBackAsync() => ListenAsync(BaseUrl);

    public Task StoppedAsync() => app.WaitForShutdownAsync();

    /// <summary>Posts a signed inbound SMS to a webhook; the status it answered, 0 when it could not be reached. The list has the message either way.</summary>
    public Task<int> PostInboundAsync(string webhookUrl, string from, string body, string? sid = null, string? token = null, IEnumerable<KeyValuePair<string, string>>? more = null) =>
        twilio.ReceiveAsync(webhookUrl, from, body, sid, token, more);

    /// <summary>Posts any form with a valid signature; the status it answered.</summary>
    public Task<int> PostSignedAsync(string webhookUrl, IReadOnlyList<KeyValuePair<string, string>> form) => twilio.PostAsync(webhookUrl, form, TwilioAccount.AuthToken);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        Ledger.Dispose();
        Meta.Dispose();
        http.Dispose();
    }

    private async Task ListenAsync(string urls)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);

        // An outage is sudden: what hangs is cut.
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        app = builder.Build();
        twilio.Map(app);
        Meta.Map(app);
        app.MapGet("/control/ledger", () => Ledger.Read());
        app.MapPost("/control/faults", (Fault[] faults) => Faults.Script(faults));
        app.MapPost("/control/inbound", (InboundRequest inbound) => PostInboundAsync(inbound.WebhookUrl, inbound.From, inbound.Body));
        await app.StartAsync();
        BaseUrl = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
    }
}

/// <summary>Asks the stand-in for an inbound SMS.</summary>
public sealed record InboundRequest(string WebhookUrl, string From, string Body);

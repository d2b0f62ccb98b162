using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>One engine with the SMS stand-in and an adapter of the business's own, for tests that do not disturb each other. One second is ten engine minutes.</summary>
public sealed class ChannelsFixture : IAsyncLifetime
{
    public const string Name = "channels";

    private readonly string ledger = Path.GetTempFileName();
    private int numbers;

    public ProviderSimulatorHost Twilio { get; private set; } = null!;

    public AdapterStandIn Adapter { get; private set; } = null!;

    public Engine Engine { get; private set; } = null!;

    public string Inbound => $"{Engine.BaseUrl}/webhooks/twilio/sms/messages";

    public async ValueTask InitializeAsync()
    {
        Twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        Adapter = await AdapterStandIn.StartAsync();
        Engine = await Engine.StartNewAsync(speed: 600, Twilio.BaseUrl, more: "--WebHooks:AllowedNetworks:0=127.0.0.0/8");
        await Setup.AcmeAsync(Engine, second: null);
    }

    public async ValueTask DisposeAsync()
    {
        if (Engine is { } engine)
        {
            await engine.DisposeAsync();
        }

        await Adapter.DisposeAsync();
        await Twilio.DisposeAsync();
        File.Delete(ledger);
    }

    /// <summary>A number of its own for each conversation.</summary>
    public string NewNumber() => $"+1719555{Interlocked.Increment(ref numbers):D4}";

    /// <summary>A contact writes and the bot answers; the follow-up falls due a second later.</summary>
    public async Task<string> TalkAsync(string number)
    {
        Assert.Equal(200, await Twilio.PostInboundAsync(Inbound, number, "how much is it?"));
        var id = (string)(await Engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;
        Assert.Equal(HttpStatusCode.Accepted, (await Engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = "sms", text = "From 40. Ok?" })).Status);
        return id;
    }

    public async Task<JsonArray> HistoryAsync(string id) => (await Engine.GetAsync($"conversations/{id}/response-info"))["history"]!.AsArray();

    /// <summary>Waits for a line of the history.</summary>
    public Task UntilAsync(string id, string kind, string? reason = null, string? detail = null) =>
        Engine.UntilAsync(
            async () => (await HistoryAsync(id)).Any(line => (string?)line!["kind"] == kind && (reason is null || (string?)line["reason"] == reason) && (detail is null || (string?)line["detail"] == detail)),
            $"{kind} {reason} {detail} in {id}",
            TimeSpan.FromSeconds(60));
}

[CollectionDefinition(ChannelsFixture.Name)]
public sealed class ChannelsGroup : ICollectionFixture<ChannelsFixture>;

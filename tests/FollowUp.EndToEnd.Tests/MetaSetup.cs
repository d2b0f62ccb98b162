using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using FollowUp.ProviderSimulator.Meta;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>A real engine at ten engine minutes a second, a bot that talks elsewhere, and the stand-in's page, Instagram account and WhatsApp number.</summary>
public class MetaSetup : IAsyncLifetime
{
    private readonly string ledger = Path.GetTempFileName();

    protected virtual double Speed => 600;

    public ProviderSimulatorHost Simulator { get; private set; } = null!;

    public MetaStandIn Meta => Simulator.Meta;

    public Engine Engine { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Simulator = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        Engine = await Engine.StartNewAsync(Speed, Simulator.BaseUrl, Simulator.BaseUrl);
        await Setup.AcmeAsync(Engine, second: 2_000);
        var (status, body) = await Engine.PutAsync("connections/meta", Connection);
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
        Meta.WebhookUrl = $"{Engine.BaseUrl}/webhooks/meta/meta";
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Meta.WebhookUrl = null;
        if (Engine is not null)
        {
            await Engine.DisposeAsync();
        }

        await Simulator.DisposeAsync();
        File.Delete(ledger);
        File.Delete($"{ledger}.meta");
    }

    public static object Connection { get; } = new
    {
        kind = "meta",
        botId = "acme",
        appSecret = MetaAccount.AppSecret,
        appId = MetaAccount.AppId,
        verifyToken = MetaAccount.VerifyToken,
        accessToken = MetaAccount.AccessToken,
        pageId = MetaAccount.PageId,
        instagramId = MetaAccount.InstagramId,
        phoneNumberId = MetaAccount.PhoneNumberId,
        loginRoute = "facebook",
    };

    public static string WordOf(MetaProduct product) => product switch { MetaProduct.Messenger => "messenger", MetaProduct.Instagram => "instagram", _ => "whatsApp" };

    public Task<JsonNode> InfoAsync(string id) => Engine.GetAsync($"conversations/{id}/response-info");

    public static IEnumerable<string> Kinds(JsonNode info) => info["history"]!.AsArray().Select(line => (string)line!["kind"]!);

    public async Task<string> ConversationOfAsync(string contact)
    {
        var found = (await Engine.GetAsync($"conversations?address={Uri.EscapeDataString(contact)}"))["items"]!.AsArray();
        return (string)Assert.Single(found)!["conversationId"]!;
    }

    /// <summary>The contact asks, the bot's answer is told: silence is chased from here.</summary>
    public async Task<string> TalkAsync(MetaProduct product, string contact, DateTimeOffset? at = null)
    {
        Assert.Equal(200, await Meta.WriteAsync(product, contact, "how much is it?", at: at));
        var id = await ConversationOfAsync(contact);
        Assert.Equal(HttpStatusCode.Accepted, (await Engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = WordOf(product), text = "From 40 a month. Shall I show you?" })).Status);
        return id;
    }
}

/// <summary>The same in real time: what providers tell to the second and to the millisecond stays as far apart as it was.</summary>
public sealed class RealTimeMetaSetup : MetaSetup
{
    protected override double Speed => 1;
}

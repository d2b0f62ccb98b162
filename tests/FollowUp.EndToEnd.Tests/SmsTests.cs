using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The main job over SMS: a real process, a real database, the stand-in over HTTP. One second is ten engine minutes.</summary>
public sealed class SmsTests : IAsyncLifetime
{
    private ProviderSimulatorHost twilio = null!;
    private Engine engine = null!;
    private string ledger = "";

    private string Inbound => $"{engine.BaseUrl}/webhooks/twilio/sms/messages";

    public async ValueTask InitializeAsync()
    {
        ledger = Path.GetTempFileName();
        twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        engine = await Engine.StartNewAsync(speed: 600, twilio.BaseUrl);
        await Setup.AcmeAsync(engine);
    }

    public async ValueTask DisposeAsync()
    {
        await engine.DisposeAsync();
        await twilio.DisposeAsync();
        File.Delete(ledger);
    }

    [Fact]
    public async Task A_silent_contact_gets_the_nudge_and_a_reply_cancels_the_rest()
    {
        Assert.Equal(200, await twilio.PostInboundAsync(Inbound, "+13035550142", "how much is it?"));
        var id = await ConversationOfAsync("+13035550142");
        await TellBotAsync(id, "From 40 a month. Shall I show you?");
        Assert.Equal("stoppedResponding", (string?)(await engine.GetAsync($"conversations/{id}/response-info"))["plan"]!["scenario"]);
        await Engine.UntilAsync(() => Task.FromResult(twilio.Ledger.Read().Count == 1), "the nudge");
        Assert.Equal("+13035550142", twilio.Ledger.Read()[0].To);
        await Engine.UntilAsync(async () => (string?)(await engine.GetAsync($"conversations/{id}/response-info"))["plan"]?["steps"]?[0]?["delivery"] == "delivered", "the delivery mark");

        await twilio.PostInboundAsync(Inbound, "+13035550142", "which colours are there?");
        var info = await engine.GetAsync($"conversations/{id}/response-info");
        Assert.Null(info["plan"]);
        Assert.Contains(info["history"]!.AsArray(), line => (string?)line!["reason"] == "contactReplied" && (string?)line["kind"] == "cancelled");
    }

    [Fact]
    public async Task Im_driving_plans_busy_and_tomorrow_at_three_is_three_in_the_contacts_zone()
    {
        await twilio.PostInboundAsync(Inbound, "+13035550143", "I'm driving");
        var id = await ConversationOfAsync("+13035550143");
        Assert.Equal("busy", (string?)(await engine.GetAsync($"conversations/{id}/response-info"))["plan"]!["scenario"]);

        await engine.PutAsync($"conversations/{id}/contact", new { name = "Dana", timeZone = "America/Denver", addresses = new { sms = "+13035550143" } });
        await twilio.PostInboundAsync(Inbound, "+13035550143", "text me tomorrow at 3");
        var plan = (await engine.GetAsync($"conversations/{id}/response-info"))["plan"]!;
        Assert.Equal("requestedFollowUp", (string?)plan["scenario"]);
        Assert.Contains("T15:00:00-0", (string?)plan["steps"]![0]!["dueLocal"], StringComparison.Ordinal);
        Assert.Equal("tomorrow at 3", ((string?)plan["because"]!["quoted"])!.Split("text me ")[^1]);
    }

    [Fact]
    public async Task An_opt_out_cancels_everything_and_nothing_goes_out()
    {
        await twilio.PostInboundAsync(Inbound, "+13035550144", "how much is it?");
        var id = await ConversationOfAsync("+13035550144");
        await TellBotAsync(id, "From 40. Ok?");
        await twilio.PostInboundAsync(Inbound, "+13035550144", "STOP");
        var info = await engine.GetAsync($"conversations/{id}/response-info");
        Assert.Null(info["plan"]);
        Assert.Contains(info["history"]!.AsArray(), line => (string?)line!["reason"] == "channelOptedOut");
        Assert.DoesNotContain(twilio.Ledger.Read(), line => line.To == "+13035550144");
        Assert.Equal("sms", (string?)(await engine.GetAsync($"conversations/{id}"))["optedOut"]![0]);
    }

    [Fact]
    public async Task A_lost_answer_is_uncertain_found_in_the_providers_list_and_never_sent_twice()
    {
        twilio.Faults.Script(Fault.LoseAnswer);
        await twilio.PostInboundAsync(Inbound, "+13035550145", "how much is it?");
        var id = await ConversationOfAsync("+13035550145");
        await TellBotAsync(id, "From 40. Ok?");
        await Engine.UntilAsync(async () => Kinds(await engine.GetAsync($"conversations/{id}/response-info")).Contains("uncertain"), "the uncertain step");
        Assert.Single(twilio.Ledger.Read(), line => line.To == "+13035550145");
        Assert.Equal(1, twilio.Faults.Exercised(Fault.LoseAnswer));
    }

    [Fact]
    public async Task A_wrong_signature_is_refused_and_leaves_nothing()
    {
        Assert.Equal(403, await twilio.PostInboundAsync(Inbound, "+13035550146", "hello", token: "ffffffffffffffffffffffffffffffff"));
        Assert.Equal(403, await twilio.PostInboundAsync($"{engine.BaseUrl}/webhooks/twilio/unknown/messages", "+13035550146", "hello"));
        Assert.Empty((await engine.GetAsync("conversations?address=%2B13035550146"))["items"]!.AsArray());
    }

    [Fact]
    public async Task An_inactive_bot_sends_nothing()
    {
        await twilio.PostInboundAsync(Inbound, "+13035550147", "how much is it?");
        var id = await ConversationOfAsync("+13035550147");
        await TellBotAsync(id, "From 40. Ok?");
        Assert.Equal(HttpStatusCode.OK, (await engine.PostAsync("bots/acme:deactivate")).Status);
        await Engine.UntilAsync(async () => Kinds(await engine.GetAsync($"conversations/{id}/response-info")).Contains("expired"), "the missed step");
        Assert.DoesNotContain(twilio.Ledger.Read(), line => line.To == "+13035550147");
    }

    private static IEnumerable<string?> Kinds(JsonNode info) => info["history"]!.AsArray().Select(line => (string?)line!["kind"]);

    private async Task<string> ConversationOfAsync(string number) =>
        (string)(await engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;

    private async Task TellBotAsync(string id, string text) =>
        Assert.Equal(HttpStatusCode.Accepted, (await engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = "sms", text })).Status);
}

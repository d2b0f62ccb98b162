using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator.Meta;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The main job over Messenger, Instagram and WhatsApp: a real process, a real database, the stand-in over HTTP.</summary>
public sealed class MetaTests(MetaSetup setup) : IClassFixture<MetaSetup>
{
    private Engine Engine => setup.Engine;

    private MetaStandIn Meta => setup.Meta;

    [Theory]
    [InlineData(MetaProduct.Messenger, "2001", "delivered")]
    [InlineData(MetaProduct.Instagram, "3001", "read")]
    [InlineData(MetaProduct.WhatsApp, "+16505550001", "delivered")]
    public async Task A_silent_contact_gets_the_nudge_its_echo_is_no_takeover_a_reply_cancels_and_a_person_takes_over(MetaProduct product, string contact, string delivery)
    {
        var id = await setup.TalkAsync(product, contact);
        Assert.Equal(MetaSetup.WordOf(product), (string?)(await setup.InfoAsync(id))["plan"]!["steps"]![0]!["channel"]);
        await Engine.UntilAsync(async () => MetaSetup.Kinds(await setup.InfoAsync(id)).Contains(delivery), "the delivery mark");
        var line = Assert.Single(Meta.Ledger.Read(), line => line.To == contact);
        Assert.Equal(product.ToString(), line.StatusCallback);
        Assert.NotEqual("humanInCharge", (string?)(await setup.InfoAsync(id))["status"]);

        Assert.Equal(200, await Meta.WriteAsync(product, contact, "which colours are there?"));
        var info = await setup.InfoAsync(id);
        Assert.Null(info["plan"]);
        Assert.Contains(info["history"]!.AsArray(), entry => (string?)entry!["reason"] == "contactReplied" && (string?)entry["kind"] == "cancelled");

        Assert.Equal(200, await Meta.PostAsync(product is MetaProduct.WhatsApp
            ? MetaPayloads.WhatsApp("smb_message_echoes", new { messaging_product = "whatsapp", metadata = new { phone_number_id = MetaAccount.PhoneNumberId }, message_echoes = new[] { new { from = "15550783881", to = contact.TrimStart('+'), id = $"wamid.person-{contact}", timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", type = "text", text = new { body = "Sam here" } } } })
            : MetaPayloads.Echo(product, contact, $"m_person-{contact}", "Sam here", metadata: null, appId: null)));
        Assert.Equal("humanInCharge", (string?)(await setup.InfoAsync(id))["status"]);
        Assert.Empty(Meta.Refusals);
    }

    [Fact]
    public async Task Outside_the_window_whatsapp_goes_by_the_bots_template_and_otherwise_the_team_is_told()
    {
        await TellAsync("window-1", "acme", "whatsApp", new { whatsApp = "+16505550002" });
        await Engine.UntilAsync(async () => MetaSetup.Kinds(await setup.InfoAsync("window-1")).Contains("note"), "the note");
        Assert.Contains("windowClosed", (await setup.InfoAsync("window-1"))["history"]!.AsArray().Select(line => (string?)line!["reason"]));
        Assert.DoesNotContain(Meta.Ledger.Read(), line => line.To == "+16505550002");

        var bot = await Engine.GetAsync("bots/acme");
        bot["followUp"]!["whatsAppTemplate"] = new JsonObject { ["name"] = "follow_up_2", ["language"] = "en_US", ["parameters"] = new JsonArray("{{ contact.first_name | default: \"there\" }}") };
        Meta.Templates["follow_up_2"] = 1;
        Assert.Equal(HttpStatusCode.Created, (await Engine.PutAsync("bots/templated", bot)).Status);
        await TellAsync("window-2", "templated", "whatsApp", new { whatsApp = "+16505550003" });
        await Engine.UntilAsync(() => Task.FromResult(Meta.Ledger.Read().Any(line => line is { To: "+16505550003", Body: "template:follow_up_2" })), "the template");
        await Engine.UntilAsync(async () => (await Engine.GetAsync("conversations/window-2/messages"))["items"]!.AsArray().Any(line => (string?)line!["text"] == "WhatsApp template follow_up_2: Dana"), "its line in the transcript");
    }

    [Fact]
    public async Task Outside_messengers_window_sms_takes_over_with_consent()
    {
        var bot = await Engine.GetAsync("bots/acme");
        bot["followUp"]!["channelSwitching"]!["enabled"] = true;
        Assert.Equal(HttpStatusCode.Created, (await Engine.PutAsync("bots/switching", bot)).Status);
        Assert.Equal(HttpStatusCode.Created, (await Engine.PutAsync("connections/sms-switching", new { kind = "twilio", botId = "switching", accountSid = ProviderSimulator.TwilioAccount.Sid, authToken = ProviderSimulator.TwilioAccount.AuthToken, from = ProviderSimulator.TwilioAccount.Number })).Status);
        await TellAsync("window-3", "switching", "messenger", new { messenger = "2004", sms = "+13035550204" });
        await Engine.UntilAsync(() => Task.FromResult(setup.Simulator.Ledger.Read().Any(line => line.To == "+13035550204")), "the SMS");
        Assert.DoesNotContain(Meta.Ledger.Read(), line => line.To == "2004");
        Assert.Contains("switchedChannel", MetaSetup.Kinds(await setup.InfoAsync("window-3")));
    }

    [Fact]
    public async Task A_status_failed_marks_the_address_and_nothing_goes_out_twice()
    {
        Meta.Faults.Code = 131026;
        Meta.Faults.Script(MetaProduct.WhatsApp, MetaFault.FailLater);
        var id = await setup.TalkAsync(MetaProduct.WhatsApp, "+16505550005");
        await Engine.UntilAsync(async () => MetaSetup.Kinds(await setup.InfoAsync(id)).Contains("undelivered"), "the failure");
        Assert.Equal("whatsApp", (string?)(await Engine.GetAsync($"conversations/{id}"))["deadAddresses"]![0]);
        Assert.Single(Meta.Ledger.Read(), line => line.To == "+16505550005");
    }

    [Fact]
    public async Task One_person_with_and_without_a_number_is_one_conversation()
    {
        object Message(string? number, string id) => MetaPayloads.WhatsApp("messages", new
        {
            messaging_product = "whatsapp",
            metadata = new { phone_number_id = MetaAccount.PhoneNumberId },
            contacts = new[] { number is null ? (object)new { profile = new { name = "Bo" }, user_id = "US.13491208655302741918" } : new { profile = new { name = "Bo" }, wa_id = number, user_id = "US.13491208655302741918" } },
            messages = new[] { number is null ? (object)new { from_user_id = "US.13491208655302741918", id, timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", type = "text", text = new { body = "hello" } } : new { from = number, id, timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", type = "text", text = new { body = "hello" } } },
        });
        Assert.Equal(200, await Meta.PostAsync(Message("16505550006", "wamid.a")));
        Assert.Equal(200, await Meta.PostAsync(Message(null, "wamid.b")));
        var id = await setup.ConversationOfAsync("+16505550006");
        Assert.Equal(id, await setup.ConversationOfAsync("US.13491208655302741918"));
        Assert.Equal(2, (await Engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray().Count);
        Assert.Equal("+16505550006", (string?)(await Engine.GetAsync($"conversations/{id}"))["contact"]!["addresses"]!["whatsApp"]);
    }

    [Fact]
    public async Task Stopping_the_businesss_messages_at_the_provider_is_an_opt_out()
    {
        var id = await setup.TalkAsync(MetaProduct.WhatsApp, "+16505550007");
        Assert.Equal(200, await Meta.PostAsync(MetaPayloads.WhatsApp("user_preferences", new { messaging_product = "whatsapp", metadata = new { phone_number_id = MetaAccount.PhoneNumberId }, user_preferences = new[] { new { wa_id = "16505550007", category = "marketing_messages", value = "stop", timestamp = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}", detail = "User stopped" } } })));
        Assert.Equal("whatsApp", (string?)(await Engine.GetAsync($"conversations/{id}"))["optedOut"]![0]);
        Assert.Null((await setup.InfoAsync(id))["plan"]);
        Assert.DoesNotContain(Meta.Ledger.Read(), line => line.To == "+16505550007");
    }

    // Written almost a day ago, answered by the bot just now: when the nudge is due the window is closed.
    private async Task TellAsync(string id, string bot, string channel, object addresses)
    {
        var wrote = DateTimeOffset.Parse((string)(await Engine.GetAsync("clock"))["now"]!).AddHours(-23).AddMinutes(-58);
        var (status, body) = await Engine.PostAsync($"conversations/{id}/messages", new { author = "contact", channel, text = "how much is it?", sentAt = wrote.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), botId = bot, connectionId = "meta", contact = new { name = "Dana", timeZone = await Setup.NoonZoneAsync(Engine), addresses, consent = new { sms = new { how = "web form" } } } });
        Assert.True(status is HttpStatusCode.Accepted, body?.ToJsonString());
        Assert.Equal(HttpStatusCode.Accepted, (await Engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel, text = "From 40. Ok?" })).Status);
    }
}

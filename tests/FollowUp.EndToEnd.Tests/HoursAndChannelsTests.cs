using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The right time and the right channel, in the real process. One second is ten engine minutes.</summary>
public sealed class HoursAndChannelsTests : IAsyncLifetime
{
    private readonly string ledger = Path.GetTempFileName();
    private ProviderSimulatorHost twilio = null!;
    private Engine engine = null!;

    public async ValueTask InitializeAsync()
    {
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
    public async Task Outside_the_hours_a_step_is_held_to_the_opening_and_says_so()
    {
        // Open for two hours, from two to three hours ahead.
        var now = DateTimeOffset.Parse((string)(await engine.GetAsync("clock"))["now"]!);
        var (from, to) = ($"{(now.UtcDateTime.Hour + 3) % 24:D2}:00", $"{(now.UtcDateTime.Hour + 5) % 24:D2}:00");
        var day = new[] { new { from, to } };
        var (status, body) = await engine.PutAsync("bots/hours", new
        {
            name = "Hours",
            ownAnswers = "external",
            timeZone = "UTC",
            followUp = new
            {
                scenarios = new { stoppedResponding = new { steps = new[] { new { id = "n1", delay = new { value = 10, unit = "minutes" }, message = new { kind = "ai" } } } } },
                activeHours = new { enabled = true, zone = "business", weekly = new { monday = day, tuesday = day, wednesday = day, thursday = day, friday = day, saturday = day, sunday = day } },
            },
        });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
        await engine.PostAsync("conversations/hours-1/messages", new { author = "contact", channel = "liveChat", text = "how much is it?", botId = "hours", contact = new { } });
        await engine.PostAsync("conversations/hours-1/messages", new { author = "bot", channel = "liveChat", text = "From 40. Ok?" });
        var expected = (await InfoAsync("hours-1"))["plan"]!["steps"]![0]!["expected"]!;
        Assert.Equal(("hold", "outsideHours"), ((string?)expected["outcome"], (string?)expected["reason"]));

        await Engine.UntilAsync(async () => (await InfoAsync("hours-1"))["history"]!.AsArray().Any(line => (string?)line!["kind"] == "sent"), "the opening");
        var history = (await InfoAsync("hours-1"))["history"]!.AsArray();
        var held = history.Single(line => (string?)line!["kind"] == "held")!;
        Assert.Equal("outsideHours", (string?)held["reason"]);
        var sent = DateTimeOffset.Parse((string)history.Single(line => (string?)line!["kind"] == "sent")!["at"]!);
        Assert.InRange(sent.Hour, int.Parse(from[..2]), (int.Parse(from[..2]) + 1) % 24 is 0 ? 23 : int.Parse(from[..2]) + 1);
    }

    [Fact]
    public async Task A_visitor_who_left_the_chat_is_reached_by_sms()
    {
        await engine.PutAsync("bots/acme", await SwitchingAsync(), "\"1\"");
        await engine.PostAsync("conversations/chat-1/messages", new
        {
            author = "contact",
            channel = "liveChat",
            text = "how much is it?",
            botId = "acme",
            contact = new { addresses = new { sms = "+13035550150", liveChat = "visitor-1" }, consent = new { sms = new { how = "web form" } } },
        });
        await engine.PostAsync("conversations/chat-1/presence", new { channel = "liveChat", present = false });
        await engine.PostAsync("conversations/chat-1/messages", new { author = "bot", channel = "liveChat", text = "From 40. Ok?" });
        Assert.Equal("sms", (string?)(await InfoAsync("chat-1"))["plan"]!["steps"]![0]!["channel"]);
        await Engine.UntilAsync(() => Task.FromResult(twilio.Ledger.Read().Any(line => line.To == "+13035550150")), "the SMS");
        Assert.Contains("STOP", twilio.Ledger.Read().First(line => line.To == "+13035550150").Body, StringComparison.Ordinal);
    }

    private Task<JsonNode> InfoAsync(string id) => engine.GetAsync($"conversations/{id}/response-info");

    private async Task<JsonNode> SwitchingAsync()
    {
        var bot = await engine.GetAsync("bots/acme");
        bot["followUp"]!["channelSwitching"]!["enabled"] = true;
        return bot;
    }
}

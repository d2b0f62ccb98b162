using System.Net;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>Any other channel, by the business's own adapter.</summary>
[Collection(ChannelsFixture.Name)]
public sealed class WebHookConnectionTests(ChannelsFixture channels)
{
    [Fact]
    public async Task A_follow_up_reaches_the_adapter_signed_with_one_id_on_every_repeat_and_its_receipt_is_shown()
    {
        await ConnectAsync();
        channels.Adapter.Script(500, 429);
        var (id, address) = ($"line-{Guid.NewGuid():N}", $"line-{Guid.NewGuid():N}");
        await channels.Engine.PostAsync($"conversations/{id}/messages", new { author = "contact", channel = "messenger", text = "how much is it?", botId = "adapter", contact = new { addresses = new { messenger = address } } });
        await channels.Engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = "messenger", text = "From 40. Ok?" });
        await channels.UntilAsync(id, "sent");
        var calls = channels.Adapter.Calls.Where(call => (string?)call.Body["data"]!["to"] == address).ToList();
        Assert.Equal((3, 1), (calls.Count, calls.Select(call => call.WebhookId).Distinct().Count()));
        Assert.All(calls, call => Assert.True(call.SignatureFits));
        var data = calls[0].Body["data"]!;
        Assert.Equal((id, "messenger", "line"), ((string)data["conversationId"]!, (string)data["channel"]!, (string)data["connectionId"]!));

        var (status, _) = await channels.Engine.PostAsync($"conversations/{id}/receipts", new { messageId = (string)data["messageId"]!, state = "delivered" });
        Assert.Equal(HttpStatusCode.OK, status);
        await channels.UntilAsync(id, "delivered");
    }

    [Theory]
    [InlineData("http://adapter.example.com/hook", AdapterStandIn.Secret, "messenger", "url")]
    [InlineData("https://10.0.0.1/hook", AdapterStandIn.Secret, "messenger", "url")]
    [InlineData("https://167772161/hook", AdapterStandIn.Secret, "messenger", "url")]
    [InlineData("https://metadata/hook", AdapterStandIn.Secret, "messenger", "url")]
    [InlineData("https://adapter.example.com/hook", "plain", "messenger", "secret")]
    [InlineData("https://adapter.example.com/hook", "whsec_c2hvcnQ=", "messenger", "secret")]
    [InlineData("https://adapter.example.com/hook", AdapterStandIn.Secret, "liveChat", "channel")]
    public async Task A_bad_connection_is_refused_by_its_field(string url, string secret, string channel, string field)
    {
        var (status, body) = await channels.Engine.PutAsync("connections/bad", new { kind = "webhook", botId = "acme", channel, url, secret });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.NotNull(body!["errors"]![field]);
    }

    private async Task ConnectAsync()
    {
        var bot = await channels.Engine.GetAsync("bots/acme");
        await channels.Engine.PutAsync("bots/adapter", bot);
        var (status, body) = await channels.Engine.PutAsync("connections/line", new { kind = "webhook", botId = "adapter", channel = "messenger", url = channels.Adapter.Url, secret = AdapterStandIn.Secret });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
        Assert.StartsWith("****", (string)(await channels.Engine.GetAsync("connections/line"))["secret"]!, StringComparison.Ordinal);
    }
}

using System.Net;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>PROMISES §3.4: each bad webhook, and the answer to it. Nothing of it may reach a conversation.</summary>
[Collection(ChannelsFixture.Name)]
public sealed class BadTwilioWebhooksTests(ChannelsFixture channels)
{
    private static readonly string[] BadSignatures =
        ["", "short", "not base64 at all, twenty-eigh", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "sha256=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "L/OH5YylLD5NRKLltdqwSvS0BnU", "l/oh5yylld5nrkltdqwsvs0bnu=="];

    [Fact]
    public async Task What_is_not_signed_by_twilio_is_forbidden_and_leaves_nothing()
    {
        var number = channels.NewNumber();
        var form = Form(number);
        var good = TwilioRequestSigner.Sign(TwilioAccount.AuthToken, channels.Inbound, form);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, form, []));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, form, [good, good]));
        foreach (var bad in BadSignatures)
        {
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, form, [bad]));
        }

        // A byte changed, a parameter added, repeated or taken away; another path, query or tenant.
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, Form(number, body: "Hello"), [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, [.. form, new("Extra", "1")], [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, [.. form, new("Body", "second")], [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound, [.. form.Skip(1)], [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync($"{channels.Inbound}?x=1", form, [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync($"{channels.Inbound}?workspace=other", form, [good]));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(channels.Inbound.Replace("/sms/", "/absent/", StringComparison.Ordinal), form, [good]));

        // Twilio's signature for an account or a number that is not this connection's.
        Assert.Equal(HttpStatusCode.Forbidden, await SignedAsync([.. form.Where(field => field.Key != "AccountSid"), new("AccountSid", $"AC{new string('9', 32)}")]));
        Assert.Equal(HttpStatusCode.Forbidden, await SignedAsync([.. form.Where(field => field.Key != "To"), new("To", "+14155559999")]));
        Assert.Empty((await channels.Engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]!.AsArray());
        Assert.Contains("followup_webhooks_total{", await MetricsAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ports_and_repeated_names_are_signed_as_twilio_does()
    {
        var number = channels.NewNumber();
        var form = Form(number, sid: "SM000000000000000000000000000000b1");
        List<KeyValuePair<string, string>> repeated = [.. form, new("Tag", "b"), new("Tag", "a"), new("Tag", "a")];
        List<KeyValuePair<string, string>> signedOnce = [.. form, new("Tag", "a"), new("Tag", "b")];
        Assert.Equal(HttpStatusCode.OK, await PostAsync(channels.Inbound, repeated, [TwilioRequestSigner.Sign(TwilioAccount.AuthToken, channels.Inbound, signedOnce)]));

        // The Host header is anybody's word: the configured address is what was signed.
        Assert.Equal(HttpStatusCode.OK, await PostAsync(channels.Inbound, form, [TwilioRequestSigner.Sign(TwilioAccount.AuthToken, channels.Inbound, form)], host: "EVIL.example"));
    }

    [Fact]
    public async Task A_replay_changes_nothing_and_an_unknown_shape_is_acknowledged_and_kept()
    {
        var number = channels.NewNumber();
        var form = Form(number, sid: "SM000000000000000000000000000000a1");
        Assert.Equal(HttpStatusCode.OK, await SignedAsync(form));
        var id = (string)(await channels.Engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;
        Assert.Equal(HttpStatusCode.OK, await SignedAsync(form));
        Assert.Single((await channels.Engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray());

        Assert.Equal(HttpStatusCode.OK, await SignedAsync([new("AccountSid", TwilioAccount.Sid), new("To", TwilioAccount.Number), new("Novelty", "1")]));
        Assert.Contains("Novelty", (await channels.Engine.GetAsync("connections/sms/quarantine")).ToJsonString(), StringComparison.Ordinal);

        // A callback of an attempt that nobody knows, with any status: acknowledged.
        var status = $"{channels.Engine.BaseUrl}/webhooks/twilio/sms/status?workspace=default&conversation={id}&attempt=a-unknown";
        Assert.Equal(200, await channels.Twilio.PostSignedAsync(status, [new("AccountSid", TwilioAccount.Sid), new("MessageSid", "SM0000000000000000000000000000c0de"), new("MessageStatus", "delivered")]));
        Assert.Equal(200, await channels.Twilio.PostSignedAsync(status, [new("AccountSid", TwilioAccount.Sid), new("MessageSid", "SM0000000000000000000000000000c0de"), new("MessageStatus", "surprised")]));
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_hashed()
    {
        using var content = new ByteArrayContent(new byte[(256 * 1024) + 1]);
        using var response = await channels.Engine.Http.PostAsync(channels.Inbound, content);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    private static List<KeyValuePair<string, string>> Form(string from, string body = "hello", string? sid = null) =>
    [
        new("MessageSid", sid ?? $"SM{Guid.NewGuid():N}"), new("AccountSid", TwilioAccount.Sid), new("From", from), new("To", TwilioAccount.Number), new("Body", body), new("NumMedia", "0"),
    ];

    private async Task<HttpStatusCode> SignedAsync(List<KeyValuePair<string, string>> form) => (HttpStatusCode)await channels.Twilio.PostSignedAsync(channels.Inbound, form);

    private async Task<HttpStatusCode> PostAsync(string url, IReadOnlyList<KeyValuePair<string, string>> form, string[] signatures, string? host = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Host = host;
        foreach (var signature in signatures)
        {
            request.Headers.TryAddWithoutValidation("X-Twilio-Signature", signature);
        }

        using var response = await channels.Engine.Http.SendAsync(request);
        return response.StatusCode;
    }

    private async Task<string> MetricsAsync() => await channels.Engine.Http.GetStringAsync("/metrics");
}

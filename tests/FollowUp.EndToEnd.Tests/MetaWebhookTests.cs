using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using FollowUp.ProviderSimulator.Meta;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>Bad webhooks, each answered as it should be, and none leaving a trace; and the connection that they belong to.</summary>
public sealed class MetaWebhookTests(RealTimeMetaSetup setup) : IClassFixture<RealTimeMetaSetup>
{
    private static readonly byte[] Body = JsonSerializer.SerializeToUtf8Bytes(MetaPayloads.Message(MetaProduct.Messenger, "9001", "m_bad", "hello"));

    private static readonly string Good = MetaStandIn.Sign(MetaAccount.AppSecret, Body);

    [Fact]
    public async Task A_signature_of_any_other_kind_is_forbidden_and_leaves_nothing()
    {
        (string Why, string[] Headers, byte[] Body)[] bad =
        [
            ("missing", [], Body),
            ("empty", [""], Body),
            ("short", [Good[..^1]], Body),
            ("not hexadecimal", [$"sha256={new string('z', 64)}"], Body),
            ("upper case", [$"sha256={Good["sha256=".Length..].ToUpperInvariant()}"], Body),
            ("without its prefix", [Good["sha256=".Length..]], Body),
            ("twice", [Good, Good], Body),
            ("of another secret", [MetaStandIn.Sign("another secret", Body)], Body),
            ("of a body changed by one byte", [Good], [.. Body[..^1], (byte)' ', Body[^1]]),
            ("of re-encoded JSON", [Good], JsonSerializer.SerializeToUtf8Bytes(JsonSerializer.Deserialize<JsonElement>(Body), new JsonSerializerOptions { WriteIndented = true })),
        ];
        foreach (var (why, headers, body) in bad)
        {
            Assert.True(await PostAsync("meta", body, headers) is HttpStatusCode.Forbidden, why);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("nobody", Body, Good));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("meta?workspace=other", Body, Good));
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("sms", Body, Good));
        Assert.Empty((await setup.Engine.GetAsync("conversations?address=9001"))["items"]!.AsArray());

        Assert.Equal(HttpStatusCode.OK, await PostAsync("meta", Body, Good));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("meta", Body, Good));
        var id = await setup.ConversationOfAsync("9001");
        Assert.Single((await setup.Engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray());
    }

    [Fact]
    public async Task A_sha1_header_alone_is_forbidden()
    {
        using var request = Request("meta", Body);
        request.Headers.Add("X-Hub-Signature", "sha1=0123456789abcdef0123456789abcdef01234567");
        Assert.Equal(HttpStatusCode.Forbidden, (await setup.Engine.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task An_unknown_shape_is_acknowledged_and_kept_aside()
    {
        var before = (await QuarantineAsync()).Count;
        foreach (var text in (string[])["not json", "{\"object\":\"brand_new\"}", new string('[', 1_000), "{\"object\":\"page\",\"entry\":[{\"id\":\"999\",\"messaging\":[{\"sender\":{\"id\":\"1\"},\"recipient\":{\"id\":\"999\"},\"timestamp\":1,\"message\":{\"mid\":\"m\",\"text\":\"x\"}}]}]}"])
        {
            Assert.Equal(200, await setup.Meta.PostRawAsync(Encoding.UTF8.GetBytes(text)));
            Assert.Equal(200, await setup.Meta.PostRawAsync(Encoding.UTF8.GetBytes(text)));
        }

        Assert.Equal(before + 4, (await QuarantineAsync()).Count);
    }

    [Fact]
    public async Task A_batch_of_three_megabytes_is_taken_and_a_body_over_the_limit_is_not_even_hashed()
    {
        var messages = Enumerable.Range(0, 800).Select(number => (object)new { sender = new { id = $"95{number % 40:D2}" }, recipient = new { id = MetaAccount.PageId }, timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), message = new { mid = $"m_big-{number}", text = new string('a', 4_000) } }).ToArray();
        var body = JsonSerializer.SerializeToUtf8Bytes(MetaPayloads.Messaging(MetaProduct.Messenger, messages));
        Assert.True(body.Length > 3_000_000);
        Assert.Equal(200, await setup.Meta.PostRawAsync(body));
        Assert.Equal("m_big-799", (string?)(await setup.Engine.GetAsync($"conversations/{await setup.ConversationOfAsync("9539")}"))["lastMessage"]!["messageId"]);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync("meta", new byte[(4 * 1024 * 1024) + 1], "sha256=00"));
    }

    [Fact]
    public async Task The_verification_request_is_answered_with_the_challenge_as_text()
    {
        using var good = await setup.Engine.Http.GetAsync($"/webhooks/meta/meta?hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token={MetaAccount.VerifyToken}");
        Assert.Equal((HttpStatusCode.OK, "text/plain", "1158201444"), (good.StatusCode, good.Content.Headers.ContentType!.MediaType, await good.Content.ReadAsStringAsync()));
        Assert.Contains("nosniff", good.Headers.GetValues("X-Content-Type-Options"));
        foreach (var query in (string[])["hub.mode=subscribe&hub.challenge=1&hub.verify_token=wrong", $"hub.mode=unsubscribe&hub.challenge=1&hub.verify_token={MetaAccount.VerifyToken}", ""])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await setup.Engine.Http.GetAsync($"/webhooks/meta/meta?{query}")).StatusCode);
        }

        Assert.Equal(HttpStatusCode.Forbidden, (await setup.Engine.Http.GetAsync($"/webhooks/meta/nobody?hub.mode=subscribe&hub.challenge=1&hub.verify_token={MetaAccount.VerifyToken}")).StatusCode);
    }

    [Fact]
    public async Task A_connection_says_what_is_wrong_with_it_and_keeps_its_secrets()
    {
        async Task RefusedAsync(object connection, string field)
        {
            var (status, body) = await setup.Engine.PutAsync("connections/bad", connection);
            Assert.True(status is HttpStatusCode.BadRequest && body!["errors"]![field] is not null, $"{field}: {body?.ToJsonString()}");
        }

        await RefusedAsync(new { kind = "meta", botId = "acme", verifyToken = "v", accessToken = "t", pageId = "1" }, "appSecret");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", accessToken = "t", pageId = "1" }, "verifyToken");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", pageId = "1" }, "accessToken");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", accessToken = "t" }, "pageId");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", accessToken = "t", pageId = "../me" }, "pageId");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", accessToken = "t", instagramId = "1" }, "pageId");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", accessToken = "t", instagramId = "1", pageId = "2", loginRoute = "instagram" }, "loginRoute");
        await RefusedAsync(new { kind = "meta", botId = "acme", appSecret = "s", verifyToken = "v", accessToken = "t", pageId = "2", loginRoute = "twitter" }, "loginRoute");
        await RefusedAsync(new { kind = "meta", botId = "nobody", appSecret = "s", verifyToken = "v", accessToken = "t", pageId = "2" }, "botId");

        // A new secret beside the old one, then the new one alone; the others are left out and kept.
        var (status, shown) = await setup.Engine.PutAsync("connections/rotating", new { kind = "meta", botId = "acme", appSecret = "first-app-secret", verifyToken = "verify-token-1", accessToken = "access-token-1", pageId = "77" });
        Assert.Equal((HttpStatusCode.Created, "****cret", "****en-1"), (status, (string?)shown!["appSecret"], (string?)shown["accessToken"]));
        (status, shown) = await setup.Engine.PutAsync("connections/rotating", new { kind = "meta", botId = "acme", appSecret = "second-app-secret", previousAppSecret = "first-app-secret", pageId = "77" }, "\"1\"");
        Assert.Equal((HttpStatusCode.OK, "****cret"), (status, (string?)shown!["previousAppSecret"]));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("rotating", "{}"u8.ToArray(), MetaStandIn.Sign("first-app-secret", "{}"u8.ToArray())));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("rotating", "{}"u8.ToArray(), MetaStandIn.Sign("second-app-secret", "{}"u8.ToArray())));
        (status, _) = await setup.Engine.PutAsync("connections/rotating", new { kind = "meta", botId = "acme", pageId = "77" }, "\"2\"");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync("rotating", "{}"u8.ToArray(), MetaStandIn.Sign("first-app-secret", "{}"u8.ToArray())));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("rotating", "{}"u8.ToArray(), MetaStandIn.Sign("second-app-secret", "{}"u8.ToArray())));
    }

    [Fact]
    public async Task Recorded_webhooks_in_any_order_and_number_leave_one_transcript()
    {
        var random = new Random(20261128);
        string? first = null;
        for (var round = 0; round < 12; round++)
        {
            var contact = $"40{round:D2}";
            object[] recorded =
            [
                MetaPayloads.Message(MetaProduct.Messenger, contact, $"m_1-{round}", "how much is it?"),
                MetaPayloads.Message(MetaProduct.Messenger, contact, $"m_2-{round}", "and in blue?"),
                MetaPayloads.Echo(MetaProduct.Messenger, contact, $"m_3-{round}", "Sam here", metadata: null, appId: null),
                MetaPayloads.Read(MetaProduct.Messenger, contact, ""),
                MetaPayloads.Delivered(contact, $"m_3-{round}"),
                MetaPayloads.Messaging(MetaProduct.Messenger, new { sender = new { id = contact }, recipient = new { id = MetaAccount.PageId }, timestamp = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), message = new { mid = $"m_2-{round}", is_deleted = true } }),
            ];
            Assert.Equal(200, await setup.Meta.PostAsync(recorded[0]));
            var order = round == 0 ? recorded : [.. recorded.Concat(recorded).OrderBy(_ => random.Next())];
            Assert.All(await Task.WhenAll(order.Select(payload => setup.Meta.PostAsync(payload))), status => Assert.Equal(200, status));
            var id = await setup.ConversationOfAsync(contact);
            var lines = (await setup.Engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray().Select(line => $"{line!["author"]} {line["delivery"]} {line["text"]}").Order(StringComparer.Ordinal);
            var state = $"{string.Join(" | ", lines)} {(await setup.InfoAsync(id))["status"]}";
            Assert.Equal(first ??= state, state);
        }

        Assert.Contains("humanInCharge", first, StringComparison.Ordinal);
    }

    private async Task<System.Text.Json.Nodes.JsonArray> QuarantineAsync() => (await setup.Engine.GetAsync("connections/meta/quarantine"))["items"]!.AsArray();

    private HttpRequestMessage Request(string connection, byte[] body) =>
        new(HttpMethod.Post, $"/webhooks/meta/{connection}") { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } };

    private async Task<HttpStatusCode> PostAsync(string connection, byte[] body, params string[] headers)
    {
        using var request = Request(connection, body);
        foreach (var header in headers)
        {
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", header);
        }

        using var response = await setup.Engine.Http.SendAsync(request);
        return response.StatusCode;
    }
}

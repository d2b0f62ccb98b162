using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>Who a visitor is, and which conversation is theirs: only by what the site's server signed.</summary>
public sealed class IdentityTests(IdentityTests.Shared shared) : IClassFixture<IdentityTests.Shared>
{
    private const string Secret = "identity-secret-of-thirty-two-characters";

    private readonly Engine engine = shared.Engine;

    public sealed class Shared() : SharedEngine(speed: 1)
    {
        protected override async Task SetUpAsync()
        {
            await Setup.ChatAsync(Engine, "shop", Secret);
            await Setup.ChatAsync(Engine, "members", Secret, requireIdentity: true);
        }
    }

    [Fact]
    public async Task A_hash_of_the_sites_server_is_believed_and_nothing_else_is()
    {
        var (status, body) = await OpenAsync("shop", new { id = "user-42", hash = Hash("user-42") });
        Assert.Equal((HttpStatusCode.OK, true), (status, (bool)body!["verified"]!));

        // The same user on another browser: the same conversation.
        var (_, elsewhere) = await OpenAsync("shop", new { id = "user-42", hash = Hash("user-42") });
        Assert.Equal((string?)body["conversationId"], (string?)elsewhere!["conversationId"]);

        foreach (var hash in (string[])[Hash("user-43"), Hash("user-42").ToUpperInvariant(), Hash("user-42")[..63], new string('0', 64), ""])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync("shop", new { id = "user-42", hash })).Status);
        }

        // An address or a number that the page only claims changes nothing.
        var (claimed, anonymous) = await OpenAsync("shop", new { id = "user-42", email = "dana@acme.example", phone = "+13035550142" });
        Assert.Equal((HttpStatusCode.OK, false), (claimed, (bool)anonymous!["verified"]!));
        Assert.NotEqual((string?)body["conversationId"], (string?)anonymous["conversationId"]);
        var contact = await SayAsync(anonymous, "hello");
        Assert.Null(contact["email"]);
        Assert.Null(contact["addresses"]!["sms"]);
    }

    [Fact]
    public async Task A_token_of_the_sites_server_is_believed_until_it_expires()
    {
        var (status, body) = await OpenAsync("shop", new { token = Token(new { sub = "dana", name = "Dana Cruz", email = "dana@acme.example", phone_number = "+13035550199", exp = In(600) }) });
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());
        var contact = await SayAsync(body!, "hello");
        Assert.Equal(("Dana Cruz", "dana@acme.example", "+13035550199", "user-dana"), ((string?)contact["name"], (string?)contact["email"], (string?)contact["addresses"]!["sms"], (string?)contact["addresses"]!["liveChat"]));

        var good = Token(new { sub = "dana", exp = In(600) });
        var parts = good.Split('.');
        var flipped = parts[2].ToCharArray();
        flipped[5] = flipped[5] == 'A' ? 'B' : 'A';
        string[] bad =
        [
            Token(new { sub = "dana", exp = In(-120) }),
            Token(new { sub = "dana", exp = In(3_600) }),
            Token(new { sub = "dana" }),
            Token(new { exp = In(600) }),
            Token(new { sub = "dana", exp = In(600) }, secret: "another-secret-of-thirty-two-characters!"),
            Token(new { sub = "dana", exp = In(600) }, algorithm: "none"),
            $"{Token(new { sub = "dana", exp = In(600) }, algorithm: "none").Split('.')[0]}.{parts[1]}.",
            $"{parts[0]}.{parts[1]}.{new string(flipped)}",
            $"{parts[0]}.{Part(new { sub = "mallory", exp = In(600) })}.{parts[2]}",
            "not.a.token",
            "",
        ];
        foreach (var token in bad)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await OpenAsync("shop", new { token })).Status);
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await OpenAsync("shop", new { token = Token(new { sub = "dana", phone_number = "303-555-0142", exp = In(600) }) })).Status);
    }

    [Fact]
    public async Task Where_identity_is_required_an_unverified_visitor_may_not_write_at_all()
    {
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync("members", null)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await OpenAsync("members", new { id = "user-42", email = "dana@acme.example" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await OpenAsync("members", new { id = "user-42", hash = Hash("user-42") })).Status);

        // A session from before the rule does not outlive it.
        await Setup.ChatAsync(engine, "later");
        var (_, session) = await OpenAsync("later", null);
        Assert.Equal(HttpStatusCode.OK, (await engine.PutAsync("connections/later", new { kind = "liveChat", botId = "later", identitySecret = Secret, requireIdentity = true }, ifMatch: "1")).Status);
        using var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session!);
        Assert.Equal(1008, await chat.CloseAsync());
        Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync(session!, "hello"));
        Assert.Equal(HttpStatusCode.NotFound, (await engine.Http.GetAsync($"/api/v1/conversations/{session!["conversationId"]}")).StatusCode);
    }

    [Fact]
    public async Task A_verified_user_with_a_known_number_joins_that_numbers_conversation_and_a_claim_never_does()
    {
        // Dana texted; the promise she asked for is pending.
        await engine.PostAsync("conversations/dana/messages", new { author = "contact", channel = "sms", text = "text me tomorrow at 3", botId = "shop", contact = new { name = "Dana", timeZone = "America/Denver", addresses = new { sms = "+13035550142" } } });
        Assert.Equal("requestedFollowUp", await ScenarioAsync("dana"));

        // Somebody who only says that it is her number stays a stranger.
        var (_, stranger) = await OpenAsync("shop", new { id = "dana", phone = "+13035550142" });
        await SayAsync(stranger!, "hi, what did I order?");
        Assert.NotEqual("dana", (string?)stranger!["conversationId"]);

        // She chats, then signs in: what she said comes along, the promise stands, and the page goes on without a gap.
        var (_, anonymous) = await OpenAsync("shop", null);
        using var chat = await ChatClient.ConnectAsync(engine.BaseUrl, anonymous!);
        await chat.WriteAsync("q", "do you have it in blue?");
        await chat.UntilAsync("do you have it in blue?");
        var (_, known) = await OpenAsync("shop", new { token = Token(new { sub = "dana", phone_number = "+13035550142", exp = In(600) }) }, (string?)anonymous!["visitorToken"]);
        Assert.Equal("dana", (string?)known!["conversationId"]);
        Assert.Equal(4001, await chat.CloseAsync());
        using var joined = await ChatClient.ConnectAsync(engine.BaseUrl, known);
        await joined.UntilAsync("do you have it in blue?");
        await joined.WriteAsync("q2", "or in red?");
        await joined.UntilAsync("or in red?");
        Assert.Equal([1L, 2], joined.Seen);
        Assert.Equal("requestedFollowUp", await ScenarioAsync("dana"));
        Assert.Equal("user-dana", (string?)(await engine.GetAsync("conversations/dana/contact"))["addresses"]!["liveChat"]);
        Assert.Equal("dana", (string?)(await engine.GetAsync($"conversations/{anonymous["conversationId"]}"))["mergedInto"]);

        // Signed out: the next one at this browser is nobody, and the old anonymous token leads no further.
        foreach (var token in (string?[])[(string?)known["visitorToken"], (string?)anonymous["visitorToken"]])
        {
            var (_, after) = await OpenAsync("shop", null, token);
            Assert.Equal((false, false), ((bool)after!["verified"]!, (string?)after["conversationId"] == "dana"));
        }

        // Another user of the site with the same number: no evidence that they are one person.
        var (_, other) = await OpenAsync("shop", new { token = Token(new { sub = "sam", phone_number = "+13035550142", exp = In(600) }) });
        Assert.NotEqual("dana", (string?)other!["conversationId"]);
        await SayAsync(other, "hello");
    }

    [Fact]
    public async Task An_address_leads_to_one_conversation()
    {
        object Message(string number) => new { author = "contact", channel = "sms", text = "hello there", botId = "shop", contact = new { addresses = new { sms = number } } };
        Assert.Equal(HttpStatusCode.Accepted, (await engine.PostAsync("conversations/first/messages", Message("+13035550150"))).Status);
        var (status, body) = await engine.PostAsync("conversations/second/messages", Message("+13035550150"));
        Assert.Equal((HttpStatusCode.Conflict, "addressTaken"), (status, (string?)body!["code"]));
        (status, body) = await engine.PutAsync("conversations/third/contact?botId=shop", new { addresses = new { sms = "+13035550150" } });
        Assert.Equal((HttpStatusCode.Conflict, "addressTaken"), (status, (string?)body!["code"]));
        (status, body) = await engine.PutAsync("conversations/first/contact", new { addresses = new { sms = "+13035550150", liveChat = "user-7" } });
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());

        // The business named the user: a verified user 7 joins without any number.
        Assert.Equal("first", (string?)(await OpenAsync("shop", new { id = "7", hash = Hash("7") })).Body!["conversationId"]);

        // Merged away, the address leads on; merges never go round in a circle or into nothing.
        Assert.Equal(HttpStatusCode.Accepted, (await engine.PostAsync("conversations/home/messages", Message("+13035550151"))).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await engine.PostAsync("conversations/first:merge", new { into = "nobody" })).Status);
        Assert.Equal(HttpStatusCode.OK, (await engine.PostAsync("conversations/first:merge", new { into = "home" })).Status);
        Assert.Equal((HttpStatusCode.Conflict, "mergeCycle"), await CodeAsync("conversations/home:merge", new { into = "first" }));
        Assert.Equal((HttpStatusCode.Conflict, "alreadyMerged"), await CodeAsync("conversations/first:merge", new { into = "home" }));
        await Engine.UntilAsync(async () => (string?)(await OpenAsync("shop", new { id = "7", hash = Hash("7") })).Body!["conversationId"] == "home", "the user's chat to follow the merge");
    }

    private static string Hash(string id) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(id)));

    private static long In(int seconds) => DateTimeOffset.UtcNow.AddSeconds(seconds).ToUnixTimeSeconds();

    private static string Part(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    private static string Token(object claims, string secret = Secret, string algorithm = "HS256")
    {
        var signed = $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(claims)}";
        return algorithm == "none" ? $"{signed}." : $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed)))}";
    }

    private async Task<(HttpStatusCode Status, JsonNode? Body)> OpenAsync(string widget, object? user, string? visitorToken = null)
    {
        var (status, body, _) = await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = widget, visitorToken, user });
        return (status, body);
    }

    private async Task<HttpStatusCode> WriteAsync(JsonNode session, string text)
    {
        using var http = new HttpClient { BaseAddress = new Uri(engine.BaseUrl) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string?)session["sessionToken"]);
        using var body = new StringContent(JsonSerializer.Serialize(new { clientMessageId = Guid.NewGuid().ToString("N"), text }), Encoding.UTF8, "application/json");
        using var response = await http.PostAsync("/live-chat/messages", body);
        return response.StatusCode;
    }

    // Writes, and answers what is known of the contact then.
    private async Task<JsonNode> SayAsync(JsonNode session, string text)
    {
        Assert.Equal(HttpStatusCode.Accepted, await WriteAsync(session, text));
        return await engine.GetAsync($"conversations/{session["conversationId"]}/contact");
    }

    private async Task<string?> ScenarioAsync(string id) => (string?)(await engine.GetAsync($"conversations/{id}/response-info"))["plan"]?["scenario"];

    private async Task<(HttpStatusCode Status, string? Code)> CodeAsync(string path, object body)
    {
        var (status, answer) = await engine.PostAsync(path, body);
        return (status, (string?)answer!["code"]);
    }
}

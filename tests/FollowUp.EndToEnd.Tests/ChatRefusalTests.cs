using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>What the live chat refuses, and how; callers come from pretended addresses of the internet.</summary>
public sealed class ChatRefusalTests(ChatRefusalTests.Shared shared, ITestOutputHelper output) : IClassFixture<ChatRefusalTests.Shared>
{
    private const string Site = "https://acme.example";

    private static int visitors;

    private readonly Engine engine = shared.Engine;

    public sealed class Shared() : SharedEngine(speed: 1, "--LiveChat:ExemptLoopback=false", "--ForwardedHeaders_Enabled=true", "--LiveChat:SilentSockets=40", "--LiveChat:Sockets=60", "--LiveChat:SocketsPerIp=1000")
    {
        protected override async Task SetUpAsync()
        {
            await Setup.ChatAsync(Engine, "shop", origins: [Site]);
            await Setup.ChatAsync(Engine, "other", origins: [Site]);
        }
    }

    [Fact]
    public async Task Tokens_of_others_expired_forged_or_flipped_are_401()
    {
        var session = await VisitorAsync();
        var token = (string)session["sessionToken"]!;
        var flipped = token.ToCharArray();
        flipped[token.Length / 2] = flipped[token.Length / 2] == 'A' ? 'B' : 'A';
        var none = $"{Url("""{"alg":"none","typ":"JWT"}""")}.{Url($$"""{"Workspace":"default","ConnectionId":"shop","Address":"user-1","ConversationId":"{{session["conversationId"]}}"}""")}.";
        foreach (var bad in (string?[])[null, "", "x", $"{token}x", token[1..], new string(flipped), none, (string)session["visitorToken"]!])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await WriteAsync(bad, "hello"));
            using var refused = await ChatClient.SilentAsync(engine.BaseUrl);
            await refused.SendAsync(new { type = "hello", sessionToken = bad, lastSeq = 0 });
            Assert.Equal(1008, await refused.CloseAsync());
        }

        // A visitor token stands for one widget of one workspace, and a session token is none.
        foreach (var request in (object[])
        [
            new { widgetId = "other", visitorToken = (string?)session["visitorToken"] },
            new { widgetId = "shop", visitorToken = token },
            new { widgetId = "shop", visitorToken = none },
            new { widgetId = "shop", visitorToken = "made-up" },
        ])
        {
            Assert.Equal(HttpStatusCode.Unauthorized, (await ChatClient.TrySessionAsync(engine.BaseUrl, request, from: "203.0.113.9")).Status);
        }

        // A socket opened for one widget takes no session of another.
        using var foreign = await ChatClient.SilentAsync(engine.BaseUrl, "?widgetId=other");
        await foreign.SendAsync(new { type = "hello", sessionToken = token });
        Assert.Equal(1008, await foreign.CloseAsync());
    }

    [Fact]
    public async Task Foreign_and_null_origins_are_403_at_http_and_at_the_socket()
    {
        var session = await VisitorAsync();
        var token = (string?)session["sessionToken"];
        foreach (var origin in (string[])["https://evil.example", "null", "http://acme.example", "https://acme.example.evil.example", "https://acme.example:444", "https://sub.acme.example"])
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, origin, "203.0.113.10")).Status);
            Assert.Equal(HttpStatusCode.Forbidden, await WriteAsync(token, "hello", origin));
            using var upgrade = await ChatClient.SilentAsync(engine.BaseUrl, "?widgetId=shop", origin);
            Assert.Equal(HttpStatusCode.Forbidden, upgrade.Refused);
            using var nameless = await ChatClient.SilentAsync(engine.BaseUrl, "", origin);
            if (nameless.Refused is null)
            {
                await nameless.SendAsync(new { type = "hello", sessionToken = token });
                Assert.Equal(1008, await nameless.CloseAsync());
            }
            else
            {
                Assert.Equal(("null", HttpStatusCode.Forbidden), (origin, nameless.Refused));
            }
        }

        Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, Site, "203.0.113.11")).Status);
        Assert.Equal(HttpStatusCode.Accepted, await WriteAsync(token, "hello", Site));
        using var good = await ChatClient.ConnectAsync(engine.BaseUrl, session, origin: Site);
        await good.NextAsync("welcome");
    }

    [Fact]
    public async Task Texts_and_frames_over_their_bounds_are_refused_and_the_socket_says_why()
    {
        var session = await VisitorAsync();
        var token = (string?)session["sessionToken"];
        Assert.Equal(HttpStatusCode.Accepted, await WriteAsync(token, new string('x', 4_096)));
        Assert.Equal(HttpStatusCode.BadRequest, await WriteAsync(token, new string('x', 4_097)));
        Assert.Equal(HttpStatusCode.BadRequest, await WriteAsync(token, " \n"));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await WriteAsync(token, new string('x', 33 * 1024)));
        var (status, body) = await engine.PostAsync($"conversations/{session["conversationId"]}/messages", new { author = "contact", channel = "liveChat", text = new string('x', 4_097) });
        Assert.Equal((HttpStatusCode.BadRequest, true), (status, body!["errors"]!["text"] is not null));

        using var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        await chat.WriteAsync("long", new string('x', 4_097));
        var error = await chat.NextAsync("error");
        Assert.Equal((400, "badMessage", "long"), ((int)error["status"]!, (string?)error["code"], (string?)error["clientMessageId"]));
        foreach (var frame in (string[])["", "[]", "{", "null", """{"type":"dance"}""", """{"type":"message","type":"hello"}""", new string('[', 30_000), """{"type":"message","clientMessageId":"a\u0000b","text":"hi"}""", """{"type":"message","text":"hi"}"""])
        {
            await chat.SendAsync(frame);
            Assert.Equal(400, (int)(await chat.NextAsync("error"))["status"]!);
        }

        await chat.SendAsync(new string(' ', 33 * 1024));
        Assert.Equal(1009, await chat.CloseAsync());
    }

    [Fact]
    public async Task A_visitor_who_writes_too_fast_is_told_so_in_every_tab_together()
    {
        var session = await VisitorAsync();
        var again = await ChatClient.SessionAsync(engine.BaseUrl, new { widgetId = "shop", visitorToken = (string?)session["visitorToken"] });
        using var one = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        using var other = await ChatClient.ConnectAsync(engine.BaseUrl, again);
        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? one : other).WriteAsync($"m{i}", "quick");
        }

        Assert.Equal(429, (int)(await one.NextAsync("error"))["status"]!);
        Assert.Equal(429, (int)(await other.NextAsync("error"))["status"]!);

        // A flood of frames that ask for nothing ends the socket.
        for (var i = 0; i < 90; i++)
        {
            await TryAsync(() => one.SendAsync(new { type = "typing" }));
        }

        Assert.True(await one.EndsAsync());
    }

    [Fact]
    public async Task The_seventh_new_visitor_of_one_address_in_twelve_hours_is_429_and_others_are_not()
    {
        JsonNode? first = null;
        for (var i = 0; i < 6; i++)
        {
            var (status, body, _) = await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = i % 2 == 0 ? "shop" : "other" }, from: "198.51.100.7");
            Assert.Equal(HttpStatusCode.OK, status);
            first ??= body;
        }

        var (seventh, problem, retryAfter) = await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: "198.51.100.7");
        Assert.Equal((HttpStatusCode.TooManyRequests, "tooManyConversations", true), (seventh, (string?)problem!["code"], retryAfter > TimeSpan.Zero));

        // Who was here before comes back, and neighbours are not the same house: of IPv6 a whole /64 is.
        Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop", visitorToken = (string?)first!["visitorToken"] }, from: "198.51.100.7")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: "198.51.100.8")).Status);
        for (var i = 0; i < 6; i++)
        {
            Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: $"2001:db8:1:2::{i + 1}")).Status);
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: "2001:db8:1:2:ffff::1")).Status);
        Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: "2001:db8:1:3::1")).Status);
    }

    [Fact]
    public async Task Guessing_gets_404_each_then_429_and_the_api_goes_on()
    {
        var statuses = new List<HttpStatusCode>();
        using var http = new HttpClient { BaseAddress = new Uri(engine.BaseUrl) };
        http.DefaultRequestHeaders.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.66");
        for (var i = 0; i < 150; i++)
        {
            using var response = await http.GetAsync($"/live-chat/conversations/c-{i:x32}");
            statuses.Add(response.StatusCode);
        }

        output.WriteLine($"{statuses.Count(status => status is HttpStatusCode.NotFound)} answers 404, then {statuses.Count(status => status is HttpStatusCode.TooManyRequests)} answers 429");
        Assert.Equal(HttpStatusCode.NotFound, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.All(statuses, status => Assert.True(status is HttpStatusCode.NotFound or HttpStatusCode.TooManyRequests));

        // One address guesses: everybody else, and the API, are as before.
        Assert.Equal(HttpStatusCode.OK, (await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: "203.0.113.67")).Status);
        Assert.Equal(HttpStatusCode.OK, (await engine.Http.GetAsync("/api/v1/bots")).StatusCode);
    }

    [Fact]
    public async Task Idle_sockets_are_capped_and_the_engine_stays_alive()
    {
        var session = await VisitorAsync();
        var open = new List<ChatClient>();
        try
        {
            open.AddRange(await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => ChatClient.SilentAsync(engine.BaseUrl))));

            var refused = open.Count(socket => socket.Refused is HttpStatusCode.TooManyRequests);
            output.WriteLine($"60 idle sockets: {60 - refused} open, {refused} refused with 429");
            Assert.InRange(refused, 1, 20);
            var watch = Stopwatch.StartNew();
            Assert.Equal(HttpStatusCode.OK, (await engine.Http.GetAsync("/api/v1/conversations")).StatusCode);
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"{watch.Elapsed}");

            // Who says nothing within ten seconds makes room again.
            Assert.Equal(1008, await open.First(socket => socket.Refused is null).CloseAsync());
            await Engine.UntilAsync(async () => await CanConnectAsync(session), "room for a visitor");
        }
        finally
        {
            open.ForEach(socket => socket.Dispose());
        }
    }

    [Fact]
    public async Task One_session_has_three_sockets()
    {
        var session = await VisitorAsync();
        var open = new List<ChatClient>();
        for (var i = 0; i < 3; i++)
        {
            open.Add(await ChatClient.ConnectAsync(engine.BaseUrl, session));
            await open[^1].NextAsync("welcome");
        }

        using var fourth = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        Assert.Equal(1013, await fourth.CloseAsync());
        open.ForEach(socket => socket.Dispose());
    }

    // Each from an address of its own.
    private async Task<JsonNode> VisitorAsync()
    {
        var (status, body, _) = await ChatClient.TrySessionAsync(engine.BaseUrl, new { widgetId = "shop" }, from: $"192.0.2.{Interlocked.Increment(ref visitors)}");
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());
        return body!;
    }

    private static string Url(string text) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    private static async Task TryAsync(Func<Task> send)
    {
        try
        {
            await send();
        }
        catch (System.Net.WebSockets.WebSocketException)
        {
            // Closed already.
        }
    }

    private async Task<bool> CanConnectAsync(JsonNode session)
    {
        using var chat = await ChatClient.SilentAsync(engine.BaseUrl);
        if (chat.Refused is not null)
        {
            return false;
        }

        await chat.SendAsync(new { type = "hello", sessionToken = (string?)session["sessionToken"] });
        return await chat.NextAsync("welcome") is not null;
    }

    private async Task<HttpStatusCode> WriteAsync(string? token, string text, string? origin = null)
    {
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{engine.BaseUrl}/live-chat/messages")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { clientMessageId = Guid.NewGuid().ToString("N"), text }), Encoding.UTF8, "application/json"),
        };
        if (token is not null)
        {
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        }

        if (origin is not null)
        {
            message.Headers.TryAddWithoutValidation("Origin", origin);
        }

        using var response = await http.SendAsync(message);
        return response.StatusCode;
    }
}

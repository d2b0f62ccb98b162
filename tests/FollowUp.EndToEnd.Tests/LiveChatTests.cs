using System.Net;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The live chat over a real socket, as a client other than the widget would speak it.</summary>
public sealed class LiveChatTests(LiveChatTests.Shared shared) : IClassFixture<LiveChatTests.Shared>
{
    private readonly Engine engine = shared.Engine;

    public sealed class Shared() : SharedEngine(speed: 60)
    {
        protected override Task SetUpAsync() =>
            Engine.UntilAsync(async () => (await Engine.Http.GetAsync("/api/v1/connections/demo")).IsSuccessStatusCode, "the demo connection");
    }

    [Fact]
    public async Task A_visitor_chats_goes_silent_and_gets_the_nudge_and_a_reconnect_replays_without_gap_or_double()
    {
        var session = await SessionAsync();
        List<long> seen = [];
        using (var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session))
        {
            await chat.WriteAsync("one", "how much is it?");
            await chat.WriteAsync("one", "how much is it?");
            await chat.UntilAsync(2);
            seen.AddRange(chat.Seen);
        }

        // Away while the nudge comes: it is replayed on return.
        await Engine.UntilAsync(async () => (await engine.GetAsync($"conversations/{session["conversationId"]}/response-info"))["history"]!.ToJsonString().Contains("\"sent\"", StringComparison.Ordinal), "the nudge");
        using (var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session, seen[^1]))
        {
            await chat.UntilAsync(3);
            seen.AddRange(chat.Seen);
        }

        Assert.Equal([1L, 2, 3], seen.Take(3));
    }

    [Fact]
    public async Task Two_tabs_of_one_visitor_see_the_same_conversation_in_the_same_order()
    {
        var (bot, session) = await SilentBotAsync("tabs");
        var again = await ChatClient.SessionAsync(engine.BaseUrl, new { widgetId = bot, visitorToken = (string?)session["visitorToken"] });
        Assert.Equal((string?)session["conversationId"], (string?)again["conversationId"]);
        using var one = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        using var other = await ChatClient.ConnectAsync(engine.BaseUrl, again);
        await one.NextAsync("welcome");
        await other.NextAsync("welcome");

        // Both write at once: one order, no gap, in both.
        for (var i = 0; i < 4; i++)
        {
            await one.WriteAsync($"one-{i}", $"one {i}");
        }

        await engine.PostAsync($"conversations/{session["conversationId"]}/messages", new { author = "agent", channel = "liveChat", text = "Hi, Sam here." });
        await one.UntilAsync(5);
        await other.UntilAsync(5);
        Assert.Equal([1L, 2, 3, 4, 5], one.Seen);
        Assert.Equal(one.Seen, other.Seen);
        Assert.Equal(one.Texts, other.Texts);
        Assert.Contains("Hi, Sam here.", other.Texts);
    }

    [Fact]
    public async Task A_client_without_a_number_gets_the_latest_hundred_and_one_that_asks_gets_all()
    {
        var (_, session) = await SilentBotAsync("long");
        var conversation = (string?)session["conversationId"];
        using (var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session))
        {
            await chat.WriteAsync("first", "hello");
            await chat.UntilAsync(1);
        }

        for (var i = 2; i <= 230; i++)
        {
            await engine.PostAsync($"conversations/{conversation}/messages", new { author = "workflow", channel = "liveChat", text = $"line {i}" });
        }

        using var latest = await ChatClient.ConnectAsync(engine.BaseUrl, session, lastSeq: null);
        await latest.UntilAsync(230);
        Assert.Equal(Enumerable.Range(131, 100).Select(number => (long)number), latest.Seen);

        using var all = await ChatClient.ConnectAsync(engine.BaseUrl, session, lastSeq: 0);
        await all.UntilAsync(230);
        Assert.Equal(Enumerable.Range(1, 230).Select(number => (long)number), all.Seen);
    }

    [Fact]
    public async Task Typing_and_acknowledgements_reach_the_other_side()
    {
        var (_, session) = await SilentBotAsync("marks");
        var conversation = (string?)session["conversationId"];
        using var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        await chat.WriteAsync("first", "hello");
        await chat.UntilAsync(1);

        await chat.SendAsync(new { type = "typing" });
        await Engine.UntilAsync(async () => (bool?)(await engine.GetAsync($"conversations/{conversation}"))["contactTyping"] is true, "the visitor's typing");
        Assert.Equal(HttpStatusCode.NoContent, (await engine.PostAsync($"conversations/{conversation}/typing", new { author = "agent" })).Status);
        Assert.Equal("agent", (string?)(await chat.NextAsync("typing"))["author"]);

        await engine.PostAsync($"conversations/{conversation}/messages", new { author = "agent", channel = "liveChat", text = "From 40." });
        await chat.UntilAsync(2);
        Assert.Equal("accepted", await DeliveryAsync(conversation));
        await chat.SendAsync(new { type = "ack", seq = 2 });
        await Engine.UntilAsync(async () => await DeliveryAsync(conversation) == "delivered", "the delivery");
        await chat.SendAsync(new { type = "seen", seq = 2 });
        await Engine.UntilAsync(async () => await DeliveryAsync(conversation) == "read", "the read mark");

        // Marks only rise, and reach no further than what was sent.
        await chat.SendAsync(new { type = "ack", seq = 2 });
        await chat.SendAsync(new { type = "seen", seq = 99 });
        await chat.SendAsync(new { type = "heartbeat" });
        await chat.NextAsync("pong");
        Assert.Equal("read", await DeliveryAsync(conversation));
    }

    [Fact]
    public async Task A_client_without_sockets_writes_and_reads_by_http()
    {
        var (_, session) = await SilentBotAsync("plain");
        using var http = new HttpClient { BaseAddress = new Uri(engine.BaseUrl) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", (string?)session["sessionToken"]);
        using var written = await http.PostAsync("/live-chat/messages", Json(new { clientMessageId = "a", text = "hello" }));
        Assert.Equal((HttpStatusCode.Accepted, 1L), (written.StatusCode, (long)JsonNode.Parse(await written.Content.ReadAsStringAsync())!["seq"]!));
        using var again = await http.PostAsync("/live-chat/messages", Json(new { clientMessageId = "a", text = "hello" }));
        Assert.True((bool)JsonNode.Parse(await again.Content.ReadAsStringAsync())!["duplicate"]!);
        await engine.PostAsync($"conversations/{session["conversationId"]}/messages", new { author = "bot", channel = "liveChat", text = "Hi! What is it about?" });
        var chat = JsonNode.Parse(await http.GetStringAsync("/live-chat/messages?after=1"))!;
        Assert.Equal(["Hi! What is it about?"], chat["items"]!.AsArray().Select(item => (string?)item!["text"]));
    }

    [Fact]
    public async Task Numbers_go_on_after_an_erasure_so_that_an_open_page_misses_nothing()
    {
        var (_, session) = await SilentBotAsync("erased");
        using var chat = await ChatClient.ConnectAsync(engine.BaseUrl, session);
        await chat.WriteAsync("a", "hello");
        await chat.UntilAsync(1);
        Assert.Equal(HttpStatusCode.OK, (await engine.PostAsync($"conversations/{session["conversationId"]}:erase")).Status);
        await chat.WriteAsync("b", "hello again");
        await chat.UntilAsync(2);
        Assert.Equal(["hello", "hello again"], chat.Texts);
    }

    private static StringContent Json(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");

    private Task<JsonNode> SessionAsync() => ChatClient.SessionAsync(engine.BaseUrl, new { widgetId = "demo" });

    // A bot of its own that says nothing by itself.
    private async Task<(string Bot, JsonNode Session)> SilentBotAsync(string id)
    {
        await Setup.ChatAsync(engine, id);
        return (id, await ChatClient.SessionAsync(engine.BaseUrl, new { widgetId = id }));
    }

    private async Task<string?> DeliveryAsync(string? conversation) =>
        (string?)(await engine.GetAsync($"conversations/{conversation}/messages"))["items"]!.AsArray()[^1]!["delivery"];
}

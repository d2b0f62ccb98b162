using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The live chat over a real socket, as a client other than the widget would speak it.</summary>
public sealed class LiveChatTests : IAsyncLifetime
{
    private Engine engine = null!;

    public async ValueTask InitializeAsync()
    {
        engine = await Engine.StartNewAsync(speed: 600);
        await Engine.UntilAsync(async () => (await engine.Http.GetAsync("/api/v1/connections/demo")).IsSuccessStatusCode, "the demo connection");
    }

    public async ValueTask DisposeAsync() => await engine.DisposeAsync();

    [Fact]
    public async Task A_visitor_chats_goes_silent_and_gets_the_nudge_and_a_reconnect_replays_without_gap_or_double()
    {
        var session = await OpenAsync(new { widgetId = "demo" });
        var seen = new List<long>();
        using (var socket = await ConnectAsync(session, lastSeq: 0))
        {
            await SendAsync(socket, new { type = "message", clientMessageId = "one", text = "how much is it?" });
            await SendAsync(socket, new { type = "message", clientMessageId = "one", text = "how much is it?" });
            while (!seen.Contains(2))
            {
                await ReadAsync(socket, seen);
            }
        }

        // Away while the nudge comes: it is replayed on return.
        await Engine.UntilAsync(async () => ((string?)(await engine.GetAsync($"conversations/{session["conversationId"]}/response-info"))["history"]!.ToJsonString())!.Contains("\"sent\"", StringComparison.Ordinal), "the nudge");
        using (var socket = await ConnectAsync(session, lastSeq: seen[^1]))
        {
            while (!seen.Contains(3))
            {
                await ReadAsync(socket, seen);
            }
        }

        Assert.Equal([1L, 2, 3], seen.Take(3));
    }

    [Fact]
    public async Task Tokens_origins_and_sizes_are_checked()
    {
        var session = await OpenAsync(new { widgetId = "demo" });
        var forged = JsonNode.Parse(session.ToJsonString())!;
        forged["sessionToken"] = $"{session["sessionToken"]}x";
        using var refused = await ConnectAsync(forged, lastSeq: 0);
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await CloseOfAsync(refused));

        using var large = await ConnectAsync(session, lastSeq: 0);
        await large.SendAsync(new byte[33 * 1024], WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        Assert.Equal(WebSocketCloseStatus.MessageTooBig, await CloseOfAsync(large));

        using var http = new HttpClient { BaseAddress = new Uri(engine.BaseUrl) };
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsJsonAsync("/live-chat/session", new { widgetId = "nobody" })).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.PostAsJsonAsync("/live-chat/session", new { widgetId = "demo", visitorToken = "made-up" })).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsJsonAsync("/live-chat/session", new { widgetId = "demo", user = new { id = "user-42", hash = new string('0', 64) } })).StatusCode);
        await engine.PutAsync("connections/shop", new { kind = "liveChat", botId = "demo", origins = new[] { "https://acme.example" } });
        using var foreign = new HttpRequestMessage(HttpMethod.Post, "/live-chat/session") { Content = JsonContent.Create(new { widgetId = "shop" }) };
        foreign.Headers.Add("Origin", "https://evil.example");
        Assert.Equal(HttpStatusCode.Forbidden, (await http.SendAsync(foreign)).StatusCode);
    }

    private async Task<JsonNode> OpenAsync(object request)
    {
        using var http = new HttpClient { BaseAddress = new Uri(engine.BaseUrl) };
        using var response = await http.PostAsJsonAsync("/live-chat/session", request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    private async Task<ClientWebSocket> ConnectAsync(JsonNode session, long lastSeq)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"{engine.BaseUrl.Replace("http", "ws", StringComparison.Ordinal)}/live-chat/socket"), CancellationToken.None);
        await SendAsync(socket, new { type = "hello", sessionToken = (string?)session["sessionToken"], lastSeq });
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, object frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(System.Text.Json.JsonSerializer.Serialize(frame)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task ReadAsync(ClientWebSocket socket, List<long> seen)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var buffer = new byte[64 * 1024];
        var result = await socket.ReceiveAsync(buffer, patience.Token);
        var frame = JsonNode.Parse(buffer.AsSpan(0, result.Count))!;
        if ((string?)frame["type"] == "message")
        {
            seen.Add((long)frame["seq"]!);
        }
    }

    private static async Task<WebSocketCloseStatus?> CloseOfAsync(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[64 * 1024];
        while (socket.CloseStatus is null)
        {
            await socket.ReceiveAsync(buffer, patience.Token);
        }

        return socket.CloseStatus;
    }
}

using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>A visitor of the live chat at one gateway.</summary>
internal sealed class ChatClient : IDisposable
{
    private readonly ClientWebSocket socket = new();

    public static async Task<JsonNode> OpenSessionAsync(string baseUrl, object request)
    {
        using var http = new HttpClient { BaseAddress = new Uri(baseUrl) };
        using var response = await http.PostAsJsonAsync("/live-chat/session", request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }

    public async Task ConnectAsync(string baseUrl, JsonNode session, long lastSeq = 0)
    {
        await socket.ConnectAsync(new Uri($"{baseUrl.Replace("http", "ws", StringComparison.Ordinal)}/live-chat/socket"), CancellationToken.None);
        await SendAsync(new { type = "hello", sessionToken = (string?)session["sessionToken"], lastSeq });
    }

    public Task SendAsync(object frame) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(frame)), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    /// <summary>The next frame of a type; null: the gateway closed the socket.</summary>
    public async Task<JsonNode?> ReadAsync(string type, TimeSpan timeout)
    {
        using var patience = new CancellationTokenSource(timeout);
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer, patience.Token);
            if (result.MessageType is WebSocketMessageType.Close)
            {
                return null;
            }

            if (JsonNode.Parse(buffer.AsSpan(0, result.Count)) is { } frame && (string?)frame["type"] == type)
            {
                return frame;
            }
        }
    }

    public WebSocketCloseStatus? CloseStatus => socket.CloseStatus;

    public void Dispose() => socket.Dispose();
}

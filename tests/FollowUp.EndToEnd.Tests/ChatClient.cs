using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The live chat as a client other than the widget speaks it.</summary>
public sealed class ChatClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket socket = new();
    private readonly byte[] buffer = new byte[64 * 1024];

    private ChatClient()
    {
    }

    /// <summary>Numbers of the messages that came, as they came.</summary>
    public List<long> Seen { get; } = [];

    public List<string> Texts { get; } = [];

    /// <summary>Opens a session; the answer has to be a good one.</summary>
    public static async Task<JsonNode> SessionAsync(string baseUrl, object request)
    {
        var (status, body, _) = await TrySessionAsync(baseUrl, request);
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());
        return body!;
    }

    /// <summary>Opens a session from a page of a site, and from an address of the internet.</summary>
    public static async Task<(HttpStatusCode Status, JsonNode? Body, TimeSpan? RetryAfter)> TrySessionAsync(string baseUrl, object request, string? origin = null, string? from = null)
    {
        using var http = new HttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{baseUrl}/live-chat/session") { Content = JsonContent.Create(request) };
        if (origin is not null)
        {
            message.Headers.TryAddWithoutValidation("Origin", origin);
        }

        if (from is not null)
        {
            message.Headers.TryAddWithoutValidation("X-Forwarded-For", from);
        }

        using var response = await http.SendAsync(message);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.RetryAfter?.Delta);
    }

    /// <summary>A socket that has not said anything yet.</summary>
    public static async Task<ChatClient> SilentAsync(string baseUrl, string query = "", string? origin = null)
    {
        var client = new ChatClient();
        client.socket.Options.CollectHttpResponseDetails = true;
        if (origin is not null)
        {
            client.socket.Options.SetRequestHeader("Origin", origin);
        }

        try
        {
            await client.socket.ConnectAsync(new Uri($"{baseUrl.Replace("http", "ws", StringComparison.Ordinal)}/live-chat/socket{query}"), CancellationToken.None);
        }
        catch (WebSocketException)
        {
            client.Refused = client.socket.HttpStatusCode;
        }

        return client;
    }

    /// <summary>The status of an upgrade that was refused.</summary>
    public HttpStatusCode? Refused { get; private set; }

    public static async Task<ChatClient> ConnectAsync(string baseUrl, JsonNode session, long? lastSeq = 0, string? origin = null)
    {
        var client = await SilentAsync(baseUrl, origin: origin);
        await client.SendAsync(new { type = "hello", sessionToken = (string?)session["sessionToken"], lastSeq });
        return client;
    }

    public Task SendAsync(object frame) => SendAsync(JsonSerializer.Serialize(frame));

    public Task SendAsync(string frame) => socket.SendAsync(Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task WriteAsync(string id, string text) => SendAsync(new { type = "message", clientMessageId = id, text });

    /// <summary>The next frame of a type; messages on the way are kept.</summary>
    public async Task<JsonNode> NextAsync(string type)
    {
        while (true)
        {
            var frame = await ReadAsync() ?? throw new InvalidOperationException($"The socket closed with {socket.CloseStatus} before a {type} came.");
            if ((string?)frame["type"] == type)
            {
                return frame;
            }
        }
    }

    /// <summary>Reads until a number has come.</summary>
    public async Task UntilAsync(long seq)
    {
        while (!Seen.Contains(seq))
        {
            await NextAsync("message");
        }
    }

    /// <summary>Reads until a text has come.</summary>
    public async Task UntilAsync(string text)
    {
        while (!Texts.Contains(text))
        {
            await NextAsync("message");
        }
    }

    /// <summary>Reads on until the other side closes.</summary>
    public async Task<int?> CloseAsync()
    {
        while (await ReadAsync() is not null)
        {
            // What comes before does not matter here.
        }

        return (int?)socket.CloseStatus;
    }

    /// <summary>The other side ends it, in whatever way reaches us.</summary>
    public async Task<bool> EndsAsync()
    {
        try
        {
            return await CloseAsync() is not null;
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    public void Dispose() => socket.Dispose();

    private async Task<JsonNode?> ReadAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        using var text = new MemoryStream();
        WebSocketReceiveResult result;
        do
        {
            result = await socket.ReceiveAsync(buffer, patience.Token);
            text.Write(buffer, 0, result.Count);
        }
        while (!result.EndOfMessage);

        if (result.MessageType is WebSocketMessageType.Close)
        {
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
            return null;
        }

        var frame = JsonNode.Parse(text.ToArray())!;
        if ((string?)frame["type"] == "message")
        {
            Seen.Add((long)frame["seq"]!);
            Texts.Add((string)frame["text"]!);
        }

        return frame;
    }
}

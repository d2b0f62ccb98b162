using System.Net.WebSockets;

namespace FollowUp.LiveChat;

/// <summary>Whole frames over a WebSocket, bounded.</summary>
internal static class ChatWire
{
    /// <summary>Bytes of a frame at most.</summary>
    public const int LargestFrame = 32 * 1024;

    /// <summary>The thread goes on in another conversation: open a new session.</summary>
    public const WebSocketCloseStatus Moved = (WebSocketCloseStatus)4001;

    /// <summary>Too many sockets: come again later.</summary>
    public const WebSocketCloseStatus TryLater = (WebSocketCloseStatus)1013;

    /// <summary>The other side has this long to say goodbye too; a socket that is cut off may lose the close that was said.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    /// <summary>A whole text frame; null: the socket closed, or the frame was too large or not text (and the socket is closed for it).</summary>
    public static async Task<byte[]?> ReadFrameAsync(WebSocket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4 * 1024];
        using var frame = new MemoryStream();
        while (true)
        {
            ValueWebSocketReceiveResult result;
            try
            {
                result = await socket.ReceiveAsync(buffer.AsMemory(), cancellationToken);
            }
            catch (WebSocketException)
            {
                return null;
            }

            if (result.MessageType is WebSocketMessageType.Close)
            {
                await CloseAsync(socket, WebSocketCloseStatus.NormalClosure);
                return null;
            }

            if (result.MessageType is not WebSocketMessageType.Text || frame.Length + result.Count > LargestFrame)
            {
                await CloseAsync(socket, result.MessageType is WebSocketMessageType.Text ? WebSocketCloseStatus.MessageTooBig : WebSocketCloseStatus.InvalidMessageType);
                return null;
            }

            frame.Write(buffer, 0, result.Count);
            if (result.EndOfMessage)
            {
                return frame.ToArray();
            }
        }
    }

    public static async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
        {
            await Quietly(socket.CloseOutputAsync(status, null, CancellationToken.None));
        }
    }

    public static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The visitor is gone.
        }
    }
}

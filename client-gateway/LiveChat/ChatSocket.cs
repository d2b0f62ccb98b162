using System.Net.WebSockets;
using System.Threading.Channels;
using FollowUp.Conversations;
using Channel = FollowUp.Channels.Channel;

namespace FollowUp.LiveChat;

/// <summary>One visitor's open socket: replays what was missed, then goes on live, gap-free and in order.</summary>
internal sealed class ChatSocket(WebSocket socket, ChatSession session, string botId, IGrainFactory grains, ChatSubscriptions subscriptions)
{
    /// <summary>Bytes of a frame at most.</summary>
    public const int LargestFrame = 32 * 1024;

    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(1);

    private const int LongestText = 4_096;

    /// <summary>Messages a second, with this many at once.</summary>
    private const int Burst = 5;

    private readonly Channel<byte[]> outgoing = System.Threading.Channels.Channel.CreateBounded<byte[]>(1_000);
    private readonly Channel<bool> news = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly string key = GrainKeys.Of(session.Workspace, session.ConversationId);
    private double allowance = Burst;
    private long allowanceAt = TimeProvider.System.GetTimestamp();
    private long delivered;

    private IConversationGrain Conversation => grains.GetGrain<IConversationGrain>(key);

    private IPresenceGrain Presence => grains.GetGrain<IPresenceGrain>(key);

    public async Task RunAsync(long lastSeq, CancellationToken cancellationToken)
    {
        delivered = lastSeq;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Presence.HeartbeatAsync(Channel.LiveChat);
        await using var listening = await subscriptions.ListenAsync(key, _ => news.Writer.TryWrite(true));
        await outgoing.Writer.WriteAsync(ChatFrames.Welcome(session.ConversationId, lastSeq), ended.Token);
        news.Writer.TryWrite(true);
        var sending = SendAsync(ended.Token);
        var replaying = ReplayAsync(ended.Token);
        try
        {
            await ReceiveAsync(ended.Token);
        }
        finally
        {
            await ended.CancelAsync();
            await Task.WhenAll(Quietly(sending), Quietly(replaying));
        }
    }

    // What is pushed says only that there is news: the conversation's own order is what goes out.
    private async Task ReplayAsync(CancellationToken cancellationToken)
    {
        while (await news.Reader.WaitToReadAsync(cancellationToken))
        {
            news.Reader.TryRead(out _);
            try
            {
                await ReplayMissedAsync(cancellationToken);
            }
            catch (Exception away) when (IsAway(away))
            {
                // The conversation's silo died: it comes back on another one.
                await Task.Delay(AwayPause, cancellationToken);
                news.Writer.TryWrite(true);
            }
        }
    }

    private async Task ReplayMissedAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<TranscriptMessage> missed;
        do
        {
            missed = await Conversation.ReplayAsync(delivered);
            foreach (var message in missed.Where(message => message.Sequence is not null))
            {
                await outgoing.Writer.WriteAsync(ChatFrames.Message(message), cancellationToken);
                delivered = message.Sequence!.Value;
            }
        }
        while (missed.Count > 0);
    }

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        await foreach (var frame in outgoing.Reader.ReadAllAsync(cancellationToken))
        {
            await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
    }

    private async Task ReceiveAsync(CancellationToken cancellationToken)
    {
        while (await ReadFrameAsync(socket, cancellationToken) is { } bytes)
        {
            var frame = ChatFrames.Read(bytes);
            try
            {
                await HandleAsync(frame);
            }
            catch (Exception away) when (IsAway(away))
            {
                outgoing.Writer.TryWrite(ChatFrames.Error("unavailable", "The engine cannot be reached right now. Send it again.", frame?.ClientMessageId));
            }
        }
    }

    private async Task HandleAsync(VisitorFrame? frame)
    {
        switch (frame)
        {
            case { Type: "message" } message:
                await TakeAsync(message);
                break;
            case { Type: "heartbeat" }:
                await Presence.HeartbeatAsync(Channel.LiveChat);
                outgoing.Writer.TryWrite(ChatFrames.Pong());
                break;
            case { Type: "ack" or "seen", Seq: { } seq } mark:
                await MarkAsync(seq, mark.Type == "seen" ? Delivery.Read : Delivery.Delivered);
                break;
            case { Type: "typing" or "hello" }:
                break;
            default:
                outgoing.Writer.TryWrite(ChatFrames.Error("unknownFrame", "The frame was not understood."));
                break;
        }
    }

    /// <summary>The cluster or its storage, not the visitor.</summary>
    public static bool IsAway(Exception failure) => failure is TimeoutException or Orleans.Runtime.OrleansException or InvalidOperationException;

    private async Task TakeAsync(VisitorFrame frame)
    {
        if (frame.ClientMessageId is not { Length: > 0 and <= 128 } id || id.Any(char.IsControl))
        {
            outgoing.Writer.TryWrite(ChatFrames.Error("badMessage", "A message needs a clientMessageId of 1 to 128 characters."));
            return;
        }

        if (frame.Text is not { Length: > 0 and <= LongestText } text)
        {
            outgoing.Writer.TryWrite(ChatFrames.Error("badMessage", $"A text has 1 to {LongestText} characters.", id));
            return;
        }

        if (!Allows())
        {
            outgoing.Writer.TryWrite(ChatFrames.Error("tooFast", "One message a second, please.", id));
            return;
        }

        await Presence.HeartbeatAsync(Channel.LiveChat);
        var answer = await Conversation.PostMessageAsync(new IncomingMessage
        {
            MessageId = $"chat-{id}",
            Author = Author.Contact,
            Channel = Channel.LiveChat,
            Text = text,
            BotId = botId,
            ConnectionId = session.ConnectionId,
            Contact = new ContactData { Addresses = new Dictionary<Channel, string> { [Channel.LiveChat] = session.Address } },
        });
        outgoing.Writer.TryWrite(answer.Value is { } taken
            ? ChatFrames.Ack(id, taken.Sequence, taken.Duplicate)
            : ChatFrames.Error(answer.Problem!.Code, answer.Problem.Detail, id));
    }

    // A mark covers everything up to its number; only our side's messages have a delivery to mark.
    private async Task MarkAsync(long seq, Delivery state)
    {
        if (seq < 1 || seq > delivered)
        {
            return;
        }

        foreach (var message in (await Conversation.ReplayAsync(Math.Max(0, seq - 20))).Where(message => message.Sequence <= seq && message.Author is not Author.Contact && (message.Delivery is null || message.Delivery < state)))
        {
            await Conversation.PostReceiptAsync(new Receipt { MessageId = message.MessageId, State = state });
        }
    }

    private bool Allows()
    {
        var now = TimeProvider.System.GetTimestamp();
        allowance = Math.Min(Burst, allowance + TimeProvider.System.GetElapsedTime(allowanceAt, now).TotalSeconds);
        allowanceAt = now;
        if (allowance < 1)
        {
            return false;
        }

        allowance--;
        return true;
    }

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

    private static async Task Quietly(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or ChannelClosedException)
        {
            // The visitor is gone.
        }
    }
}

using System.Net.WebSockets;
using System.Threading.Channels;
using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>One visitor's open socket: replays what was missed, then goes on live, gap-free and in order.</summary>
internal sealed partial class ChatSocket(WebSocket socket, ChatVisitor visitor, Func<Task<bool>> isWelcome, ChatSubscriptions subscriptions, ILogger logger) : IChatListener
{
    /// <summary>Messages that a client without a number of its own gets.</summary>
    private const int Latest = 100;

    /// <summary>Frames of a socket for long, and at once; beyond, it is closed.</summary>
    private const double FramesPerSecond = 10;

    private const double FramesAtOnce = 60;

    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TypingEvery = TimeSpan.FromSeconds(3);

    private readonly Channel<byte[]> outgoing = Channel.CreateBounded<byte[]>(200);
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Allowance frames = new(FramesPerSecond, FramesAtOnce);
    private long sent;
    private long taken;
    private long shown;
    private long? typedAt;

    public async Task RunAsync(long? lastSeq, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await visitor.IsHereAsync();
        await using var listening = await subscriptions.ListenAsync(visitor.Key, this);
        var chat = await visitor.Conversation.ReplayAsync(long.MaxValue);
        sent = Math.Clamp(lastSeq ?? chat.LastSequence - Latest, 0, chat.LastSequence);
        await outgoing.Writer.WriteAsync(ChatFrames.Welcome(visitor.Session.ConversationId, chat.LastSequence, sent), ended.Token);
        Changed();
        Task[] work = [ReceiveAsync(ended.Token), ReplayAsync(ended.Token), SendAsync(ended.Token)];
        await Task.WhenAny(work);

        // Whichever ended, the client comes again; a close that was said already stays as it was said.
        await ChatWire.CloseAsync(socket, cancellationToken.IsCancellationRequested ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.InternalServerError);
        if (!work[0].IsCompleted)
        {
            await Task.WhenAny(work[0], Task.Delay(ChatWire.CloseTimeout, cancellationToken));
        }

        await ended.CancelAsync();
        foreach (var part in work)
        {
            await EndAsync(part);
        }
    }

    public void Changed() => news.Writer.TryWrite(true);

    public void Typing(Author author)
    {
        if (author is not Author.Contact)
        {
            outgoing.Writer.TryWrite(ChatFrames.Typing(author));
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
                if (!await ReplayMissedAsync(cancellationToken))
                {
                    return;
                }
            }
            catch (Exception away) when (away is TimeoutException or Orleans.Runtime.OrleansException)
            {
                // The conversation's silo died: it comes back on another one.
                await Task.Delay(AwayPause, cancellationToken);
                news.Writer.TryWrite(true);
            }
        }
    }

    /// <summary>False: the chat goes on elsewhere, and the socket is closed for it.</summary>
    private async Task<bool> ReplayMissedAsync(CancellationToken cancellationToken)
    {
        ChatReplay missed;
        do
        {
            missed = await visitor.Conversation.ReplayAsync(sent);
            if (missed.MovedTo is not null || (missed.OfVerifiedUser && !visitor.Session.IsVerified))
            {
                await ChatWire.CloseAsync(socket, ChatWire.Moved);
                return false;
            }

            foreach (var message in missed.Messages)
            {
                await outgoing.Writer.WriteAsync(ChatFrames.Message(message), cancellationToken);
                sent = message.Sequence!.Value;
            }
        }
        while (missed.Messages.Count > 0);

        return true;
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
        while (await ChatWire.ReadFrameAsync(socket, cancellationToken) is { } frame)
        {
            if (!frames.Take())
            {
                await ChatWire.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
                return;
            }

            var told = ChatFrames.Read(frame);
            try
            {
                if (!await HeedAsync(told, cancellationToken))
                {
                    await ChatWire.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
                    return;
                }
            }
#pragma warning disable CA1031 // Storage or a silo is away: nothing was done, and the client tries again with the same id.
            catch (Exception failure) when (failure is not (OperationCanceledException or WebSocketException))
#pragma warning restore CA1031
            {
                LogNotTaken(failure.GetType().Name);
                await SayAsync(ChatFrames.Error(StatusCodes.Status503ServiceUnavailable, "unavailable", "Not stored; try again.", told?.ClientMessageId), cancellationToken);
            }
        }
    }

    /// <summary>False: the visitor may not be here any more.</summary>
    private async Task<bool> HeedAsync(VisitorFrame? frame, CancellationToken cancellationToken)
    {
        switch (frame)
        {
            case { Type: "message" }:
                if (!await isWelcome())
                {
                    return false;
                }

                var answer = await visitor.WriteAsync(frame.ClientMessageId, frame.Text);
                await SayAsync(
                    answer.Received is { } received
                        ? ChatFrames.Ack(frame.ClientMessageId!, received)
                        : ChatFrames.Error(answer.Status, answer.Code!, answer.Detail!, frame.ClientMessageId),
                    cancellationToken);
                return true;
            case { Type: "heartbeat" }:
                if (!await isWelcome())
                {
                    return false;
                }

                await visitor.IsHereAsync();
                await SayAsync(ChatFrames.Pong(), cancellationToken);

                // An observer can be lost with its silo: the heartbeat looks for itself.
                Changed();
                return true;
            case { Type: "ack", Seq: { } seq } when seq > taken && seq <= sent:
                taken = seq;
                await visitor.Conversation.MarkChatAsync(seq, Delivery.Delivered);
                return true;
            case { Type: "seen", Seq: { } seq } when seq > shown && seq <= sent:
                shown = seq;
                taken = Math.Max(taken, seq);
                await visitor.Conversation.MarkChatAsync(seq, Delivery.Read);
                return true;
            case { Type: "typing" } when typedAt is not { } at || TimeProvider.System.GetElapsedTime(at) >= TypingEvery:
                typedAt = TimeProvider.System.GetTimestamp();
                await visitor.Conversation.TypingAsync(Author.Contact);
                return true;
            case { Type: "ack" or "seen", Seq: not null } or { Type: "typing" or "hello" }:
                return true;
            default:
                await SayAsync(ChatFrames.Error(StatusCodes.Status400BadRequest, "unknownFrame", "The frame was not understood.", frame?.ClientMessageId), cancellationToken);
                return true;
        }
    }

    private ValueTask SayAsync(byte[] frame, CancellationToken cancellationToken) => outgoing.Writer.WriteAsync(frame, cancellationToken);

    private async Task EndAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (Exception failure) when (failure is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The visitor is gone.
        }
#pragma warning disable CA1031 // The socket is closed for it; the client comes again and replays.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogEnded(failure.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live chat frame was not taken ({Failure}); the visitor was told")]
    private partial void LogNotTaken(string failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A live chat socket ended early ({Failure})")]
    private partial void LogEnded(string failure);
}

using System.Net.WebSockets;
using FollowUp.Api;
using FollowUp.Channels;

namespace FollowUp.LiveChat;

/// <summary>Lets sockets in: how many, from which site, by which session.</summary>
internal sealed class SocketRoutes(IGrainFactory grains, SessionTokens tokens, ChatLimits limits, SocketCounts counts, ChatSubscriptions subscriptions, IHostApplicationLifetime lifetime, ILogger<ChatSocket> logger)
{
    /// <summary>A socket says who it is within this time.</summary>
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    /// <summary>What changed in the connection meanwhile is heeded within this time.</summary>
    private static readonly TimeSpan WelcomeHolds = TimeSpan.FromSeconds(15);

    public async Task OpenAsync(HttpContext context)
    {
        if (await RefusalOfAsync(context) is { } refusal)
        {
            await refusal.ExecuteAsync(context);
            return;
        }

        using var open = counts.TryOpen();
        using var silent = open is null ? null : counts.TryStaySilent();
        using var from = silent is null ? null : limits.SourceOf(context) is { } source ? counts.TryOpenFrom(source) : open;
        if (open is null || silent is null || from is null)
        {
            context.Response.Headers.RetryAfter = "10";
            await Problems.Of(StatusCodes.Status429TooManyRequests, "tooManySockets", "Too many open chats; try again later.").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(30), KeepAliveTimeout = TimeSpan.FromSeconds(30) });
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);

        // A gateway that ends says so, and the widget comes again at another one; to cancel what is being received would cut the socket before that is said.
        await using var ending = lifetime.ApplicationStopping.Register(() =>
        {
            _ = ChatWire.CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable);
            ended.CancelAfter(ChatWire.CloseTimeout);
        });
        try
        {
            await ServeAsync(context, socket, silent, ended.Token);
        }
        catch (OperationCanceledException)
        {
            // The visitor or the host went away.
        }
        catch (Exception failure) when (failure is TimeoutException or Orleans.Runtime.OrleansException)
        {
            await ChatWire.CloseAsync(socket, ChatWire.TryLater);
        }
    }

    private async Task ServeAsync(HttpContext context, WebSocket socket, IDisposable silent, CancellationToken stopping)
    {
        var hello = await HelloAsync(socket, stopping);
        if (hello is null)
        {
            await ChatWire.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
            return;
        }

        if (tokens.OpenSession(hello.SessionToken) is not { } session || !Fits(context, session) || await ChatVisitor.WelcomeAsync(context, session, grains) is not { } connection)
        {
            limits.Failed(context);
            await ChatWire.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
            return;
        }

        silent.Dispose();
        using var ofSession = counts.TryOpenOf(session);
        using var ofVisitor = counts.TryOpenFor(session);
        if (ofSession is null || ofVisitor is null)
        {
            await ChatWire.CloseAsync(socket, ChatWire.TryLater);
            return;
        }

        var visitor = new ChatVisitor(session, connection.BotId, grains, limits);
        await new ChatSocket(socket, visitor, Welcome(context, hello.SessionToken, session), subscriptions, logger).RunAsync(hello.LastSeq, stopping);
    }

    // A page that names its widget is refused before the upgrade; the others once their session has named it.
    private async Task<IResult?> RefusalOfAsync(HttpContext context)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            return Problems.Of(StatusCodes.Status400BadRequest, "webSocketOnly", "Open a WebSocket here.");
        }

        if (context.Request.Headers.Origin.ToString() == Origins.Opaque)
        {
            return Origins.Refused();
        }

        if (Input.Text(context, "widgetId") is not { } widget)
        {
            return null;
        }

        var workspace = Input.Text(context, "workspace") ?? "default";
        if (!Input.IsId(widget) || !Input.IsId(workspace)
            || await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(workspace, widget)).OpenAsync() is not { Kind: ConnectionKind.LiveChat } connection)
        {
            return Problems.Of(Problem.NotFound("There is no such widget."));
        }

        return Origins.Allows(context, connection) ? null : Origins.Refused();
    }

    private static bool Fits(HttpContext context, ChatSession session) =>
        Input.Text(context, "widgetId") is not { } widget || (widget == session.ConnectionId && (Input.Text(context, "workspace") ?? "default") == session.Workspace);

    private static async Task<VisitorFrame?> HelloAsync(WebSocket socket, CancellationToken stopping)
    {
        var reading = ChatWire.ReadFrameAsync(socket, stopping);
        if (await Task.WhenAny(reading, Task.Delay(HelloTimeout, CancellationToken.None)) == reading)
        {
            return await reading is { } frame && ChatFrames.Read(frame) is { Type: "hello" } hello ? hello : null;
        }

        // Silent for too long. A read that is cut off would take the close along with it.
        await ChatWire.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
        await Task.WhenAny(ChatWire.Quietly(reading), Task.Delay(ChatWire.CloseTimeout, CancellationToken.None));
        return null;
    }

    private Func<Task<bool>> Welcome(HttpContext context, string? token, ChatSession session)
    {
        var asked = TimeProvider.System.GetTimestamp();
        return async () =>
        {
            if (TimeProvider.System.GetElapsedTime(asked) < WelcomeHolds)
            {
                return true;
            }

            asked = TimeProvider.System.GetTimestamp();
            return tokens.OpenSession(token) is not null && await ChatVisitor.WelcomeAsync(context, session, grains) is not null;
        };
    }
}

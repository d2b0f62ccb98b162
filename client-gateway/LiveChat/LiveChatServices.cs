using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Reflection;
using FollowUp.Api;
using FollowUp.Channels;
using FollowUp.Conversations;
using Microsoft.Extensions.Options;

namespace FollowUp.LiveChat;

/// <summary>Our own channel: sessions, sockets, the widget and the demo page.</summary>
public static class LiveChatServices
{
    private const string DemoConnection = "demo";

    /// <summary>A socket says who it is within this time.</summary>
    private static readonly TimeSpan HelloTimeout = TimeSpan.FromSeconds(10);

    private static readonly ConcurrentDictionary<string, int> Open = new();

    public static IServiceCollection AddLiveChat(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<LiveChatOptions>().BindConfiguration(LiveChatOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionRoutes>();
        services.AddSingleton<ChatSubscriptions>();
        services.AddHostedService(provider => provider.GetRequiredService<ChatSubscriptions>());
        return services;
    }

    public static WebApplication MapLiveChat(this WebApplication app)
    {
        var group = app.MapGroup("/live-chat").AllowAnonymous().ExcludeFromDescription();
        group.MapPost("/session", (HttpContext context, SessionRoutes sessions) => sessions.OpenAsync(context));
        group.MapMethods("/session", ["OPTIONS"], Preflight);
        group.MapGet("/socket", SocketAsync);
        group.MapGet("/widget.js", () => Page("widget.js", "text/javascript; charset=utf-8"));
        if (app.Configuration.GetValue("Demo:Enabled", true))
        {
            group.MapGet("/demo/response-info", DemoInfoAsync);
            app.MapGet("/favicon.ico", () => Results.NoContent()).AllowAnonymous().ExcludeFromDescription();
            app.MapGet("/", () => Page("demo.html", "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
            group.MapGet("/demo.js", () => Page("demo.js", "text/javascript; charset=utf-8"));
            group.MapGet("/demo.css", () => Page("demo.css", "text/css; charset=utf-8"));
        }

        return app;
    }

    private static IResult Page(string name, string type) =>
        Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"FollowUp.LiveChat.Pages.{name}")!, type);

    private static IResult Preflight(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        context.Response.Headers.AccessControlAllowHeaders = "content-type";
        context.Response.Headers.AccessControlAllowMethods = "POST";
        context.Response.Headers.Vary = "Origin";
        return Results.NoContent();
    }

    private static async Task SocketAsync(HttpContext context, IGrainFactory grains, SessionTokens tokens, ChatSubscriptions subscriptions, IOptions<LiveChatOptions> options, IHostApplicationLifetime lifetime)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            await Problems.Of(StatusCodes.Status400BadRequest, "webSocketOnly", "Open a WebSocket here.").ExecuteAsync(context);
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync();

        // A gateway that ends says so: the widget connects to another one and replays.
        await using var ending = lifetime.ApplicationStopping.Register(() => _ = ChatSocket.CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable));
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        deadline.CancelAfter(HelloTimeout);
        VisitorFrame? hello = null;
        try
        {
            hello = await ChatSocket.ReadFrameAsync(socket, deadline.Token) is { } frame ? ChatFrames.Read(frame) : null;
        }
        catch (OperationCanceledException)
        {
            // Silent for too long: closed below.
        }

        if (hello is not { Type: "hello" } || tokens.OpenSession(hello.SessionToken) is not { } session
            || await grains.GetGrain<IConnectionGrain>(GrainKeys.Of(session.Workspace, session.ConnectionId)).OpenAsync() is not { } connection
            || !MayStand(context, connection))
        {
            await ChatSocket.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
            return;
        }

        var name = $"{session.Workspace}|{session.ConversationId}";
        try
        {
            if (Open.AddOrUpdate(name, 1, (_, count) => count + 1) > options.Value.SocketsPerSession)
            {
                await ChatSocket.CloseAsync(socket, WebSocketCloseStatus.PolicyViolation);
                return;
            }

            await new ChatSocket(socket, session, connection.BotId, grains, subscriptions).RunAsync(Math.Max(0, hello.LastSeq ?? 0), context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The visitor or the host went away.
        }
        catch (Exception away) when (ChatSocket.IsAway(away))
        {
            await ChatSocket.CloseAsync(socket, WebSocketCloseStatus.EndpointUnavailable);
        }
        finally
        {
            if (Open.AddOrUpdate(name, 0, (_, count) => count - 1) <= 0)
            {
                Open.TryRemove(name, out _);
            }
        }
    }

    private static bool MayStand(HttpContext context, Connection connection)
    {
        var origin = context.Request.Headers.Origin.ToString();
        return origin.Length == 0
            || origin == $"{context.Request.Scheme}://{context.Request.Host}"
            || (origin != "null" && (connection.Origins is not { Count: > 0 } origins || origins.Contains(origin, StringComparer.OrdinalIgnoreCase)));
    }

    // The demo's visitor sees the Response Info of the own conversation only.
    private static async Task<IResult> DemoInfoAsync(HttpContext context, IGrainFactory grains, SessionTokens tokens)
    {
        if (tokens.OpenSession(context.Request.Headers["FollowUp-Session"]) is not { ConnectionId: DemoConnection, Workspace: "default" } session)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Open a demo session first.");
        }

        return Answers.Of(await grains.GetGrain<IConversationGrain>(GrainKeys.Of(session.Workspace, session.ConversationId)).GetResponseInfoAsync());
    }
}

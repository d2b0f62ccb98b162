using System.Reflection;
using FollowUp.Api;
using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>Our own channel: sessions, sockets, the widget and the demo page.</summary>
public static class LiveChatServices
{
    private const string DemoConnection = "demo";

    public static IServiceCollection AddLiveChat(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptionsWithValidateOnStart<LiveChatOptions>().BindConfiguration(LiveChatOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<SessionRoutes>();
        services.AddSingleton<SocketRoutes>();
        services.AddSingleton<MessageRoutes>();
        services.AddSingleton<ChatLimits>();
        services.AddSingleton<SocketCounts>();
        services.AddSingleton<ChatSubscriptions>();
        services.AddHostedService(provider => provider.GetRequiredService<ChatSubscriptions>());
        return services;
    }

    public static WebApplication MapLiveChat(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/live-chat"), chat => chat.Use(RefuseGuessersAsync));
        var group = app.MapGroup("/live-chat").AllowAnonymous().ExcludeFromDescription();
        var calls = group.MapGroup("").WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(ChatWire.LargestFrame));
        calls.MapPost("/session", (HttpContext context, SessionRoutes sessions) => sessions.OpenAsync(context));
        calls.MapPost("/messages", (HttpContext context, MessageRoutes messages) => messages.WriteAsync(context));
        calls.MapGet("/messages", (HttpContext context, MessageRoutes messages) => messages.ReadAsync(context));
        group.MapMethods("/session", ["OPTIONS"], Preflight);
        group.MapMethods("/messages", ["OPTIONS"], Preflight);
        group.MapGet("/socket", (HttpContext context, SocketRoutes sockets) => sockets.OpenAsync(context));
        group.MapGet("/widget.js", (HttpContext context) => Page(context, "widget.js", "text/javascript; charset=utf-8"));
        if (app.Configuration.GetValue("Demo:Enabled", true))
        {
            group.MapGet("/demo/response-info", DemoInfoAsync);
            app.MapGet("/favicon.ico", () => Results.NoContent()).AllowAnonymous().ExcludeFromDescription();
            app.MapGet("/", (HttpContext context) => Page(context, "demo.html", "text/html; charset=utf-8")).AllowAnonymous().ExcludeFromDescription();
            group.MapGet("/demo/page", (HttpContext context) => Page(context, "site.html", "text/html; charset=utf-8"));
            group.MapGet("/demo.js", (HttpContext context) => Page(context, "demo.js", "text/javascript; charset=utf-8"));
            group.MapGet("/demo.css", (HttpContext context) => Page(context, "demo.css", "text/css; charset=utf-8"));
        }

        group.Map("/{**rest}", () => Problems.Of(Problem.NotFound("There is nothing here.")));
        return app;
    }

    // Whoever guesses (widgets, tokens, addresses) gets the plain answer, and after too many of them nothing more for a while.
    private static async Task RefuseGuessersAsync(HttpContext context, RequestDelegate next)
    {
        var limits = context.RequestServices.GetRequiredService<ChatLimits>();
        if (!limits.MayTry(context))
        {
            context.Response.Headers.RetryAfter = "60";
            await Problems.Of(StatusCodes.Status429TooManyRequests, "tooManyRequests", "Too many refused calls from this address.").ExecuteAsync(context);
            return;
        }

        await next(context);
        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status404NotFound)
        {
            limits.Failed(context);
        }
    }

    // Part of this build: a browser asks again after five minutes, and gets it only when it has changed.
    private static IResult Page(HttpContext context, string name, string type)
    {
        context.Response.Headers.CacheControl = "public, max-age=300";
        return Results.Stream(Assembly.GetExecutingAssembly().GetManifestResourceStream($"FollowUp.LiveChat.Pages.{name}")!, type, entityTag: Version);
    }

    private static Microsoft.Net.Http.Headers.EntityTagHeaderValue Version { get; } =
        new($"\"{typeof(LiveChatServices).Assembly.ManifestModule.ModuleVersionId:N}\"");

    private static IResult Preflight(HttpContext context)
    {
        Origins.Answer(context);
        context.Response.Headers.AccessControlAllowHeaders = "authorization, content-type";
        context.Response.Headers.AccessControlAllowMethods = "GET, POST";
        context.Response.Headers.AccessControlMaxAge = "600";
        return Results.NoContent();
    }

    // The demo's visitor sees the Response Info of the own conversation only.
    private static async Task<IResult> DemoInfoAsync(HttpContext context, IGrainFactory grains, SessionTokens tokens)
    {
        if (tokens.OpenSession(context.Request.Headers["FollowUp-Session"]) is not { ConnectionId: DemoConnection, Workspace: "default" } session)
        {
            return Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Open a demo session first.");
        }

        // Asked every second: before the first message there is nothing to tell, which is no failure.
        var answer = await grains.GetGrain<IConversationGrain>(GrainKeys.Of(session.Workspace, session.ConversationId)).GetResponseInfoAsync();
        return answer.Problem is { Kind: ProblemKind.NotFound } ? Results.NoContent() : Answers.Of(answer);
    }
}

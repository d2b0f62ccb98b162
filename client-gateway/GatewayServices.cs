using System.Threading.RateLimiting;
using FollowUp.Api;
using FollowUp.Api.Json;
using FollowUp.Hosting;
using FollowUp.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Scalar.AspNetCore;

namespace FollowUp;

/// <summary>The gateway: verifies, normalises, calls the grain, answers after the grain's write.</summary>
public static class GatewayServices
{
    public static IServiceCollection AddFollowUpGateway(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.Configure<KestrelServerOptions>(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Input.LargestBody;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            ApiJson.Configure(json.SerializerOptions);

            // The OpenAPI document is written with these; bodies are read with their own, shallower ones.
            json.SerializerOptions.MaxDepth = 64;
        });
        services.AddSingleton<SignInLinks>();
        services.AddSingleton<KeyCache>();
        services.AddHostedService<BootstrapAdminKey>();
        services.AddAuthentication("Either")
            .AddPolicyScheme("Either", null, either => either.ForwardDefaultSelector = context =>
                context.Request.Headers.Authorization.Count > 0 || !context.Request.Cookies.ContainsKey(CookieName) ? ApiKeyAuthentication.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null)
            .AddCookie(cookie =>
            {
                cookie.Cookie.Name = CookieName;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Strict;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.TimeProvider = TimeProvider.System;
                cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
                cookie.Events.OnRedirectToLogin = context => Problems.Of(StatusCodes.Status401Unauthorized, "unauthorized", "Sign in first.").ExecuteAsync(context.HttpContext);
                cookie.Events.OnRedirectToAccessDenied = context => Problems.Of(StatusCodes.Status403Forbidden, "forbidden", "You may not do this.").ExecuteAsync(context.HttpContext);
            });
        services.AddAuthorization(Policies.Add);
        services.AddRateLimiter(limits => Limit(limits, configuration.GetValue("Security:RequestsPerMinute", 60_000)));
        services.AddOpenApi("v1");
        services.AddHealthChecks();
        return services;
    }

    private const string CookieName = "followup";

    public static WebApplication UseFollowUpGateway(this WebApplication app)
    {
        app.UseProblemAnswers();
        app.UseSecurityHeaders();
        app.UseClusterAwayAnswers();
        app.UseWebSockets();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseSameOrigin();
        app.UseAuthorization();
        app.UseIdempotency();
        return app;
    }

    public static WebApplication MapFollowUpGateway(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.MapBots();
        api.MapConnections();
        api.MapConversations();
        api.MapActions();
        api.MapFollowUps();
        api.MapApprovals();
        api.MapTools();
        api.MapWorkspace();
        app.MapSignIn();
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/scalar", scalar => scalar.DisableDefaultFonts().DisableAgent().DisableMcp().DisableTelemetry().HideDeveloperTools().HideClientButton()).AllowAnonymous();
        app.MapHealth();
        return app;
    }

    private static void UseSecurityHeaders(this WebApplication app) => app.Use((context, next) =>
    {
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        if (!context.Request.Path.StartsWithSegments("/dashboard") && !context.Request.Path.StartsWithSegments("/scalar"))
        {
            headers.ContentSecurityPolicy = "default-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
        }

        return next(context);
    });

    // By key; callers without one share an allowance by address.
    private static void Limit(Microsoft.AspNetCore.RateLimiting.RateLimiterOptions limits, int perMinute)
    {
        limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limits.OnRejected = (rejected, _) =>
        {
            rejected.HttpContext.Response.Headers.RetryAfter = "1";
            return ValueTask.CompletedTask;
        };
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        {
            var name = context.User.Identity is { IsAuthenticated: true } ? $"{Caller.Workspace(context)}/{Caller.Name(context)}" : $"ip/{context.Connection.RemoteIpAddress}";
            return RateLimitPartition.GetTokenBucketLimiter(name, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = Math.Max(1, perMinute / 60),
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
                QueueLimit = 0,
            });
        });
    }
}

using FollowUp.Api;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FollowUp.Hosting;

/// <summary>Whether a gateway that is a process of its own has silos to talk to. It tries for ever; meanwhile callers get 503.</summary>
internal sealed class ClusterConnection : IHealthCheck
{
    private volatile bool connected;

    /// <summary>True while at least one silo is connected.</summary>
    public bool IsConnected
    {
        get => connected;
        set => connected = value;
    }

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(IsConnected ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("No silo can be reached."));
}

/// <summary>Answers for the silos while they are away.</summary>
internal static class ClusterAwayAnswers
{
    private static readonly string[] NeedNoSilo = ["/health", "/metrics", "/openapi", "/scalar", "/live-chat/widget.js"];

    public static void UseClusterAwayAnswers(this WebApplication app)
    {
        // A gateway inside a silo has no connection to lose.
        if (app.Services.GetService<ClusterConnection>() is not { } connection)
        {
            return;
        }

        app.Use(async (context, next) =>
        {
            var needsNoSilo = !connection.IsConnected && NeedNoSilo.Any(path => context.Request.Path.StartsWithSegments(path));
            if (needsNoSilo)
            {
                // A key could not be looked up, and these are open.
                context.Request.Headers.Authorization = default;
            }

            if (connection.IsConnected || needsNoSilo)
            {
                await next(context);
                return;
            }

            context.Response.Headers.RetryAfter = "1";
            await Problems.Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "The engine cannot be reached right now. Nothing was done; try again.").ExecuteAsync(context);
        });
    }
}

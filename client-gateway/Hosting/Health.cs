using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace FollowUp.Hosting;

/// <summary>Liveness and readiness of any process: the process answers; its storage or its cluster does too, and it is not shutting down.</summary>
public static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains("ready") }).AllowAnonymous();
    }
}

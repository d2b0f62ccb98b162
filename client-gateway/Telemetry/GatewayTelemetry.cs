using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FollowUp.Telemetry;

/// <summary>Metrics and traces of a gateway that is a process of its own, without personal data.</summary>
internal static class GatewayTelemetry
{
    public static void AddGatewayTelemetry(this WebApplicationBuilder builder)
    {
        var telemetry = builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics => metrics.AddMeter("Microsoft.Orleans").AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter())
            .WithTracing(tracing => tracing.AddSource("Microsoft.Orleans.Application").AddAspNetCoreInstrumentation(options => options.Filter = context =>
                !context.Request.Path.StartsWithSegments("/metrics") && !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/dashboard")));
        if (!string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]))
        {
            telemetry.WithMetrics(metrics => metrics.AddOtlpExporter()).WithTracing(tracing => tracing.AddOtlpExporter());
        }
    }

    /// <summary>Figures only: open, as scrapers expect, unless <c>Metrics:Enabled</c> is false.</summary>
    public static void MapGatewayTelemetry(this WebApplication app)
    {
        if (app.Configuration.GetValue("Metrics:Enabled", true))
        {
            app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        }
    }
}

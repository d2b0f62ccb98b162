using FollowUp.Ai;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace FollowUp.Telemetry;

/// <summary>Metrics and traces of Orleans and of the engine, without personal data.</summary>
internal static class TelemetryServices
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        var exports = !string.IsNullOrEmpty(builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"]);
        builder.Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
            {
                metrics.AddMeter("Microsoft.Orleans", EngineMetrics.MeterName, ChatClients.TelemetryName).AddAspNetCoreInstrumentation().AddRuntimeInstrumentation().AddPrometheusExporter();
                if (exports)
                {
                    metrics.AddOtlpExporter();
                }
            })
            .WithTracing(tracing =>
            {
                // The Runtime source would add a span a second for the dashboard's own calls.
                tracing.AddSource("Microsoft.Orleans.Application", "Microsoft.Orleans.Storage", ChatClients.TelemetryName);
                tracing.AddHttpClientInstrumentation();
                tracing.AddAspNetCoreInstrumentation(options => options.Filter = context =>
                    !context.Request.Path.StartsWithSegments("/metrics") && !context.Request.Path.StartsWithSegments("/health") && !context.Request.Path.StartsWithSegments("/dashboard"));
                if (exports)
                {
                    tracing.AddOtlpExporter();
                }
            });
    }

    /// <summary>Figures only, no names or numbers: open, as scrapers expect, unless <c>Metrics:Enabled</c> is false.</summary>
    public static void MapTelemetry(this WebApplication app)
    {
        if (app.Configuration.GetValue("Metrics:Enabled", true))
        {
            app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous();
        }
    }
}

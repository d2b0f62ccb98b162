using FollowUp.Ports;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FollowUp.Hosting;

/// <summary>
/// A graceful end. First nothing new is fired here and what is under way with providers comes to its outcome; then Orleans hands the grains to other silos;
/// then what those last turns began is waited for. A send that is cut off all the same is uncertain and reconciled elsewhere, never repeated.
/// </summary>
internal static class EffectDrain
{
    /// <summary>A provider answers within ten seconds or is given up.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(12);

    /// <summary>To be added after Orleans: hosted services end in reverse order.</summary>
    public static void AddEffectDrain(this IServiceCollection services)
    {
        services.AddHostedService<BeforeOrleans>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, AfterGrains>();
        services.AddHealthChecks().AddCheck<Draining>("draining", tags: ["ready"]);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(45));
    }

    private sealed class BeforeOrleans(IWorkUnderWay work) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken)
        {
            work.Drain();
            return work.UntilQuietAsync(Longest);
        }
    }

    // Grains are gone by then, and other silos can still be called.
    private sealed class AfterGrains(IWorkUnderWay work) : ILifecycleParticipant<ISiloLifecycle>
    {
        public void Participate(ISiloLifecycle lifecycle) =>
            lifecycle.Subscribe(nameof(EffectDrain), ServiceLifecycleStage.ApplicationServices, _ => Task.CompletedTask, _ => work.UntilQuietAsync(Longest));
    }

    private sealed class Draining(IWorkUnderWay work) : IHealthCheck
    {
        public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
            Task.FromResult(work.IsDraining ? HealthCheckResult.Unhealthy("Shutting down.") : HealthCheckResult.Healthy());
    }
}

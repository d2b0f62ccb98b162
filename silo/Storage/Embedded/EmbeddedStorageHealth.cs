using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FollowUp.Storage.Embedded;

/// <summary>Ready only while the database takes writes.</summary>
internal sealed class EmbeddedStorageHealth(EmbeddedDatabase database) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(database.IsWritable ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The database does not take writes."));
}

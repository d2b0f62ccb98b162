using Azure;
using Azure.Identity;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Ready only while the tables answer this process's key or identity.</summary>
internal sealed class AzureStorageHealth(AzureIndexTable index) : IHealthCheck
{
    /// <summary>A probe does not wait out the client's retries.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(Timeout);
        try
        {
            await index.ProbeAsync(deadline.Token);
            return HealthCheckResult.Healthy();
        }
        catch (Exception failure) when (failure is RequestFailedException or AuthenticationFailedException or OperationCanceledException or AggregateException)
        {
            return HealthCheckResult.Unhealthy("Azure Storage does not answer.", failure);
        }
    }
}

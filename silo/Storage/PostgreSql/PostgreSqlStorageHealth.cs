using Microsoft.Extensions.Diagnostics.HealthChecks;
using Npgsql;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Ready only while the database answers and takes writes.</summary>
internal sealed class PostgreSqlStorageHealth(PostgreSqlDatabase database, PostgreSqlGrainStorage storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var command = database.Writes.CreateCommand("SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean");
            var readOnly = (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
            return readOnly || !storage.IsWritable ? HealthCheckResult.Unhealthy("The database does not take writes.") : HealthCheckResult.Healthy();
        }
        catch (Exception away) when (away is NpgsqlException or TimeoutException)
        {
            return HealthCheckResult.Unhealthy("The database does not answer.");
        }
    }
}

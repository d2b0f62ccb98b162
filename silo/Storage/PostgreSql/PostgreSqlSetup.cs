using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Makes the tables before the silo joins. A server that is not there yet is waited for; one that refuses us ends the start.</summary>
internal sealed partial class PostgreSqlSetup(PostgreSqlDatabase database, IOptions<ClusterOptions> cluster, ILogger<PostgreSqlSetup> logger) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Pause);
        while (true)
        {
            try
            {
                await PostgreSqlSchema.ApplyAsync(database.Writes, cluster.Value.ServiceId, cancellationToken);
                return;
            }
            catch (NpgsqlException away) when (away.IsTransient || away.SqlState is PostgresErrorCodes.CannotConnectNow)
            {
                LogAway(away.Message);
                await timer.WaitForNextTickAsync(cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(Level = LogLevel.Warning, Message = "PostgreSQL is not there yet ({Failure}); trying again")]
    private partial void LogAway(string failure);
}

using FollowUp.Storage.AzureStorage;
using Orleans.Configuration;

namespace FollowUp.Hosting;

/// <summary>A gateway as a process of its own: a client of the cluster.</summary>
public static class ClusterClient
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>New silos are found within this time.</summary>
    private static readonly TimeSpan GatewayListPeriod = TimeSpan.FromSeconds(5);

    public static void AddClusterClient(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var storage = ClusterStorage.Of(builder.Configuration);
        var cluster = ClusterSettings.Of(builder.Configuration);
        if (storage.IsStandalone)
        {
            throw new InvalidSettingsException("A gateway of its own needs the cluster's storage: set Storage:Provider to AzureStorage or PostgreSql, and ConnectionStrings:FollowUp. (Embedded is one process: dotnet run --project silo.)");
        }

        var connection = new ClusterConnection();
        builder.Services.AddSingleton(connection);
        builder.Services.AddHealthChecks().AddCheck("cluster", connection, tags: ["ready"]);

        // HTTP answers at once, with 503 until the first silo is there.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        builder.UseOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (cluster.ServiceId, cluster.ClusterId));
            client.Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = GatewayListPeriod);
            client.UseClusterStorage(storage);
            client.UseConnectionRetryFilter(async (_, cancellationToken) =>
            {
                await Task.Delay(RetryAfter, cancellationToken);
                return true;
            });
            client.AddGatewayCountChangedHandler((_, count) => connection.IsConnected = count.NumberOfConnectedGateways > 0);
            client.AddClusterConnectionLostHandler((_, _) => connection.IsConnected = false);
            client.AddActivityPropagation();
            if (Dashboard.IsEnabled(builder.Configuration))
            {
                Orleans.Dashboard.ServiceCollectionExtensions.AddDashboard(client);
            }
        });
        builder.Services.AddHostedService<ConnectionWatch>();
    }

    private static void UseClusterStorage(this IClientBuilder client, ClusterStorage storage)
    {
        switch (storage.Provider)
        {
            case StorageProvider.PostgreSql:
                client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = ("Npgsql", storage.ConnectionString));
                break;
            default:
                client.UseOrleansAzureGateways();
                break;
        }
    }

    /// <summary>Everything has started: the client has found the cluster.</summary>
    private sealed class ConnectionWatch(ClusterConnection connection, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStarted.Register(() => connection.IsConnected = true);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

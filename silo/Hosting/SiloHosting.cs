using System.Net;
using System.Net.Sockets;
using FollowUp.Ports;
using FollowUp.Storage.AzureStorage;
using FollowUp.Storage.Embedded;
using FollowUp.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Dashboard;

namespace FollowUp.Hosting;

/// <summary>Orleans: clustering, storage and reminders by configuration.</summary>
internal static class SiloHosting
{
    private const int DefaultSiloPort = 11_111;
    private const int DefaultGatewayPort = 30_000;

    public static void AddSilo(this WebApplicationBuilder builder)
    {
        var cluster = ClusterSettings.Of(builder.Configuration);
        var storage = ClusterStorage.Of(builder.Configuration);
        builder.Services.TryAddSingleton(AddressHasher.KeyOf(builder.Configuration, builder.DataFolder));
        builder.Services.AddSingleton<IAddressHasher, AddressHasher>();
        builder.Host.UseOrleans(silo =>
        {
            silo.AddPlace(cluster, storage);
            silo.AddStorage(storage);
            silo.Configure<ReminderOptions>(options =>
            {
                // A reminder's period is a minute: it is the retry. See docs/decisions/reminder-window.md.
                options.MinimumReminderPeriod = TimeSpan.FromMinutes(1);
                options.RefreshReminderListPeriod = TimeSpan.FromMinutes(5);
                options.ReminderLoadingWindow = TimeSpan.FromMinutes(10);
            });
            silo.AddActivityPropagation();
            if (Dashboard.IsEnabled(builder.Configuration))
            {
                silo.AddDashboard();
            }
        });
        builder.Services.AddEffectDrain();
    }

    private static void AddPlace(this ISiloBuilder silo, ClusterSettings cluster, ClusterStorage storage)
    {
        var siloPort = cluster.SiloPort ?? Defaults.FreePort(DefaultSiloPort);
        var gatewayPort = cluster.GatewayPort ?? Defaults.FreePort(DefaultGatewayPort);
        if (storage.IsStandalone)
        {
            silo.UseLocalhostClustering(siloPort, gatewayPort, primarySiloEndpoint: null, cluster.ServiceId, cluster.ClusterId);
            return;
        }

        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, AddressKeyCheck>();
        silo.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (cluster.ServiceId, cluster.ClusterId));
        if (cluster.Address is { Length: > 0 } address)
        {
            silo.ConfigureEndpoints(IPAddress.Parse(address), siloPort, gatewayPort, listenOnAnyHostAddress: !IPAddress.IsLoopback(IPAddress.Parse(address)));
        }
        else
        {
            silo.ConfigureEndpoints(siloPort, gatewayPort, AddressFamily.InterNetwork, listenOnAnyHostAddress: true);
        }

        // Death is noticed within seconds; what that costs stands in docs/decisions/membership.md.
        silo.Configure<ClusterMembershipOptions>(options =>
        {
            options.ProbeTimeout = cluster.ProbeTimeout;
            options.NumMissedProbesLimit = 3;
            options.NumVotesForDeathDeclaration = 2;
            options.TableRefreshTimeout = TimeSpan.FromSeconds(10);
            options.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(5);
        });
    }

    private static void AddStorage(this ISiloBuilder silo, ClusterStorage storage)
    {
        switch (storage.Provider)
        {
            case StorageProvider.Embedded:
                silo.AddEmbeddedStorage(StorageNames.FollowUp);
                break;
            case StorageProvider.PostgreSql:
                silo.AddPostgreSqlStorage(StorageNames.FollowUp, storage.ConnectionString);
                break;
            default:
                silo.AddAzureStorage(StorageNames.FollowUp);
                break;
        }
    }
}

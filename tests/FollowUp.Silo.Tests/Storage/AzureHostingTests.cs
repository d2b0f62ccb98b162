using System.Net;
using System.Net.Sockets;
using FollowUp.Ports;
using FollowUp.Storage.AzureStorage;
using FollowUp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.AzureUtils;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;
using Orleans.Runtime.ReminderService;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>Real silos and clients that find each other through Azurite.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureHostingTests(Azurite azurite)
{
    [Fact]
    public async Task A_client_finds_a_silo_by_code()
    {
        var cluster = $"code-{Guid.NewGuid():n}";
        using var silo = MakeSilo([new("ConnectionStrings:FollowUp", azurite.ConnectionString)], cluster, builder => builder.AddAzureStorage(StorageNames.FollowUp));
        using var client = MakeClient([new("ConnectionStrings:FollowUp", azurite.ConnectionString)], cluster, builder => builder.UseOrleansAzureGateways());
        await silo.StartAsync();
        await client.StartAsync();
        Assert.Single(await HostsAsync(client));

        Assert.IsType<AzureIndexedGrainStorage>(silo.Services.GetRequiredKeyedService<IGrainStorage>(StorageNames.FollowUp));
        Assert.IsType<AzureConversationIndex>(silo.Services.GetRequiredService<IConversationIndex>());
        Assert.IsType<AzureTranscriptStore>(silo.Services.GetRequiredService<ITranscriptStore>());
        var health = await silo.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Healthy, health.Entries["storage"].Status);
        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_client_finds_a_silo_by_configuration()
    {
        var cluster = $"configured-{Guid.NewGuid():n}";
        KeyValuePair<string, string?>[] clustering =
        [
            new("ConnectionStrings:Account", azurite.ConnectionString),
            new("Orleans:Clustering:ProviderType", "AzureTableStorage"),
            new("Orleans:Clustering:ConnectionName", "Account"),
            new("Orleans:Clustering:TableName", "Silos"),
        ];
        KeyValuePair<string, string?>[] storage =
        [
            .. clustering,
            new("Orleans:Reminders:ProviderType", "AzureTableStorage"),
            new("Orleans:Reminders:ConnectionString", azurite.ConnectionString),
            new("Orleans:GrainStorage:rows:ProviderType", "AzureTableStorage"),
            new("Orleans:GrainStorage:rows:ConnectionName", "Account"),
            new("Orleans:GrainStorage:rows:TableName", "Rows"),
            new("Orleans:GrainStorage:blobs:ProviderType", "AzureBlobStorage"),
            new("Orleans:GrainStorage:blobs:ConnectionName", "Account"),
            new("Orleans:GrainStorage:blobs:ContainerName", "blobs"),
        ];
        using var silo = MakeSilo(storage, cluster, _ => { });
        using var client = MakeClient(clustering, cluster, _ => { });
        await silo.StartAsync();
        await client.StartAsync();
        Assert.Single(await HostsAsync(client));
        Assert.IsType<AzureBasedMembershipTable>(silo.Services.GetRequiredService<IMembershipTable>());
        Assert.IsType<AzureBasedReminderTable>(silo.Services.GetRequiredService<IReminderTable>());
        Assert.IsType<AzureGatewayListProvider>(client.Services.GetRequiredService<IGatewayListProvider>());

        // The default serializer of Orleans, since none is named.
        foreach (var name in new[] { "rows", "blobs" })
        {
            var grain = Some.Grain();
            var provider = silo.Services.GetRequiredKeyedService<IGrainStorage>(name);
            await provider.WriteStateAsync("count", grain, new GrainState<Counted>(new Counted { Count = 7 }));
            Assert.Equal(7, (await provider.ReadBackAsync<Counted>(grain, "count")).State!.Count);
        }

        await client.StopAsync();
        await silo.StopAsync();
    }

    [Fact]
    public async Task A_wrong_key_is_reported_as_not_ready()
    {
        var wrong = string.Join(';', azurite.ConnectionString.Split(';').Select(part => part.StartsWith("AccountKey=", StringComparison.Ordinal) ? $"AccountKey={Convert.ToBase64String(new byte[64])}" : part));
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:FollowUp", wrong), new("Storage:Azure:Retries", "0")]).Build());
        services.AddAzureAccount().AddSingleton<AzureIndexTable>().AddHealthChecks().AddCheck<AzureStorageHealth>("storage");
        services.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = ("svc", "clu"));
        await using var provider = services.BuildServiceProvider();
        var health = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(HealthStatus.Unhealthy, health.Entries["storage"].Status);
    }

    private static async Task<IEnumerable<SiloStatus>> HostsAsync(IHost client) =>
        (await client.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Values;

    private static IHost MakeSilo(IEnumerable<KeyValuePair<string, string?>> settings, string cluster, Action<ISiloBuilder> configure)
    {
        var builder = Make(settings, cluster);
        builder.UseOrleans(silo =>
        {
            silo.ConfigureEndpoints(IPAddress.Loopback, FreePort(), FreePort());
            configure(silo);
        });
        return builder.Build();
    }

    private static IHost MakeClient(IEnumerable<KeyValuePair<string, string?>> settings, string cluster, Action<IClientBuilder> configure)
    {
        var builder = Make(settings, cluster);
        builder.UseOrleansClient(configure);
        return builder.Build();
    }

    private static HostApplicationBuilder Make(IEnumerable<KeyValuePair<string, string?>> settings, string cluster)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection([.. settings, new("Orleans:ServiceId", "svc"), new("Orleans:ClusterId", cluster)]);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        return builder;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

[GenerateSerializer]
public sealed class Counted
{
    [Id(0)]
    public int Count { get; set; }
}

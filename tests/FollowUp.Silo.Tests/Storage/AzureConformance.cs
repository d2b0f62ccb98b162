using FollowUp.Ports;
using FollowUp.Storage.AzureStorage;
using FollowUp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.AzureUtils;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Reminders.AzureStorage;
using Orleans.Runtime.MembershipService;
using Orleans.Runtime.ReminderService;
using Orleans.Serialization;
using Orleans.Serialization.Serializers;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>Tests that share one Azurite.</summary>
[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

/// <summary>The providers over one account, as the silo makes them.</summary>
internal sealed class AzureProviders : IAsyncDisposable
{
    private readonly ServiceProvider services;

    public AzureProviders(Azurite azurite, string serviceId = "svc/1", string clusterId = "clu-1")
    {
        var collection = new ServiceCollection();
        collection.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("ConnectionStrings:FollowUp", azurite.ConnectionString)]).Build());
        collection.AddLogging().AddSerializer().AddAzureAccount();
        collection.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (serviceId, clusterId));
        services = collection.BuildServiceProvider();
    }

    public AzureAccount Account => services.GetRequiredService<AzureAccount>();

    public IOptions<ClusterOptions> Cluster => services.GetRequiredService<IOptions<ClusterOptions>>();

    public async Task<AzureTableGrainStorage> TableStorageAsync(Action<AzureTableStorageOptions>? configure = null)
    {
        var options = new AzureTableStorageOptions { TableServiceClient = Account.Tables, GrainStorageSerializer = new StateJsonSerializer() };
        configure?.Invoke(options);
        var storage = new AzureTableGrainStorage("test", options, Cluster, NullLogger<AzureTableGrainStorage>.Instance, services.GetRequiredService<IActivatorProvider>());
        await storage.InitializeAsync();
        return storage;
    }

    public async Task<AzureBlobGrainStorage> BlobStorageAsync(Action<AzureBlobStorageOptions>? configure = null)
    {
        var options = new AzureBlobStorageOptions { BlobServiceClient = Account.Blobs, GrainStorageSerializer = new StateJsonSerializer() };
        configure?.Invoke(options);
        var storage = new AzureBlobGrainStorage("test", options, options.BuildContainerFactory(services, options), services.GetRequiredService<IActivatorProvider>(), NullLogger<AzureBlobGrainStorage>.Instance);
        await storage.InitializeAsync();
        return storage;
    }

    public async Task<AzureBasedReminderTable> RemindersAsync()
    {
        var table = new AzureBasedReminderTable(NullLoggerFactory.Instance, Cluster, Options.Create(new AzureTableReminderStorageOptions { TableServiceClient = Account.Tables }));
        await table.StartAsync();
        return table;
    }

    public async Task<AzureBasedMembershipTable> MembershipAsync()
    {
        var table = new AzureBasedMembershipTable(NullLoggerFactory.Instance, Options.Create(new AzureStorageClusteringOptions { TableServiceClient = Account.Tables }), Cluster);
        await table.InitializeMembershipTable(true);
        return table;
    }

    public async Task<AzureGatewayListProvider> GatewaysAsync()
    {
        var gateways = new AzureGatewayListProvider(NullLoggerFactory.Instance, Options.Create(new AzureStorageGatewayOptions { TableServiceClient = Account.Tables }), Cluster, Options.Create(new GatewayOptions()));
        await gateways.InitializeGatewayListProvider();
        return gateways;
    }

    public AzureIndexTable Index() => new(Account, Cluster, NullLogger<AzureIndexTable>.Instance);

    public ValueTask DisposeAsync() => services.DisposeAsync();
}

[Collection(AzuriteTests.Name)]
public sealed class AzureTableGrainStorageConformance(Azurite azurite) : GrainStorageConformance
{
    protected override async ValueTask<IGrainStorage> OpenAsync() => await new AzureProviders(azurite).TableStorageAsync(options => options.DeleteStateOnClear = true);
}

/// <summary>As above, with the official default: a cleared row stays.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureTableKeepingGrainStorageConformance(Azurite azurite) : GrainStorageConformance
{
    protected override async ValueTask<IGrainStorage> OpenAsync() => await new AzureProviders(azurite).TableStorageAsync();
}

[Collection(AzuriteTests.Name)]
public sealed class AzureBlobGrainStorageConformance(Azurite azurite) : GrainStorageConformance
{
    protected override async ValueTask<IGrainStorage> OpenAsync() => await new AzureProviders(azurite).BlobStorageAsync();
}

[Collection(AzuriteTests.Name)]
public sealed class AzureBlobKeepingGrainStorageConformance(Azurite azurite) : GrainStorageConformance
{
    protected override async ValueTask<IGrainStorage> OpenAsync() => await new AzureProviders(azurite).BlobStorageAsync(options => (options.DeleteStateOnClear, options.ContainerName) = (false, "kept"));
}

[Collection(AzuriteTests.Name)]
public sealed class AzureReminderTableConformance(Azurite azurite) : ReminderTableConformance
{
    protected override async ValueTask<IReminderTable> OpenAsync() => await new AzureProviders(azurite, serviceId: $"svc/{Guid.NewGuid():n}").RemindersAsync();
}

[Collection(AzuriteTests.Name)]
public sealed class AzureMembershipConformance(Azurite azurite) : MembershipConformance
{
    protected override async ValueTask<IMembershipTable> OpenAsync(string clusterId) => await new AzureProviders(azurite, clusterId: clusterId).MembershipAsync();

    protected override async ValueTask<IGatewayListProvider> OpenGatewaysAsync(string clusterId) => await new AzureProviders(azurite, clusterId: clusterId).GatewaysAsync();
}

[Collection(AzuriteTests.Name)]
public sealed class AzureConversationIndexConformance(Azurite azurite) : ConversationIndexConformance
{
    protected override async ValueTask<(IGrainStorage Storage, IConversationIndex Index)> OpenAsync()
    {
        var providers = new AzureProviders(azurite);
        var documents = await providers.TableStorageAsync(options => options.DeleteStateOnClear = true);
        var table = providers.Index();
        return (new AzureIndexedGrainStorage(documents, table), new AzureConversationIndex(documents, table, TimeProvider.System));
    }
}

[Collection(AzuriteTests.Name)]
public sealed class AzureTranscriptConformance(Azurite azurite) : TranscriptConformance
{
    protected override ValueTask<ITranscriptStore> OpenAsync()
    {
        var providers = new AzureProviders(azurite);
        return new(new AzureTranscriptStore(providers.Account, providers.Cluster));
    }
}

extern alias ours;

using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FollowUp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Serialization;
using Orleans.Storage;
using Xunit;
using OurHosting = ours::Orleans.Hosting;

namespace FollowUp.AzureInterop;

/// <summary>Our providers and the official ones, each registered by its own extension methods, over one account, service and cluster.</summary>
public sealed class Both : IAsyncDisposable
{
    public const string ServiceId = "svc/1";

    private readonly ServiceProvider services;

    private Both(ServiceProvider services) => this.services = services;

    public IReminderTable Reminders => services.GetRequiredService<IReminderTable>();

    public IMembershipTable Membership => services.GetRequiredService<IMembershipTable>();

    public IGatewayListProvider Gateways => services.GetRequiredService<IGatewayListProvider>();

    public IGrainStorage Storage(string name) => services.GetRequiredKeyedService<IGrainStorage>(name);

    public static async Task<(Both Ours, Both Official, TableServiceClient Tables, BlobServiceClient Blobs)> OpenAsync(Azurite azurite)
    {
        var tables = new TableServiceClient(azurite.ConnectionString);
        var blobs = new BlobServiceClient(azurite.ConnectionString);
        var cluster = $"clu-{Guid.NewGuid():n}";
        var ours = Make(cluster, silo =>
        {
            OurHosting.AzureStorageReminderSiloBuilderExtensions.UseAzureTableReminderService(silo, options => options.Configure(reminders => reminders.TableServiceClient = tables));
            OurHosting.AzureTableClusteringExtensions.UseAzureStorageClustering((ISiloBuilder)silo, options => options.Configure(membership => membership.TableServiceClient = tables));
            OurHosting.AzureTableClusteringExtensions.UseAzureStorageClustering((IClientBuilder)silo, options => options.Configure(gateways => gateways.TableServiceClient = tables));
            OurHosting.AzureTableSiloBuilderExtensions.AddAzureTableGrainStorage(silo, "table", options => options.Configure(storage => (storage.TableServiceClient, storage.GrainStorageSerializer) = (tables, new Json())));
            OurHosting.AzureTableSiloBuilderExtensions.AddAzureTableGrainStorage(silo, "text", options => options.Configure(storage => (storage.TableServiceClient, storage.GrainStorageSerializer, storage.UseStringFormat) = (tables, new Json(), true)));
            OurHosting.AzureBlobSiloBuilderExtensions.AddAzureBlobGrainStorage(silo, "blob", options => options.Configure(storage => (storage.BlobServiceClient, storage.GrainStorageSerializer) = (blobs, new Json())));
        });
        var official = Make(cluster, silo =>
        {
            silo.UseAzureTableReminderService(options => options.Configure(reminders => reminders.TableServiceClient = tables));
            ((ISiloBuilder)silo).UseAzureStorageClustering(options => options.Configure(membership => membership.TableServiceClient = tables));
            ((IClientBuilder)silo).UseAzureStorageClustering(options => options.Configure(gateways => gateways.TableServiceClient = tables));
            silo.AddAzureTableGrainStorage("table", options => options.Configure(storage => (storage.TableServiceClient, storage.GrainStorageSerializer) = (tables, new Json())));
            silo.AddAzureTableGrainStorage("text", options => options.Configure(storage => (storage.TableServiceClient, storage.GrainStorageSerializer, storage.UseStringFormat) = (tables, new Json(), true)));
            silo.AddAzureBlobGrainStorage("blob", options => options.Configure(storage => (storage.BlobServiceClient, storage.GrainStorageSerializer) = (blobs, new Json())));
        });
        foreach (var one in new[] { ours, official })
        {
            await one.Reminders.StartAsync();
            await one.Gateways.InitializeGatewayListProviderAsync();
            var lifecycle = new Lifecycle();
            foreach (var name in new[] { "table", "text", "blob" })
            {
                ((ILifecycleParticipant<ISiloLifecycle>)one.Storage(name)).Participate(lifecycle);
            }

            await lifecycle.OnStart();
        }

        return (ours, official, tables, blobs);
    }

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private static Both Make(string cluster, Action<Builder> add)
    {
        var collection = new ServiceCollection();
        collection.AddLogging().AddSerializer();
        collection.Configure<ClusterOptions>(options => (options.ServiceId, options.ClusterId) = (ServiceId, cluster));
        add(new Builder(collection));
        return new Both(collection.BuildServiceProvider());
    }

    private sealed class Builder(IServiceCollection services) : ISiloBuilder, IClientBuilder
    {
        public IServiceCollection Services => services;

        public IConfiguration Configuration { get; } = new ConfigurationBuilder().Build();
    }

    private sealed class Lifecycle() : LifecycleSubject(NullLogger.Instance), ISiloLifecycle
    {
        public int HighestCompletedStage => 0;

        public int LowestStoppedStage => 0;
    }

    private sealed class Json : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

        public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input.ToMemory().Span)!;
    }
}

[CollectionDefinition(Name)]
public sealed class AzuriteTests : ICollectionFixture<Azurite>
{
    public const string Name = "Azurite";
}

[GenerateSerializer]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}

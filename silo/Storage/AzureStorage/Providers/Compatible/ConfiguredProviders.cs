using Azure.Data.Tables;
using Azure.Identity;
using Azure.Storage.Blobs;
using FollowUp.Storage.AzureStorage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Reminders.AzureStorage;
using Orleans.Storage;

[assembly: RegisterProvider("AzureTableStorage", "Clustering", "Silo", typeof(ConfiguredTableClustering))]
[assembly: RegisterProvider("AzureTableStorage", "Clustering", "Client", typeof(ConfiguredTableClustering))]
[assembly: RegisterProvider("AzureTableStorage", "Reminders", "Silo", typeof(ConfiguredTableReminders))]
[assembly: RegisterProvider("AzureTableStorage", "GrainStorage", "Silo", typeof(ConfiguredTableGrainStorage))]
[assembly: RegisterProvider("AzureBlobStorage", "GrainStorage", "Silo", typeof(ConfiguredBlobGrainStorage))]

namespace FollowUp.Storage.AzureStorage;

/// <summary>Orleans' section <c>Orleans:Clustering</c> with <c>ProviderType: AzureTableStorage</c>, of silos and clients.</summary>
internal sealed class ConfiguredTableClustering : IProviderBuilder<ISiloBuilder>, IProviderBuilder<IClientBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseAzureStorageClustering((OptionsBuilder<AzureStorageClusteringOptions> clustering) => clustering.FromSection(configurationSection));

    public void Configure(IClientBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseAzureStorageClustering((OptionsBuilder<AzureStorageGatewayOptions> gateways) => gateways.FromSection(configurationSection));
}

/// <summary>Orleans' section <c>Orleans:Reminders</c>.</summary>
internal sealed class ConfiguredTableReminders : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.UseAzureTableReminderService((OptionsBuilder<AzureTableReminderStorageOptions> reminders) => reminders.FromSection(configurationSection));
}

/// <summary>One of Orleans' sections <c>Orleans:GrainStorage</c>.</summary>
internal sealed class ConfiguredTableGrainStorage : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddAzureTableGrainStorage(name!, (OptionsBuilder<AzureTableStorageOptions> storage) =>
            storage.FromSection(configurationSection).Configure<IServiceProvider>((options, services) => ProviderSection.SetSerializer(options, configurationSection, services)));
}

/// <summary>One of Orleans' sections <c>Orleans:GrainStorage</c>.</summary>
internal sealed class ConfiguredBlobGrainStorage : IProviderBuilder<ISiloBuilder>
{
    public void Configure(ISiloBuilder builder, string? name, IConfigurationSection configurationSection) =>
        builder.AddAzureBlobGrainStorage(name!, (OptionsBuilder<AzureBlobStorageOptions> storage) =>
            storage.Configure<IServiceProvider>((options, services) =>
            {
                if (configurationSection["ContainerName"] is { Length: > 0 } container)
                {
                    options.ContainerName = container;
                }

                options.BlobServiceClient = ProviderSection.ClientOf(
                    configurationSection,
                    services,
                    address => string.IsNullOrEmpty(address.Query) ? new BlobServiceClient(address, new DefaultAzureCredential()) : new BlobServiceClient(address),
                    connection => new BlobServiceClient(connection));
                ProviderSection.SetSerializer(options, configurationSection, services);
            }));
}

/// <summary>Keys of a provider's section: TableName or ContainerName; ServiceKey (a registered client), or ConnectionString, or ConnectionName (of ConnectionStrings); SerializerKey.</summary>
internal static class ProviderSection
{
    public static OptionsBuilder<TOptions> FromSection<TOptions>(this OptionsBuilder<TOptions> builder, IConfigurationSection section)
        where TOptions : AzureTableOptions =>
        builder.Configure<IServiceProvider>((options, services) =>
        {
            if (section["TableName"] is { Length: > 0 } table)
            {
                options.TableName = table;
            }

            options.TableServiceClient = ClientOf(
                section,
                services,
                address => string.IsNullOrEmpty(address.Query) ? new TableServiceClient(address, new DefaultAzureCredential()) : new TableServiceClient(address),
                connection => new TableServiceClient(connection));
        });

    /// <summary>An address with a query carries its own permission (SAS); one without is entered with the environment's identity. Null: the section names no account.</summary>
    public static TClient? ClientOf<TClient>(IConfigurationSection section, IServiceProvider services, Func<Uri, TClient> byAddress, Func<string, TClient> byConnection)
        where TClient : class
    {
        if (section["ServiceKey"] is { Length: > 0 } key)
        {
            return services.GetRequiredKeyedService<TClient>(key);
        }

        var connection = section["ConnectionString"];
        if (string.IsNullOrEmpty(connection) && section["ConnectionName"] is { Length: > 0 } name)
        {
            connection = services.GetRequiredService<IConfiguration>().GetConnectionString(name);
        }

        return string.IsNullOrEmpty(connection) ? null
            : Uri.TryCreate(connection, UriKind.Absolute, out var address) ? byAddress(address)
            : byConnection(connection);
    }

    public static void SetSerializer(IStorageProviderSerializerOptions options, IConfigurationSection section, IServiceProvider services)
    {
        if (section["SerializerKey"] is { Length: > 0 } key)
        {
            options.GrainStorageSerializer = services.GetRequiredKeyedService<IGrainStorageSerializer>(key);
        }
    }
}

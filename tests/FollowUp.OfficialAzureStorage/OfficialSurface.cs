using Azure.Data.Tables;
using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Reminders.AzureStorage;
using Orleans.Storage;

// What Microsoft.Orleans.{Clustering,Persistence,Reminders}.AzureStorage 10.4 offer to callers, as far as the engine may call it: names, namespaces and shapes, no behaviour.
// Each package has base classes of its own: options of one are not options of another.
#pragma warning disable CA1801, IDE0060 // Parameters are the point.

namespace Orleans.Clustering.AzureStorage
{
    public class AzureStorageOperationOptions
    {
        public virtual string TableName { get; set; } = "";

        public TableServiceClient? TableServiceClient { get; set; }

        public TableClientOptions? ClientOptions { get; set; }
    }

    public class AzureStorageClusteringOptions : AzureStorageOperationOptions;

    public class AzureStorageGatewayOptions : AzureStorageOperationOptions;
}

namespace Orleans.Reminders.AzureStorage
{
    public class AzureStorageOperationOptions
    {
        public virtual string TableName { get; set; } = "";

        public TableServiceClient? TableServiceClient { get; set; }

        public TableClientOptions? ClientOptions { get; set; }
    }

    public class AzureTableReminderStorageOptions : AzureStorageOperationOptions;
}

namespace Orleans.Persistence.AzureStorage
{
    public class AzureStorageOperationOptions
    {
        public virtual string TableName { get; set; } = "";

        public TableServiceClient? TableServiceClient { get; set; }

        public TableClientOptions? ClientOptions { get; set; }
    }
}

namespace Orleans.Configuration
{
    public class AzureTableStorageOptions : Persistence.AzureStorage.AzureStorageOperationOptions, IStorageProviderSerializerOptions
    {
        public bool DeleteStateOnClear { get; set; }

        public bool UseStringFormat { get; set; }

        public int InitStage { get; set; }

        public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;
    }
}

namespace Orleans.Hosting
{
    public static class AzureTableClusteringExtensions
    {
        public static ISiloBuilder UseAzureStorageClustering(this ISiloBuilder builder, Action<AzureStorageClusteringOptions> configureOptions) => throw new NotSupportedException();

        public static ISiloBuilder UseAzureStorageClustering(this ISiloBuilder builder, Action<OptionsBuilder<AzureStorageClusteringOptions>> configureOptions) => throw new NotSupportedException();

        public static IClientBuilder UseAzureStorageClustering(this IClientBuilder builder, Action<AzureStorageGatewayOptions> configureOptions) => throw new NotSupportedException();

        public static IClientBuilder UseAzureStorageClustering(this IClientBuilder builder, Action<OptionsBuilder<AzureStorageGatewayOptions>> configureOptions) => throw new NotSupportedException();
    }

    public static class AzureStorageReminderSiloBuilderExtensions
    {
        public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, string connectionString) => throw new NotSupportedException();

        public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, Action<AzureTableReminderStorageOptions> configure) => throw new NotSupportedException();

        public static ISiloBuilder UseAzureTableReminderService(this ISiloBuilder builder, Action<OptionsBuilder<AzureTableReminderStorageOptions>> configureOptions) => throw new NotSupportedException();
    }

    public static class AzureTableSiloBuilderExtensions
    {
        public static ISiloBuilder AddAzureTableGrainStorage(this ISiloBuilder builder, string name, Action<AzureTableStorageOptions> configureOptions) => throw new NotSupportedException();

        public static ISiloBuilder AddAzureTableGrainStorage(this ISiloBuilder builder, string name, Action<OptionsBuilder<AzureTableStorageOptions>>? configureOptions = null) => throw new NotSupportedException();
    }
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.AzureUtils;
using Orleans.Clustering.AzureStorage;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;

namespace Orleans.Hosting;

/// <summary>Clustering by an Azure table.</summary>
public static class AzureTableClusteringExtensions
{
    public static ISiloBuilder UseAzureStorageClustering(this ISiloBuilder builder, Action<AzureStorageClusteringOptions> configureOptions) =>
        builder.UseAzureStorageClustering((OptionsBuilder<AzureStorageClusteringOptions> options) => options.Configure(configureOptions));

    public static ISiloBuilder UseAzureStorageClustering(this ISiloBuilder builder, Action<OptionsBuilder<AzureStorageClusteringOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureOptions);
        configureOptions(builder.Services.AddOptions<AzureStorageClusteringOptions>());
        builder.Services.AddTransient<IConfigurationValidator>(provider => new AzureStorageClusteringOptionsValidator(provider.GetRequiredService<IOptions<AzureStorageClusteringOptions>>().Value, Options.DefaultName));
        builder.Services.AddSingleton<IMembershipTable, AzureBasedMembershipTable>();
        return builder;
    }

    public static IClientBuilder UseAzureStorageClustering(this IClientBuilder builder, Action<AzureStorageGatewayOptions> configureOptions) =>
        builder.UseAzureStorageClustering((OptionsBuilder<AzureStorageGatewayOptions> options) => options.Configure(configureOptions));

    public static IClientBuilder UseAzureStorageClustering(this IClientBuilder builder, Action<OptionsBuilder<AzureStorageGatewayOptions>> configureOptions)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configureOptions);
        configureOptions(builder.Services.AddOptions<AzureStorageGatewayOptions>());
        builder.Services.AddTransient<IConfigurationValidator>(provider => new AzureStorageGatewayOptionsValidator(provider.GetRequiredService<IOptions<AzureStorageGatewayOptions>>().Value, Options.DefaultName));
        builder.Services.AddSingleton<IGatewayListProvider, AzureGatewayListProvider>();
        return builder;
    }
}

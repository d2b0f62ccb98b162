using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Storage;

public static class AzureTableGrainStorageFactory
{
    /// <summary>The table storage of the given name, from its named options.</summary>
    public static AzureTableGrainStorage Create(IServiceProvider services, string name) =>
        ActivatorUtilities.CreateInstance<AzureTableGrainStorage>(services, name, services.GetRequiredService<IOptionsMonitor<AzureTableStorageOptions>>().Get(name));
}

public static class AzureBlobGrainStorageFactory
{
    /// <summary>The blob storage of the given name, from its named options.</summary>
    public static AzureBlobGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<AzureBlobStorageOptions>>().Get(name);
        return ActivatorUtilities.CreateInstance<AzureBlobGrainStorage>(services, name, options, options.BuildContainerFactory(services, options));
    }
}

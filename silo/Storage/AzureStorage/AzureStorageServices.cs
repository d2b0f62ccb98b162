using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Everything stored in one Azure Storage account.</summary>
public static class AzureStorageServices
{
    /// <summary>Clustering, grain storage under the given name, reminders, lists and transcripts.</summary>
    public static ISiloBuilder AddAzureStorage(this ISiloBuilder silo, string name)
    {
        ArgumentNullException.ThrowIfNull(silo);
        var documents = $"{name}-documents";
        silo.AddOrleansAzureStorage(documents, new StateJsonSerializer());
        silo.Services.AddSingleton<AzureIndexTable>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => new AzureIndexedGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(documents), services.GetRequiredService<AzureIndexTable>()));
        silo.Services.AddSingleton<IConversationIndex>(services => new AzureConversationIndex(services.GetRequiredKeyedService<IGrainStorage>(documents), services.GetRequiredService<AzureIndexTable>(), TimeProvider.System));
        silo.Services.AddSingleton<ITranscriptStore, AzureTranscriptStore>();
        silo.Services.AddHealthChecks().AddCheck<AzureStorageHealth>("storage", tags: ["ready"]);
        return silo;
    }
}

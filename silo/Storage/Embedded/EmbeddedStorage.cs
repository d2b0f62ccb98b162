using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.Embedded;

/// <summary>Everything stored in one SQLite file.</summary>
public static class EmbeddedStorage
{
    /// <summary>Grain storage under the given name, reminders, lists and transcripts.</summary>
    public static ISiloBuilder AddEmbeddedStorage(this ISiloBuilder silo, string name)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.AddReminders();
        silo.Services.AddOptionsWithValidateOnStart<EmbeddedStorageOptions>().BindConfiguration(EmbeddedStorageOptions.Section).ValidateDataAnnotations();
        silo.Services.AddSingleton<EmbeddedDatabase>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => ActivatorUtilities.CreateInstance<EmbeddedGrainStorage>(services));
        silo.Services.AddSingleton<IReminderTable, EmbeddedReminderTable>();
        silo.Services.AddSingleton<IConversationIndex, EmbeddedConversationIndex>();
        silo.Services.AddSingleton<ITranscriptStore, EmbeddedTranscriptStore>();
        silo.Services.AddHealthChecks().AddCheck<EmbeddedStorageHealth>("storage", tags: ["ready"]);
        return silo;
    }
}

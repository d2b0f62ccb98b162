using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Everything stored in one PostgreSQL database.</summary>
public static class PostgreSqlStorage
{
    /// <summary>Microsoft's name for the provider.</summary>
    internal const string Invariant = "Npgsql";

    /// <summary>Membership (the official package on our tables), grain storage under the given name, reminders, lists and transcripts. The tables are made when the silo starts.</summary>
    public static ISiloBuilder AddPostgreSqlStorage(this ISiloBuilder silo, string name, string connectionString)
    {
        ArgumentNullException.ThrowIfNull(silo);
        silo.UseAdoNetClustering(clustering =>
        {
            clustering.Invariant = Invariant;
            clustering.ConnectionString = connectionString;
        });
        silo.AddReminders();
        silo.Services.AddSingleton(_ => new PostgreSqlDatabase(connectionString));
        silo.Services.AddSingleton<PostgreSqlGrainStorage>();
        silo.Services.AddKeyedSingleton<IGrainStorage>(name, (services, _) => services.GetRequiredService<PostgreSqlGrainStorage>());
        silo.Services.AddSingleton<IReminderTable, PostgreSqlReminderTable>();
        silo.Services.AddSingleton<IConversationIndex, PostgreSqlConversationIndex>();
        silo.Services.AddSingleton<ITranscriptStore, PostgreSqlTranscriptStore>();
        silo.Services.AddHealthChecks().AddCheck<PostgreSqlStorageHealth>("storage", tags: ["ready"]);

        // Before Orleans reads its membership: hosted services start in this order.
        silo.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, PostgreSqlSetup>());
        return silo;
    }
}

namespace FollowUp.Hosting;

/// <summary>Where everything is stored.</summary>
public enum StorageProvider
{
    /// <summary>One process, one SQLite file.</summary>
    Embedded,

    /// <summary>Azure Table and Blob Storage, or Azurite.</summary>
    AzureStorage,

    /// <summary>A PostgreSQL database.</summary>
    PostgreSql,
}

/// <summary><c>Storage:Provider</c> and <c>ConnectionStrings:FollowUp</c>: the same on every process of a cluster.</summary>
public sealed record ClusterStorage(StorageProvider Provider, string ConnectionString)
{
    /// <summary>One process that is silo and gateway, on its own disk.</summary>
    public bool IsStandalone => Provider is StorageProvider.Embedded;

    /// <exception cref="InvalidSettingsException">The provider is not known, or a cluster has no connection string.</exception>
    public static ClusterStorage Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var name = configuration["Storage:Provider"] ?? nameof(StorageProvider.Embedded);
        if (!Enum.TryParse<StorageProvider>(name, ignoreCase: true, out var provider) || !Enum.IsDefined(provider) || char.IsAsciiDigit(name[0]))
        {
            throw new InvalidSettingsException($"Storage:Provider '{name}' is not known. It is one of {string.Join(", ", Enum.GetNames<StorageProvider>())}.");
        }

        var connectionString = configuration.GetConnectionString("FollowUp") ?? "";
        var byIdentity = provider is StorageProvider.AzureStorage && configuration["Storage:Azure:TableServiceUri"] is { Length: > 0 };
        return provider is not StorageProvider.Embedded && connectionString.Length == 0 && !byIdentity
            ? throw new InvalidSettingsException($"Storage:Provider {provider} needs ConnectionStrings:FollowUp, the same on every process of the cluster.")
            : new ClusterStorage(provider, connectionString);
    }
}

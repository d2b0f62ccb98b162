using Azure;
using Azure.Core;
using Azure.Data.Tables;

namespace FollowUp.Storage.AzureStorage;

/// <summary>What the options of every table provider share: which table, reached how.</summary>
public abstract class AzureTableOptions
{
    private Func<Task<TableServiceClient>>? createClient;
    private TableServiceClient? client;

    /// <summary>Name of the table, 3 to 63 letters and digits; made if missing.</summary>
    public virtual string TableName { get; set; } = "";

    /// <summary>The account's table service.</summary>
    public TableServiceClient? TableServiceClient
    {
        get => client;
        set => (client, createClient) = (value, value is null ? null : () => Task.FromResult(value));
    }

    /// <summary>Settings of clients that these options make (by <c>ConfigureTableServiceClient</c>). Default: the retries of <see cref="StoragePolicyOptions"/>.</summary>
    public TableClientOptions? ClientOptions { get; set; }

    /// <summary>Retries and batches.</summary>
    public AzureStoragePolicyOptions StoragePolicyOptions { get; } = new();

    internal bool HasClient => createClient is not null;

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        CreateBy(() => Task.FromResult(new TableServiceClient(connectionString, MakeClientOptions())));
    }

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(Uri serviceUri) =>
        CreateBy(() => Task.FromResult(new TableServiceClient(serviceUri, MakeClientOptions())));

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(Uri serviceUri, TokenCredential tokenCredential) =>
        CreateBy(() => Task.FromResult(new TableServiceClient(serviceUri, tokenCredential, MakeClientOptions())));

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(Uri serviceUri, AzureSasCredential azureSasCredential) =>
        CreateBy(() => Task.FromResult(new TableServiceClient(serviceUri, azureSasCredential, MakeClientOptions())));

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(Uri serviceUri, TableSharedKeyCredential sharedKeyCredential) =>
        CreateBy(() => Task.FromResult(new TableServiceClient(serviceUri, sharedKeyCredential, MakeClientOptions())));

    [Obsolete("Set the TableServiceClient property directly.")]
    public void ConfigureTableServiceClient(Func<Task<TableServiceClient>> createClientCallback) =>
        CreateBy(createClientCallback ?? throw new ArgumentNullException(nameof(createClientCallback)));

    internal async Task<TableServiceClient> GetClientAsync() =>
        client ??= await (createClient ?? throw new InvalidOperationException($"{GetType().Name} has no {nameof(TableServiceClient)}."))();

    // What was said last counts.
    private void CreateBy(Func<Task<TableServiceClient>> create) => (client, createClient) = (null, create);

    private TableClientOptions MakeClientOptions() => ClientOptions ?? StoragePolicyOptions.ToClientOptions();
}

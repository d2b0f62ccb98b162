using Azure;
using Azure.Core;
using Azure.Storage;
using Azure.Storage.Blobs;
using Orleans.Storage;

namespace Orleans.Configuration;

/// <summary>Grain storage in blobs.</summary>
public class AzureBlobStorageOptions : IStorageProviderSerializerOptions
{
    public const string DEFAULT_CONTAINER_NAME = "grainstate";

    public const int DEFAULT_INIT_STAGE = ServiceLifecycleStage.ApplicationServices;

    private Func<Task<BlobServiceClient>>? createClient;
    private BlobServiceClient? client;

    /// <summary>Default: grainstate; made if missing.</summary>
    public string ContainerName { get; set; } = DEFAULT_CONTAINER_NAME;

    /// <summary>The account's blob service.</summary>
    public BlobServiceClient? BlobServiceClient
    {
        get => client;
        set => (client, createClient) = (value, value is null ? null : () => Task.FromResult(value));
    }

    /// <summary>Settings of clients that these options make (by <c>ConfigureBlobServiceClient</c>).</summary>
    public BlobClientOptions? ClientOptions { get; set; }

    /// <summary>Whether a cleared state leaves no blob. Default: true (the opposite of the table's).</summary>
    public bool DeleteStateOnClear { get; set; } = true;

    /// <summary>Stage of the silo's lifecycle in which the container is made. Default: 10,000.</summary>
    public int InitStage { get; set; } = DEFAULT_INIT_STAGE;

    public IGrainStorageSerializer GrainStorageSerializer { get; set; } = null!;

    /// <summary>Chooses containers by grain. Default: all in <see cref="ContainerName"/>.</summary>
    public Func<IServiceProvider, AzureBlobStorageOptions, IBlobContainerFactory> BuildContainerFactory { get; set; } = static (_, options) => new SingleBlobContainer(options);

    internal bool HasClient => createClient is not null;

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(string connectionString)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connectionString);
        CreateBy(() => Task.FromResult(new BlobServiceClient(connectionString, ClientOptions)));
    }

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(Uri serviceUri) =>
        CreateBy(() => Task.FromResult(new BlobServiceClient(serviceUri, ClientOptions)));

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(Uri serviceUri, TokenCredential tokenCredential) =>
        CreateBy(() => Task.FromResult(new BlobServiceClient(serviceUri, tokenCredential, ClientOptions)));

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(Uri serviceUri, AzureSasCredential azureSasCredential) =>
        CreateBy(() => Task.FromResult(new BlobServiceClient(serviceUri, azureSasCredential, ClientOptions)));

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(Uri serviceUri, StorageSharedKeyCredential sharedKeyCredential) =>
        CreateBy(() => Task.FromResult(new BlobServiceClient(serviceUri, sharedKeyCredential, ClientOptions)));

    [Obsolete("Set the BlobServiceClient property directly.")]
    public void ConfigureBlobServiceClient(Func<Task<BlobServiceClient>> createClientCallback) =>
        CreateBy(createClientCallback ?? throw new ArgumentNullException(nameof(createClientCallback)));

    internal async Task<BlobServiceClient> GetClientAsync() =>
        client ??= await (createClient ?? throw new InvalidOperationException($"{nameof(AzureBlobStorageOptions)} has no {nameof(BlobServiceClient)}."))();

    // What was said last counts.
    private void CreateBy(Func<Task<BlobServiceClient>> create) => (client, createClient) = (null, create);
}

public class AzureBlobStorageOptionsValidator(AzureBlobStorageOptions options, string name) : IConfigurationValidator
{
    /// <exception cref="OrleansConfigurationException">Says what is missing or wrong.</exception>
    public void ValidateConfiguration()
    {
        var where = $"{nameof(AzureBlobStorageOptions)} of '{name}'";
        if (!options.HasClient)
        {
            throw new OrleansConfigurationException($"{where}: {nameof(options.BlobServiceClient)} is not set.");
        }

        // https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata
        var container = options.ContainerName ?? "";
        if (container.Length is < 3 or > 63 || container.StartsWith('-') || container.EndsWith('-') || container.Contains("--", StringComparison.Ordinal) || container.Any(c => !char.IsAsciiDigit(c) && !char.IsAsciiLetterLower(c) && c != '-'))
        {
            throw new OrleansConfigurationException($"{where}: {nameof(options.ContainerName)} '{container}' is no name of a container: 3 to 63 lower-case letters, digits and single hyphens inside.");
        }
    }
}

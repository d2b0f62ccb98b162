using Azure.Storage.Blobs;
using Orleans.Configuration;

namespace Orleans.Storage;

/// <summary>Chooses the container of a grain's blobs.</summary>
public interface IBlobContainerFactory
{
    BlobContainerClient GetBlobContainerClient(GrainId grainId);

    /// <summary>Makes what is needed; called once, before the first grain.</summary>
    Task InitializeAsync(BlobServiceClient client);
}

/// <summary>All in one container.</summary>
internal sealed class SingleBlobContainer(AzureBlobStorageOptions options) : IBlobContainerFactory
{
    private BlobContainerClient? container;

    public BlobContainerClient GetBlobContainerClient(GrainId grainId) => container ?? throw new InvalidOperationException("The grain storage is not started.");

    public async Task InitializeAsync(BlobServiceClient client)
    {
        container = client.GetBlobContainerClient(options.ContainerName);
        await container.CreateIfNotExistsAsync();
    }
}

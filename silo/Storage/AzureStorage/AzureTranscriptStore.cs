using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using FollowUp.Ports;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Transcript pages as blobs <c>{service}/{workspace}/{conversation}/{page}.json</c>.</summary>
public sealed class AzureTranscriptStore(AzureAccount account, IOptions<ClusterOptions> cluster) : ITranscriptStore
{
    public const string ContainerName = "followup-transcripts";

    private readonly BlobContainerClient container = account.Blobs.GetBlobContainerClient(ContainerName);

    public async Task WriteAsync(string workspace, string conversationId, int page, byte[] json)
    {
        var blob = container.GetBlobClient(NameOf(workspace, conversationId, page));
        var upload = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = "application/json" } };
        try
        {
            await blob.UploadAsync(new BinaryData(json), upload);
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // The first page ever, or somebody took the container away.
            await container.CreateIfNotExistsAsync();
            await blob.UploadAsync(new BinaryData(json), upload);
        }
    }

    public async Task<byte[]?> ReadAsync(string workspace, string conversationId, int page)
    {
        try
        {
            var found = await container.GetBlobClient(NameOf(workspace, conversationId, page)).DownloadContentAsync();
            return found.Value.Content.ToArray();
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            return null;
        }
    }

    public async Task DeleteAsync(string workspace, string conversationId)
    {
        try
        {
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, FolderOf(workspace, conversationId), CancellationToken.None))
            {
                await container.DeleteBlobIfExistsAsync(blob.Name, DeleteSnapshotsOption.IncludeSnapshots);
            }
        }
        catch (RequestFailedException failure) when (failure.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            // No page was ever written.
        }
    }

    private string NameOf(string workspace, string conversationId, int page) => $"{FolderOf(workspace, conversationId)}{page:D8}.json";

    private string FolderOf(string workspace, string conversationId) => $"{Segment(cluster.Value.ServiceId)}/{Segment(workspace)}/{Segment(conversationId)}/";

    // No slash of an id makes a folder, and no dot is taken for a step upwards.
    private static string Segment(string id) => Uri.EscapeDataString(id).Replace(".", "%2E", StringComparison.Ordinal);
}

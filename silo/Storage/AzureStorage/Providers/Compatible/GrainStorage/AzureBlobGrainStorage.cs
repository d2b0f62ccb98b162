using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Grain state in blobs, in the layout of Microsoft.Orleans.Persistence.AzureStorage 10.4: <c>{state}-{grain}.json</c>, without a service's id. Two services need two containers.</summary>
public partial class AzureBlobGrainStorage(string name, AzureBlobStorageOptions options, IBlobContainerFactory blobContainerFactory, IActivatorProvider activatorProvider, ILogger<AzureBlobGrainStorage> logger)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private const string ContentType = "application/octet-stream";

    private readonly ILogger logger = logger;

    /// <summary>Makes the container; the silo's lifecycle does it at <see cref="AzureBlobStorageOptions.InitStage"/>.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken = default) => await blobContainerFactory.InitializeAsync(await options.GetClientAsync()).WaitAsync(cancellationToken);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(OptionFormattingUtilities.Name<AzureBlobGrainStorage>(name), options.InitStage, InitializeAsync);

    public Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ReadStateAsync(grainType, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        BlobDownloadResult found;
        try
        {
            found = await BlobOf(grainType, grainId).DownloadContentAsync(cancellationToken);
        }
        catch (RequestFailedException failure) when (failure.Status == 404)
        {
            Reset(grainState, etag: null);
            return;
        }

        var etag = found.Details.ETag.ToString();
        if (found.Content.ToMemory().IsEmpty)
        {
            Reset(grainState, etag);
            return;
        }

        // Both change only when the payload could be read.
        grainState.State = options.GrainStorageSerializer.Deserialize<T>(found.Content) ?? activatorProvider.GetActivator<T>().Create();
        grainState.ETag = etag;
        grainState.RecordExists = true;
    }

    public Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => WriteStateAsync(grainType, grainId, grainState, CancellationToken.None);

    public async Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        grainState.ETag = await PutAsync(grainType, grainId, options.GrainStorageSerializer.Serialize(grainState.State), grainState.ETag, cancellationToken);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState) => ClearStateAsync(grainType, grainId, grainState, CancellationToken.None);

    public async Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        string? etag = null;
        if (!options.DeleteStateOnClear)
        {
            etag = await PutAsync(grainType, grainId, BinaryData.Empty, grainState.ETag, cancellationToken);
        }
        else
        {
            try
            {
                // Without an etag nothing was read: there may be nothing, but what somebody else wrote stays.
                await BlobOf(grainType, grainId).DeleteIfExistsAsync(DeleteSnapshotsOption.None, ConditionOf(grainState.ETag), cancellationToken);
            }
            catch (RequestFailedException failure) when (IsConflict(failure))
            {
                throw Conflict(grainType, grainId, grainState.ETag, failure);
            }
        }

        Reset(grainState, etag);
    }

    private static BlobRequestConditions ConditionOf(string? etag) =>
        string.IsNullOrEmpty(etag) ? new BlobRequestConditions { IfNoneMatch = ETag.All } : new BlobRequestConditions { IfMatch = new ETag(etag) };

    private static bool IsConflict(RequestFailedException failure) =>
        failure.Status is 412 or 409 || (failure.Status == 404 && failure.ErrorCode == BlobErrorCode.BlobNotFound);

    private BlobClient BlobOf(string stateName, GrainId grainId) => blobContainerFactory.GetBlobContainerClient(grainId).GetBlobClient($"{stateName}-{grainId}.json");

    private async Task<string> PutAsync(string stateName, GrainId grainId, BinaryData payload, string? etag, CancellationToken cancellationToken)
    {
        var upload = new BlobUploadOptions { HttpHeaders = new BlobHttpHeaders { ContentType = ContentType }, Conditions = ConditionOf(etag) };
        for (var again = true; ; again = false)
        {
            try
            {
                var written = await BlobOf(stateName, grainId).UploadAsync(payload, upload, cancellationToken);
                return written.Value.ETag.ToString();
            }
            catch (RequestFailedException failure) when (again && failure.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                LogContainerMade(name);
                await blobContainerFactory.GetBlobContainerClient(grainId).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            }
            catch (RequestFailedException failure) when (IsConflict(failure))
            {
                throw Conflict(stateName, grainId, etag, failure);
            }
        }
    }

    private InconsistentStateException Conflict(string stateName, GrainId grainId, string? etag, RequestFailedException failure)
    {
        LogConflict(stateName, grainId, failure.Status);
        return new InconsistentStateException($"Another write of {stateName} of {grainId} came first.", "Unknown", etag!, failure);
    }

    private void Reset<T>(IGrainState<T> grainState, string? etag)
    {
        grainState.State = activatorProvider.GetActivator<T>().Create();
        grainState.ETag = etag;
        grainState.RecordExists = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another write came before this one of {State} of {Grain} ({Status})")]
    private partial void LogConflict(string state, GrainId grain, int status);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The container of the grain storage {Name} was gone and is made again")]
    private partial void LogContainerMade(string name);
}

using System.Net;
using Azure;
using Azure.Data.Tables;
using FollowUp.Storage.AzureStorage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Serialization.Serializers;

namespace Orleans.Storage;

/// <summary>Grain state in an Azure table, in the layout of Microsoft.Orleans.Persistence.AzureStorage 10.4: a partition for each grain, a row for each of its states.</summary>
public partial class AzureTableGrainStorage : IGrainStorage, IRestExceptionDecoder, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly string name;
    private readonly AzureTableStorageOptions options;
    private readonly string serviceId;
    private readonly ILogger<AzureTableGrainStorage> logger;
    private readonly IActivatorProvider activators;
    private TableClient? opened;

    public AzureTableGrainStorage(string name, AzureTableStorageOptions options, IOptions<ClusterOptions> clusterOptions, ILogger<AzureTableGrainStorage> logger, IActivatorProvider activatorProvider)
    {
        ArgumentNullException.ThrowIfNull(clusterOptions);
        this.name = name;
        this.options = options ?? throw new ArgumentNullException(nameof(options));
        this.logger = logger;
        serviceId = clusterOptions.Value.ServiceId;
        activators = activatorProvider;
    }

    private TableClient Table => opened ?? throw new InvalidOperationException($"The grain storage '{name}' is not started.");

    /// <summary>Makes the table; the silo's lifecycle does it at <see cref="AzureTableStorageOptions.InitStage"/>.</summary>
    public async Task InitializeAsync(CancellationToken cancellationToken = default) => opened = await options.OpenTableAsync(cancellationToken);

    public void Participate(ISiloLifecycle lifecycle) =>
        lifecycle.Subscribe(OptionFormattingUtilities.Name<AzureTableGrainStorage>(name), options.InitStage, InitializeAsync);

    public async Task ReadStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var found = await Table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(grainId), RowOf(grainType));
        if (!found.HasValue)
        {
            Reset(grainState, etag: null);
            return;
        }

        // A cleared row has an etag, which the next write needs, and no payload.
        var row = found.Value!;
        if (TablePayload.Read(row) is not { } payload)
        {
            Reset(grainState, row.ETag.ToString());
            return;
        }

        grainState.State = options.GrainStorageSerializer.Deserialize<T>(payload) ?? activators.GetActivator<T>().Create();
        grainState.ETag = row.ETag.ToString();
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var row = NewRow(grainType, grainId);
        TablePayload.Write(row, options.GrainStorageSerializer.Serialize(grainState.State), options.UseStringFormat);
        grainState.ETag = await PutAsync(row, grainType, grainId, grainState.ETag);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string grainType, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        string? etag = null;
        if (!options.DeleteStateOnClear)
        {
            etag = await PutAsync(NewRow(grainType, grainId), grainType, grainId, grainState.ETag);
        }
        else if (!string.IsNullOrEmpty(grainState.ETag))
        {
            await DeleteAsync(grainType, grainId, grainState.ETag);
        }

        Reset(grainState, etag);
    }

    /// <summary>What the service answered, for Orleans' logs.</summary>
    public bool DecodeException(Exception e, out HttpStatusCode httpStatusCode, out string restStatus, bool getRESTErrors = false)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            if (inner is RequestFailedException failure)
            {
                (httpStatusCode, restStatus) = ((HttpStatusCode)failure.Status, getRESTErrors ? failure.ErrorCode ?? "" : "");
                return true;
            }
        }

        (httpStatusCode, restStatus) = (default, "");
        return false;
    }

    private static string RowOf(string stateName) => TableKeys.Escape(stateName);

    private string PartitionOf(GrainId grainId) => TableKeys.Escape($"{serviceId}_{grainId}");

    private TableEntity NewRow(string stateName, GrainId grainId) => new(PartitionOf(grainId), RowOf(stateName));

    // Replaces the whole row, so that no chunk of a longer state stays.
    private async Task<string> PutAsync(TableEntity row, string stateName, GrainId grainId, string? etag)
    {
        try
        {
            using var response = string.IsNullOrEmpty(etag)
                ? await Table.AddEntityAsync(row)
                : await Table.UpdateEntityAsync(row, new ETag(etag), TableUpdateMode.Replace);
            return response.Headers.ETag.ToString()!;
        }
        catch (RequestFailedException failure) when (failure.Status is 412 or 409 or 404)
        {
            throw Conflict(stateName, grainId, etag, failure);
        }
    }

    private async Task DeleteAsync(string stateName, GrainId grainId, string etag)
    {
        try
        {
            using var response = await Table.DeleteEntityAsync(PartitionOf(grainId), RowOf(stateName), new ETag(etag));
            if (response.Status == 404)
            {
                throw new RequestFailedException(response);
            }
        }
        catch (RequestFailedException failure) when (failure.Status is 412 or 409 or 404)
        {
            throw Conflict(stateName, grainId, etag, failure);
        }
    }

    private TableStorageUpdateConditionNotSatisfiedException Conflict(string stateName, GrainId grainId, string? etag, RequestFailedException failure)
    {
        LogConflict(stateName, grainId, failure.Status);
        return new TableStorageUpdateConditionNotSatisfiedException(stateName, grainId.ToString(), options.TableName, "Unknown", etag, failure);
    }

    private void Reset<T>(IGrainState<T> grainState, string? etag)
    {
        grainState.State = activators.GetActivator<T>().Create();
        grainState.ETag = etag;
        grainState.RecordExists = false;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another write came before this one of {State} of {Grain} ({Status})")]
    private partial void LogConflict(string state, GrainId grain, int status);
}

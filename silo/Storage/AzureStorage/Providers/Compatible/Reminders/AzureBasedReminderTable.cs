using System.Globalization;
using Azure;
using Azure.Data.Tables;
using FollowUp.Storage.AzureStorage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Reminders.AzureStorage;

namespace Orleans.Runtime.ReminderService;

/// <summary>Reminders in an Azure table, in the layout of Microsoft.Orleans.Reminders.AzureStorage 10.4: a partition by the grain's place on the ring, so that a silo's range is a range of partitions.</summary>
public sealed partial class AzureBasedReminderTable : IReminderTable
{
    private static readonly TimeSpan StartRetry = TimeSpan.FromSeconds(1);

    private readonly ILogger logger;
    private readonly AzureTableReminderStorageOptions options;
    private readonly string serviceId;
    private readonly string clusterId;
    private readonly string prefix;
    private readonly string afterPrefix;
    private readonly TaskCompletionSource<TableClient> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public AzureBasedReminderTable(ILoggerFactory loggerFactory, IOptions<ClusterOptions> clusterOptions, IOptions<AzureTableReminderStorageOptions> storageOptions)
    {
        ArgumentNullException.ThrowIfNull(clusterOptions);
        ArgumentNullException.ThrowIfNull(storageOptions);
        logger = loggerFactory.CreateLogger<AzureBasedReminderTable>();
        options = storageOptions.Value;
        serviceId = clusterOptions.Value.ServiceId;
        clusterId = clusterOptions.Value.ClusterId;

        // Every partition of this service lies between "service_" and "service`", the next character.
        var escaped = TableKeys.Escape(serviceId);
        (prefix, afterPrefix) = ($"{escaped}_", $"{escaped}{(char)('_' + 1)}");
    }

    /// <summary>Makes the table; tries each second until it can or is told to stop. Every other operation waits for it.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                opened.TrySetResult(await options.OpenTableAsync(cancellationToken));
                return;
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                LogNotStarted(options.TableName, failure);
                await Task.Delay(StartRetry, cancellationToken);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        opened.TrySetCanceled(CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task<ReminderTableData> ReadRows(GrainId grainId)
    {
        // Row keys go on with "-" and the reminder's name; "." comes next.
        var (partition, row) = (PartitionOf(grainId), TableKeys.Escape(grainId.ToString()));
        var read = await ReadAsync(TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey gt {row + "-"} and RowKey le {row + "."}"));

        // Escaped keys of other grains may fall together with this one's.
        return new ReminderTableData(read.Where(entry => entry.GrainId == grainId));
    }

    public async Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var (after, upTo) = ($"{prefix}{begin:X8}", $"{prefix}{end:X8}");
        if (begin < end)
        {
            return new ReminderTableData(await ReadAsync(TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey le {upTo}")));
        }

        if (begin == end)
        {
            return new ReminderTableData(await ReadAsync(TableClient.CreateQueryFilter($"PartitionKey gt {prefix} and PartitionKey lt {afterPrefix}")));
        }

        var parts = await Task.WhenAll(
            ReadAsync(TableClient.CreateQueryFilter($"PartitionKey gt {prefix} and PartitionKey le {upTo}")),
            ReadAsync(TableClient.CreateQueryFilter($"PartitionKey gt {after} and PartitionKey lt {afterPrefix}")));
        return new ReminderTableData(parts[0].Concat(parts[1]));
    }

    public async Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName)
    {
        var table = await opened.Task;
        var found = await table.GetEntityIfExistsAsync<TableEntity>(PartitionOf(grainId), RowOf(grainId, reminderName));
        return found.HasValue && IsOurs(found.Value!) && ReminderRow.Read(found.Value!) is { } entry && entry.GrainId == grainId && entry.ReminderName == reminderName ? entry : null;
    }

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var table = await opened.Task;
        var row = ReminderRow.Write(entry, PartitionOf(entry.GrainId), RowOf(entry.GrainId, entry.ReminderName), serviceId, clusterId);
        try
        {
            using var response = await table.UpsertEntityAsync(row, TableUpdateMode.Merge);
            return entry.ETag = response.Headers.ETag.ToString()!;
        }
        catch (RequestFailedException failure) when (failure.IsContention())
        {
            LogContention(entry.GrainId, entry.ReminderName, failure.Status);
            return null;
        }
    }

    public async Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var table = await opened.Task;
        try
        {
            using var response = await table.DeleteEntityAsync(PartitionOf(grainId), RowOf(grainId, reminderName), new ETag(eTag));
            return response.Status != 404;
        }
        catch (RequestFailedException failure) when (failure.IsContention())
        {
            LogContention(grainId, reminderName, failure.Status);
            return false;
        }
    }

    /// <summary>Deletes the reminders of this service that this cluster wrote.</summary>
    public async Task TestOnlyClearTable()
    {
        var table = await opened.Task;
        var filter = TableClient.CreateQueryFilter($"PartitionKey gt {prefix} and PartitionKey lt {afterPrefix} and ServiceId eq {serviceId} and DeploymentId eq {clusterId}");
        var rows = new List<TableEntity>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter, select: ["PartitionKey", "RowKey"]))
        {
            rows.Add(row);
        }

        await table.DeleteRowsAsync(rows, options.StoragePolicyOptions.MaxBulkUpdateRows, CancellationToken.None);
    }

    private string PartitionOf(GrainId grainId) => string.Create(CultureInfo.InvariantCulture, $"{prefix}{grainId.GetUniformHashCode():X8}");

    private static string RowOf(GrainId grainId, string reminderName) => TableKeys.Escape($"{grainId}-{reminderName}");

    private async Task<List<ReminderEntry>> ReadAsync(string filter)
    {
        var table = await opened.Task;
        var entries = new List<ReminderEntry>();
        await foreach (var row in table.QueryAsync<TableEntity>(filter))
        {
            try
            {
                if (IsOurs(row))
                {
                    entries.Add(ReminderRow.Read(row));
                }
            }
            catch (FormatException unreadable)
            {
                // One row that somebody spoilt must not stop the reminders of all others.
                LogUnreadable(row.PartitionKey, row.RowKey, unreadable.Message);
            }
        }

        return entries;
    }

    // Escaped ids of two services may fall together; the row says whose it is.
    private bool IsOurs(TableEntity row)
    {
        if (row.GetString(ReminderRow.ServiceId) == serviceId)
        {
            return true;
        }

        LogForeign(row.PartitionKey, row.RowKey, row.GetString(ReminderRow.ServiceId));
        return false;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The table of reminders {Table} cannot be opened; it is tried again in a second")]
    private partial void LogNotStarted(string table, Exception failure);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Another write came before this one of {Grain}'s reminder {Name} ({Status})")]
    private partial void LogContention(GrainId grain, string name, int status);

    [LoggerMessage(Level = LogLevel.Error, Message = "The reminder {Partition} {Row} cannot be read and is left out: {Reason}")]
    private partial void LogUnreadable(string partition, string row, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The reminder {Partition} {Row} is of the service {Service} and is left out")]
    private partial void LogForeign(string partition, string row, string? service);
}

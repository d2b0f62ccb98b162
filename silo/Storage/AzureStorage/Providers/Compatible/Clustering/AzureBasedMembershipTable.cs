using Azure;
using Azure.Data.Tables;
using FollowUp.Storage.AzureStorage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Configuration;
using Orleans.Storage;

namespace Orleans.Runtime.MembershipService;

/// <summary>The silos of a cluster in one partition of an Azure table, in the layout of Microsoft.Orleans.Clustering.AzureStorage 10.4. Every change is one transaction with the row of the version.</summary>
public sealed partial class AzureBasedMembershipTable : IMembershipTable
{
    /// <summary>Reads of several pages that may be torn by writes in between, before giving up.</summary>
    private const int MostReads = 5;

    private readonly ILogger logger;
    private readonly AzureStorageClusteringOptions options;
    private readonly string clusterId;
    private TableClient? opened;

    public AzureBasedMembershipTable(ILoggerFactory loggerFactory, IOptions<AzureStorageClusteringOptions> options, IOptions<ClusterOptions> clusterOptions)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(clusterOptions);
        logger = loggerFactory.CreateLogger<AzureBasedMembershipTable>();
        this.options = options.Value;
        clusterId = clusterOptions.Value.ClusterId;
    }

    private TableClient Table => opened ?? throw new InvalidOperationException("The membership table is not initialised.");

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        opened = await options.OpenTableAsync(CancellationToken.None);
        if (!tryInitTableVersion || (await Table.GetEntityIfExistsAsync<TableEntity>(clusterId, SiloRow.VersionKey)).HasValue)
        {
            return;
        }

        // Of silos that start together one makes the rows, and that is enough.
        await TrySubmitAsync(
        [
            new(TableTransactionActionType.Add, SiloRow.WriteVersion(clusterId, 0)),
            .. Edges(0),
        ]);
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(InPartition(clusterId), select: ["PartitionKey", "RowKey"]))
        {
            rows.Add(row);
        }

        await Table.DeleteRowsAsync(rows, options.StoragePolicyOptions.MaxBulkUpdateRows, CancellationToken.None);
    }

    /// <summary>Deletes silos that are not active and whose row nobody touched since; by the service's clock. The version stays.</summary>
    public async Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(InPartition(clusterId), select: ["PartitionKey", "RowKey", "Timestamp", SiloRow.Status]))
        {
            if (!SiloRow.IsVersion(row.RowKey) && row.GetString(SiloRow.Status) != nameof(SiloStatus.Active) && row.Timestamp < beforeDate)
            {
                rows.Add(row);
            }
        }

        await Table.DeleteRowsAsync(rows, options.StoragePolicyOptions.MaxBulkUpdateRows, CancellationToken.None);
    }

    public async Task<MembershipTableData> ReadRow(SiloAddress key)
    {
        ArgumentNullException.ThrowIfNull(key);
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {clusterId} and (RowKey eq {SiloRow.KeyOf(key)} or RowKey eq {SiloRow.VersionKey})");
        var rows = new List<TableEntity>();
        await foreach (var row in Table.QueryAsync<TableEntity>(filter))
        {
            rows.Add(row);
        }

        return DataOf(rows);
    }

    public async Task<MembershipTableData> ReadAll()
    {
        for (var tries = 1; ; tries++)
        {
            var rows = new List<TableEntity>();
            var pages = 0;
            await foreach (var page in Table.QueryAsync<TableEntity>(InPartition(clusterId)).AsPages())
            {
                rows.AddRange(page.Values);
                pages++;
            }

            if (pages <= 1 || IsOfOneVersion(rows))
            {
                return DataOf(rows);
            }

            LogTornRead(pages, tries);
            if (tries == MostReads)
            {
                throw new InconsistentStateException($"The membership of {clusterId} changed during each of {MostReads} reads.");
            }
        }
    }

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return TrySubmitAsync([new(TableTransactionActionType.Add, SiloRow.Write(entry, clusterId)), .. NextVersion(tableVersion)]);
    }

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return TrySubmitAsync([new(TableTransactionActionType.UpdateReplace, SiloRow.Write(entry, clusterId), new ETag(etag)), .. NextVersion(tableVersion)]);
    }

    public async Task UpdateIAmAlive(MembershipEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        await Table.UpdateEntityAsync(SiloRow.WriteAlive(entry, clusterId), ETag.All, TableUpdateMode.Merge);
    }

    internal static string InPartition(string clusterId) => TableClient.CreateQueryFilter($"PartitionKey eq {clusterId}");

    // Written together, at both ends of the partition: equal versions mean that no write fell between the pages.
    private static bool IsOfOneVersion(List<TableEntity> rows)
    {
        var start = VersionOf(SiloRow.StartKey);
        var end = VersionOf(SiloRow.EndKey);

        // A silo of an older version moves the row of the version only: where that is ahead of both ends, they cannot tell.
        return start == end || (VersionOf(SiloRow.VersionKey) is { } version && !(version <= start) && !(version <= end));

        int? VersionOf(string key) => rows.Find(row => row.RowKey == key) is { } found ? SiloRow.ReadVersion(found) : null;
    }

    private TableTransactionAction[] NextVersion(TableVersion version) =>
    [
        new(TableTransactionActionType.UpdateReplace, SiloRow.WriteVersion(clusterId, version.Version), new ETag(version.VersionEtag)),
        .. Edges(version.Version),
    ];

    private TableTransactionAction[] Edges(int version) =>
    [
        new(TableTransactionActionType.UpsertReplace, SiloRow.WriteEdge(clusterId, SiloRow.StartKey, version)),
        new(TableTransactionActionType.UpsertReplace, SiloRow.WriteEdge(clusterId, SiloRow.EndKey, version)),
    ];

    private async Task<bool> TrySubmitAsync(TableTransactionAction[] actions)
    {
        try
        {
            await Table.SubmitTransactionAsync(actions);
            return true;
        }
        catch (RequestFailedException failure) when (failure.IsContention())
        {
            LogContention(clusterId, failure.Status);
            return false;
        }
    }

    private MembershipTableData DataOf(List<TableEntity> rows)
    {
        var version = rows.Find(row => row.RowKey == SiloRow.VersionKey) ?? throw new KeyNotFoundException($"The membership table has no version of the cluster {clusterId}.");
        var silos = new List<Tuple<MembershipEntry, string>>(rows.Count);
        foreach (var row in rows.Where(row => !SiloRow.IsVersion(row.RowKey)))
        {
            try
            {
                silos.Add(Tuple.Create(SiloRow.Read(row), row.ETag.ToString()));
            }
            catch (FormatException unreadable)
            {
                LogUnreadable(row.RowKey, unreadable.Message);
            }
        }

        return new MembershipTableData(silos, new TableVersion(SiloRow.ReadVersion(version), version.ETag.ToString()));
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Another change of the membership of {Cluster} came first ({Status})")]
    private partial void LogContention(string cluster, int status);

    [LoggerMessage(Level = LogLevel.Information, Message = "The membership changed while {Pages} pages of it were read, for the {Tries}. time")]
    private partial void LogTornRead(int pages, int tries);

    [LoggerMessage(Level = LogLevel.Error, Message = "The silo {Row} cannot be read and is left out: {Reason}")]
    private partial void LogUnreadable(string row, string reason);
}

using System.Threading.Channels;
using Azure;
using Azure.Data.Tables;
using FollowUp.Ports;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace FollowUp.Storage.AzureStorage;

/// <summary>The table behind the lists. Rows that wait together go in one transaction of their workspace; each caller is answered when its own are stored.</summary>
public sealed partial class AzureIndexTable : IAsyncDisposable
{
    public const string TableName = "FollowUpIndex";

    /// <summary>Rows of a transaction, the service's bound.</summary>
    private const int LargestBatch = 100;

    /// <summary>Transactions under way at the same time.</summary>
    private const int Writers = 8;

    /// <summary>Writes that may wait before callers do; outdated rows that may wait before they are left to the readers.</summary>
    private const int LongestQueue = 10_000;

    private readonly Channel<Write> writes = Channel.CreateBounded<Write>(LongestQueue);
    private readonly Channel<TableEntity> outdated = Channel.CreateBounded<TableEntity>(new BoundedChannelOptions(LongestQueue) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly SemaphoreSlim opening = new(1);
    private readonly TableServiceClient service;
    private readonly string serviceId;
    private readonly ILogger logger;
    private readonly Task[] loops;
    private TableClient? opened;

    public AzureIndexTable(AzureAccount account, IOptions<ClusterOptions> cluster, ILogger<AzureIndexTable> logger)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(cluster);
        service = account.Tables;
        serviceId = cluster.Value.ServiceId;
        this.logger = logger;
        loops = [.. Enumerable.Range(0, Writers).Select(_ => Task.Run(WriteAllAsync)), Task.Run(ForgetAllAsync)];
    }

    /// <summary>Stores the rows of a document under a stamp; none of them stands before.</summary>
    internal async Task PutAsync(string stateName, GrainId grain, IndexStamp stamp, IndexEntry entry)
    {
        var (workspace, id) = GrainKeys.Parse(grain.Key.ToString()!);
        var partition = IndexRow.PartitionOf(serviceId, workspace);
        var write = new Write([.. IndexRow.KeysOf(id, stamp).Select(key => IndexRow.Write(partition, key, stateName, grain, stamp, entry))]);
        await writes.Writer.WriteAsync(write);
        await write.Done.Task;
    }

    /// <summary>Deletes the rows of a stamp that no document carries any more, some time later.</summary>
    internal void Forget(GrainId grain, IndexStamp stamp)
    {
        var (workspace, id) = GrainKeys.Parse(grain.Key.ToString()!);
        foreach (var key in IndexRow.KeysOf(id, stamp))
        {
            Forget(new TableEntity(IndexRow.PartitionOf(serviceId, workspace), key));
        }
    }

    internal void Forget(TableEntity row) => outdated.Writer.TryWrite(row);

    /// <summary>Rows of a list in their order, page by page.</summary>
    internal async IAsyncEnumerable<IReadOnlyList<TableEntity>> ReadAsync(IndexQuery query, string? after, int pageSize, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var table = await OpenAsync(cancellationToken);
        await foreach (var page in table.QueryAsync<TableEntity>(IndexRow.FilterOf(serviceId, query, after), pageSize, cancellationToken: cancellationToken).AsPages())
        {
            yield return page.Values;
        }
    }

    /// <summary>Asks the service for nothing in particular.</summary>
    internal async Task ProbeAsync(CancellationToken cancellationToken)
    {
        var table = await OpenAsync(cancellationToken);
        await table.GetEntityIfExistsAsync<TableEntity>("probe", "probe", cancellationToken: cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        outdated.Writer.TryComplete();
        await Task.WhenAll(loops);
        opening.Dispose();
    }

    private async ValueTask<TableClient> OpenAsync(CancellationToken cancellationToken = default)
    {
        if (opened is not null)
        {
            return opened;
        }

        await opening.WaitAsync(cancellationToken);
        try
        {
            var table = service.GetTableClient(TableName);
            await table.CreateIfNotExistsAsync(cancellationToken);
            return opened = table;
        }
        finally
        {
            opening.Release();
        }
    }

    private async Task WriteAllAsync()
    {
        var batch = new List<Write>();
        while (await writes.Reader.WaitToReadAsync())
        {
            for (var rows = 0; rows + 2 <= LargestBatch && writes.Reader.TryRead(out var write); rows += write.Rows.Length)
            {
                batch.Add(write);
            }

            foreach (var partition in batch.GroupBy(write => write.Rows[0].PartitionKey, StringComparer.Ordinal))
            {
                await SubmitAsync([.. partition]);
            }

            batch.Clear();
        }
    }

    private async Task SubmitAsync(Write[] batch)
    {
        try
        {
            var table = await OpenAsync();
            await table.SubmitTransactionAsync(batch.SelectMany(write => write.Rows).Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)));
            Array.ForEach(batch, write => write.Done.TrySetResult());
        }
#pragma warning disable CA1031 // Whatever stopped the transaction stops its callers, and only them.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            Array.ForEach(batch, write => write.Done.TrySetException(failure));
        }
    }

    private async Task ForgetAllAsync()
    {
        var batch = new List<TableEntity>();
        while (await outdated.Reader.WaitToReadAsync())
        {
            while (batch.Count < LargestBatch && outdated.Reader.TryRead(out var row))
            {
                batch.Add(row);
            }

            foreach (var partition in batch.DistinctBy(row => (row.PartitionKey, row.RowKey)).GroupBy(row => row.PartitionKey, StringComparer.Ordinal))
            {
                await DeleteAsync([.. partition]);
            }

            batch.Clear();
        }
    }

    private async Task DeleteAsync(TableEntity[] rows)
    {
        try
        {
            var table = await OpenAsync();
            try
            {
                await table.SubmitTransactionAsync(rows.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)));
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                // One of them is gone already, so the others were left: one by one.
                foreach (var row in rows)
                {
                    await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
                }
            }
        }
#pragma warning disable CA1031 // An outdated row shows nowhere; a reader that meets it later has it deleted.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            LogNotForgotten(rows.Length, failure.GetType().Name);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} outdated rows of the index could not be deleted ({Failure}); readers pass over them")]
    private partial void LogNotForgotten(int count, string failure);

    private sealed record Write(TableEntity[] Rows)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

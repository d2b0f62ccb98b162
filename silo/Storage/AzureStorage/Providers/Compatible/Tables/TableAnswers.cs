using Azure;
using Azure.Data.Tables;
using Azure.Data.Tables.Models;

namespace FollowUp.Storage.AzureStorage;

/// <summary>What the service's refusals mean.</summary>
internal static class TableAnswers
{
    /// <summary>Another write came first, or the row is gone: an answer, not a fault.</summary>
    public static bool IsContention(this RequestFailedException failure) => failure.Status is 412 or 409 or 404 or 501;

    /// <summary>The table, made if missing.</summary>
    public static async Task<TableClient> OpenTableAsync(this AzureTableOptions options, CancellationToken cancellationToken)
    {
        var policy = options.StoragePolicyOptions;
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(policy.CreationTimeout);
        var table = (await options.GetClientAsync()).GetTableClient(options.TableName);
        for (var tries = 0; ; tries++)
        {
            try
            {
                await table.CreateIfNotExistsAsync(timeout.Token);
                return table;
            }
            catch (RequestFailedException deleting) when (deleting.ErrorCode == TableErrorCode.TableBeingDeleted && tries < policy.MaxCreationRetries)
            {
                await Task.Delay(policy.PauseBetweenCreationRetries, timeout.Token);
            }
        }
    }

    /// <summary>Deletes rows in transactions of one partition each; rows that are gone already are no error.</summary>
    public static async Task DeleteRowsAsync(this TableClient table, IEnumerable<TableEntity> rows, int batch, CancellationToken cancellationToken)
    {
        foreach (var chunk in rows.GroupBy(row => row.PartitionKey, StringComparer.Ordinal).SelectMany(partition => partition.Chunk(batch)))
        {
            try
            {
                await table.SubmitTransactionAsync(chunk.Select(row => new TableTransactionAction(TableTransactionActionType.Delete, row, ETag.All)), cancellationToken);
            }
            catch (RequestFailedException gone) when (gone.Status == 404)
            {
                foreach (var row in chunk)
                {
                    await table.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All, cancellationToken);
                }
            }
        }
    }
}

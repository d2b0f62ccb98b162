using System.Buffers.Text;
using System.Text;
using Azure.Data.Tables;
using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Lists by the rows of the index table, each believed only if the document itself names it.</summary>
public sealed class AzureConversationIndex(IGrainStorage documents, AzureIndexTable index, TimeProvider time) : IConversationIndex
{
    /// <summary>Documents read at the same time.</summary>
    private const int Concurrency = 16;

    /// <summary>Tries to read a page whose conversations change meanwhile.</summary>
    private const int MostTries = 3;

    /// <summary>No write takes this long: a row that its document does not name by then never will be.</summary>
    private static readonly TimeSpan Outdated = TimeSpan.FromHours(1);

    public async Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        var after = query.Cursor is null ? null : Decode(query.Cursor, query.Order);
        var passedOver = new HashSet<string>(StringComparer.Ordinal);
        for (var tries = 1; ; tries++)
        {
            var known = passedOver.Count;
            var page = await ReadAsync(query, after, passedOver, cancellationToken);

            // A row that its document has just left: the conversation stands elsewhere by now, perhaps on this very page.
            if (passedOver.Count == known || tries == MostTries)
            {
                return page;
            }
        }
    }

    private async Task<IndexPage> ReadAsync(IndexQuery query, string? after, HashSet<string> passedOver, CancellationToken cancellationToken)
    {
        var search = query.Search?.ToLowerInvariant();
        var hits = new List<IndexHit>();
        var last = "";
        await foreach (var page in index.ReadAsync(query, after, query.Limit + 1, cancellationToken))
        {
            var rows = search is null ? page : [.. page.Where(row => row.GetString(IndexRow.Search)?.Contains(search, StringComparison.Ordinal) is true)];
            var found = new byte[]?[rows.Count];
            await Parallel.ForAsync(0, rows.Count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency, CancellationToken = cancellationToken }, async (i, _) => found[i] = await DocumentOfAsync(rows[i]));
            for (var i = 0; i < rows.Count; i++)
            {
                if (found[i] is not { } document)
                {
                    PassOver(rows[i], passedOver);
                }
                else if (hits.Count == query.Limit)
                {
                    return new IndexPage(hits, Encode(last));
                }
                else
                {
                    hits.Add(new IndexHit(GrainKeys.Parse(GrainId.Parse(rows[i].GetString(IndexRow.Grain)).Key.ToString()!).Id, document));
                    last = rows[i].RowKey;
                }
            }
        }

        return new IndexPage(hits, null);
    }

    // Null: the document does not name this row.
    private async Task<byte[]?> DocumentOfAsync(TableEntity row)
    {
        var stored = new GrainState<StoredBytes>(new StoredBytes());
        await documents.ReadStateAsync(row.GetString(IndexRow.State), GrainId.Parse(row.GetString(IndexRow.Grain)), stored);
        return stored.RecordExists && IndexStamp.Of(stored.State!.Json.Span) == row.GetString(IndexRow.Stamp) ? stored.State.Json.ToArray() : null;
    }

    private void PassOver(TableEntity row, HashSet<string> passedOver)
    {
        passedOver.Add(row.RowKey);
        if (row.Timestamp < time.GetUtcNow() - Outdated)
        {
            index.Forget(row);
        }
    }

    private static string Encode(string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(key));

    private static string Decode(string cursor, IndexOrder order)
    {
        var key = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        return key.StartsWith(order is IndexOrder.DueAt ? IndexRow.Due : IndexRow.Activity, StringComparison.Ordinal) ? key : throw new FormatException("Not a cursor.");
    }
}

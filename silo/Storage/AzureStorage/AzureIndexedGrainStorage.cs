using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Grain storage whose documents stand in lists: the rows of the index first, then the document that names them, then the rows of before are deleted (docs/decisions/azure-index.md).</summary>
public sealed class AzureIndexedGrainStorage(IGrainStorage documents, AzureIndexTable index) : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => documents.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (grainState.State is not IIndexedState indexed)
        {
            await documents.WriteStateAsync(stateName, grainId, grainState);
            return;
        }

        var before = IndexStamp.Parse(indexed.IndexStamp);
        IndexStamp? after = null;
        if (indexed.ToIndexEntry() is { } entry)
        {
            after = before;
            if (before?.HasColumnsOf(entry) is not true)
            {
                after = IndexStamp.For(entry);
                await index.PutAsync(stateName, grainId, after, entry);
            }
        }

        indexed.IndexStamp = after?.ToString();
        try
        {
            await documents.WriteStateAsync(stateName, grainId, grainState);
        }
        catch
        {
            // The new rows stay: of a write whose answer was lost nobody knows here whether it names them. Readers do, from the document.
            indexed.IndexStamp = before?.ToString();
            throw;
        }

        if (before is not null && after != before)
        {
            index.Forget(grainId, before);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var before = IndexStamp.Parse((grainState.State as IIndexedState)?.IndexStamp);
        await documents.ClearStateAsync(stateName, grainId, grainState);
        if (before is not null)
        {
            index.Forget(grainId, before);
        }
    }
}

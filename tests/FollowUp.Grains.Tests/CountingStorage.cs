using System.Collections.Concurrent;
using System.Text.Json;
using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Grains;

/// <summary>Storage in memory that counts its writes and can be told to fail.</summary>
public sealed class CountingStorage : IGrainStorage, ITranscriptStore, IConversationIndex
{
    private readonly ConcurrentDictionary<string, (long Version, byte[] Json)> rows = new();
    private readonly ConcurrentDictionary<string, int> writes = new();
    private readonly ConcurrentDictionary<string, byte[]> pages = new();

    /// <summary>The next writes of this state name fail.</summary>
    public string? Failing { get; set; }

    public int WritesOf(string stateName) => writes.GetValueOrDefault(stateName);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (rows.TryGetValue($"{stateName}/{grainId}", out var row))
        {
            grainState.State = JsonSerializer.Deserialize<T>(row.Json, StateJson.Options)!;
            grainState.ETag = row.Version.ToString();
            grainState.RecordExists = true;
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Failing == stateName)
        {
            throw new IOException("The disk is full.");
        }

        var key = $"{stateName}/{grainId}";
        var before = rows.TryGetValue(key, out var row) ? row.Version.ToString() : null;
        if (before != grainState.ETag)
        {
            throw new InconsistentStateException("Another write came first.", before, grainState.ETag);
        }

        rows[key] = (row.Version + 1, JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options));
        grainState.ETag = (row.Version + 1).ToString();
        grainState.RecordExists = true;
        writes.AddOrUpdate(stateName, 1, (_, count) => count + 1);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        rows.TryRemove($"{stateName}/{grainId}", out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    public Task WriteAsync(string workspace, string conversationId, int page, byte[] json)
    {
        pages[$"{workspace}/{conversationId}/{page}"] = json;
        return Task.CompletedTask;
    }

    public Task<byte[]?> ReadAsync(string workspace, string conversationId, int page) => Task.FromResult(pages.GetValueOrDefault($"{workspace}/{conversationId}/{page}"));

    public Task DeleteAsync(string workspace, string conversationId) => Task.CompletedTask;

    public Task<IndexPage> QueryAsync(IndexQuery query, CancellationToken cancellationToken = default) => Task.FromResult(new IndexPage([], null));
}

using System.Text;
using System.Text.Json;
using FollowUp.Ports;
using Npgsql;
using Orleans.Storage;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Grain state as JSON in PostgreSQL, group-committed, with the columns of the lists in the same row. The etag is a version that only rises; that of a new row starts anywhere, so that a stale one never fits a row made again.</summary>
public sealed class PostgreSqlGrainStorage : IGrainStorage, IAsyncDisposable
{
    /// <summary>Batches under way at the same time.</summary>
    private const int Loops = 2;

    private readonly PostgreSqlDatabase database;
    private readonly GroupCommit<StateWrite, long> writes;

    public PostgreSqlGrainStorage(PostgreSqlDatabase database)
    {
        this.database = database;
        writes = new GroupCommit<StateWrite, long>(batch => StateBatch.WriteAsync(database, batch), PostgreSqlDatabase.TouchesOneRow, Loops);
    }

    /// <summary>Whether the last batch could be written.</summary>
    public bool IsWritable => writes.IsWritable;

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var rows = await database.ReadAsync(
            "SELECT version, payload FROM followup_state WHERE grain_type = $1 AND grain_key = $2",
            reader => (Version: reader.GetInt64(0), Payload: reader.GetFieldValue<byte[]>(1)),
            new NpgsqlParameter { Value = stateName },
            new NpgsqlParameter { Value = KeyOf(grainId) });
        if (rows.Count == 0)
        {
            Forget(grainState);
            return;
        }

        grainState.State = JsonSerializer.Deserialize<T>(rows[0].Payload, StateJson.Options)!;
        grainState.ETag = rows[0].Version.ToString();
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = KeyOf(grainId);
        var entry = (grainState.State as IIndexedState)?.ToIndexEntry();
        var version = await writes.WriteAsync(new StateWrite
        {
            Row = (stateName, key),
            Before = Before(grainState.ETag),
            Payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options),
            Workspace = entry is null ? null : GrainKeys.Parse(key).Workspace,
            Entry = entry is null ? null : entry with { SearchText = Storable(entry.SearchText) },
        });
        if (version == 0)
        {
            throw Stale(stateName, grainState.ETag);
        }

        grainState.ETag = version.ToString();
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        if (grainState.ETag is { } etag && await writes.WriteAsync(new StateWrite { Row = (stateName, KeyOf(grainId)), Before = Before(etag) }) == 0)
        {
            throw Stale(stateName, etag);
        }

        Forget(grainState);
    }

    public ValueTask DisposeAsync() => writes.DisposeAsync();

    private static void Forget<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    // An etag of another provider fits nothing.
    private static long? Before(string? etag) => etag is null ? null : long.TryParse(etag, out var version) ? version : -1;

    private static InconsistentStateException Stale(string stateName, string? etag) => new($"Another write came before this one for {stateName}.", "newer", etag);

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;

    // PostgreSQL's text holds neither NUL nor half a surrogate pair; the document has them escaped.
    private static string Storable(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace("\0", "", StringComparison.Ordinal);
}

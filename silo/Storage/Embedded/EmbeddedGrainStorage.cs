using System.Text.Json;
using FollowUp.Ports;
using Orleans.Storage;

namespace FollowUp.Storage.Embedded;

/// <summary>Grain state as JSON in SQLite, group-committed, with the columns of the lists in the same row. The etag is a version that only rises.</summary>
public sealed class EmbeddedGrainStorage(EmbeddedDatabase database) : IGrainStorage
{
    private const string Insert = """
        INSERT INTO grain_state (grain_type, grain_key, version, payload, workspace, status, bot_id, next_due_at, scenario, step_state, channel, last_activity_at, missed, search_text)
        VALUES ($type, $key, 1, $payload, $workspace, $status, $bot, $due, $scenario, $state, $channel, $activity, $missed, $search)
        ON CONFLICT DO NOTHING
        """;

    private const string Update = """
        UPDATE grain_state SET version = version + 1, payload = $payload, workspace = $workspace, status = $status, bot_id = $bot, next_due_at = $due,
            scenario = $scenario, step_state = $state, channel = $channel, last_activity_at = $activity, missed = $missed, search_text = $search
        WHERE grain_type = $type AND grain_key = $key AND version = $version
        """;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var found = database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT version, payload FROM grain_state WHERE grain_type = $type AND grain_key = $key";
            command.Parameters.AddWithValue("$type", stateName);
            command.Parameters.AddWithValue("$key", KeyOf(grainId));
            using var reader = command.ExecuteReader();
            return reader.Read() ? (Version: reader.GetInt64(0), Payload: (byte[])reader.GetValue(1)) : ((long Version, byte[] Payload)?)null;
        });
        if (found is not { } row)
        {
            grainState.State = Activator.CreateInstance<T>();
            grainState.ETag = null;
            grainState.RecordExists = false;
            return Task.CompletedTask;
        }

        grainState.State = JsonSerializer.Deserialize<T>(row.Payload, StateJson.Options)!;
        grainState.ETag = row.Version.ToString();
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var payload = JsonSerializer.SerializeToUtf8Bytes(grainState.State, StateJson.Options);
        var key = KeyOf(grainId);
        var entry = (grainState.State as IIndexedState)?.ToIndexEntry();
        var workspace = entry is null ? null : GrainKeys.Parse(key).Workspace;
        var before = grainState.ETag is null ? 0 : long.Parse(grainState.ETag);
        var written = await database.WriteAsync(statements => before == 0
            ? statements.Execute(Insert, ("$type", stateName), ("$key", key), ("$payload", payload), ("$workspace", workspace), ("$status", entry?.Status), ("$bot", entry?.BotId), ("$due", entry?.NextDueAt?.UtcTicks), ("$scenario", entry?.Scenario), ("$state", entry?.StepState), ("$channel", entry?.Channel), ("$activity", entry?.LastActivityAt.UtcTicks), ("$missed", entry is null ? null : entry.Missed ? 1 : 0), ("$search", entry?.SearchText))
            : statements.Execute(Update, ("$payload", payload), ("$workspace", workspace), ("$status", entry?.Status), ("$bot", entry?.BotId), ("$due", entry?.NextDueAt?.UtcTicks), ("$scenario", entry?.Scenario), ("$state", entry?.StepState), ("$channel", entry?.Channel), ("$activity", entry?.LastActivityAt.UtcTicks), ("$missed", entry is null ? null : entry.Missed ? 1 : 0), ("$search", entry?.SearchText), ("$type", stateName), ("$key", key), ("$version", before)));
        if (written == 0)
        {
            throw new InconsistentStateException($"Another write came before this one for {stateName}.", "newer", grainState.ETag);
        }

        grainState.ETag = (before + 1).ToString();
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        ArgumentNullException.ThrowIfNull(grainState);
        var key = KeyOf(grainId);
        if (grainState.ETag is { } etag)
        {
            var before = long.Parse(etag);
            var deleted = await database.WriteAsync(statements => statements.Execute("DELETE FROM grain_state WHERE grain_type = $type AND grain_key = $key AND version = $version", ("$type", stateName), ("$key", key), ("$version", before)));
            if (deleted == 0)
            {
                throw new InconsistentStateException($"Another write came before this one for {stateName}.", "newer", etag);
            }
        }

        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private static string KeyOf(GrainId grainId) => grainId.Key.ToString()!;
}

using FollowUp.Ports;
using Npgsql;

namespace FollowUp.Storage.PostgreSql;

/// <summary>Transcript pages in PostgreSQL.</summary>
public sealed class PostgreSqlTranscriptStore(PostgreSqlDatabase database) : ITranscriptStore
{
    public Task WriteAsync(string workspace, string conversationId, int page, byte[] json) =>
        ExecuteAsync("INSERT INTO followup_transcript VALUES ($1, $2, $3, $4) ON CONFLICT (workspace, conversation, page) DO UPDATE SET payload = excluded.payload", workspace, conversationId, page, json);

    public async Task<byte[]?> ReadAsync(string workspace, string conversationId, int page) =>
        (await database.ReadAsync(
            "SELECT payload FROM followup_transcript WHERE workspace = $1 AND conversation = $2 AND page = $3",
            reader => reader.GetFieldValue<byte[]>(0),
            new NpgsqlParameter { Value = workspace },
            new NpgsqlParameter { Value = conversationId },
            new NpgsqlParameter { Value = page })).FirstOrDefault();

    public Task DeleteAsync(string workspace, string conversationId) =>
        ExecuteAsync("DELETE FROM followup_transcript WHERE workspace = $1 AND conversation = $2", workspace, conversationId);

    private async Task ExecuteAsync(string sql, params object[] values)
    {
#pragma warning disable CA2100 // The constants above; values are parameters.
        await using var command = database.Writes.CreateCommand(sql);
#pragma warning restore CA2100
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        await command.ExecuteNonQueryAsync();
    }
}

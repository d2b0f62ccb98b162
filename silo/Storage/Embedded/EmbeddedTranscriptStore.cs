using FollowUp.Ports;

namespace FollowUp.Storage.Embedded;

/// <summary>Transcript pages in SQLite.</summary>
public sealed class EmbeddedTranscriptStore(EmbeddedDatabase database) : ITranscriptStore
{
    public Task WriteAsync(string workspace, string conversationId, int page, byte[] json) =>
        database.WriteAsync(statements => statements.Execute(
            "INSERT INTO transcript_page (workspace, conversation, page, payload) VALUES ($workspace, $conversation, $page, $payload) ON CONFLICT DO UPDATE SET payload = excluded.payload",
            ("$workspace", workspace), ("$conversation", conversationId), ("$page", page), ("$payload", json)));

    public Task<byte[]?> ReadAsync(string workspace, string conversationId, int page) =>
        Task.FromResult(database.Read(connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT payload FROM transcript_page WHERE workspace = $workspace AND conversation = $conversation AND page = $page";
            command.Parameters.AddWithValue("$workspace", workspace);
            command.Parameters.AddWithValue("$conversation", conversationId);
            command.Parameters.AddWithValue("$page", page);
            return (byte[]?)command.ExecuteScalar();
        }));

    public Task DeleteAsync(string workspace, string conversationId) =>
        database.WriteAsync(statements => statements.Execute(
            "DELETE FROM transcript_page WHERE workspace = $workspace AND conversation = $conversation", ("$workspace", workspace), ("$conversation", conversationId)));
}

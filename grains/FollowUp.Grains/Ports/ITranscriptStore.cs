namespace FollowUp.Ports;

/// <summary>Full pages of transcripts, out of the documents that are rewritten with every message.</summary>
public interface ITranscriptStore
{
    /// <summary>Keeps a page; the same page again replaces it.</summary>
    Task WriteAsync(string workspace, string conversationId, int page, byte[] json);

    Task<byte[]?> ReadAsync(string workspace, string conversationId, int page);

    Task DeleteAsync(string workspace, string conversationId);
}

using System.Text.Json;
using System.Text.Json.Serialization;
using FollowUp.Conversations;

namespace FollowUp.LiveChat;

/// <summary>A frame from the visitor: <c>{"type":"message","clientMessageId":"…","text":"…"}</c>.</summary>
internal sealed record VisitorFrame
{
    public string? Type { get; init; }
    public string? SessionToken { get; init; }
    public long? LastSeq { get; init; }
    public string? ClientMessageId { get; init; }
    public string? Text { get; init; }
    public long? Seq { get; init; }
}

/// <summary>Frames to the visitor; see docs/live-chat.md.</summary>
internal static class ChatFrames
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        MaxDepth = 4,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static VisitorFrame? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize<VisitorFrame>(json, Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static byte[] Welcome(string conversationId, long lastSeq, long from) => Write(new { type = "welcome", conversationId, lastSeq, from });

    public static byte[] Ack(string clientMessageId, MessageReceived taken) => Write(new { type = "ack", clientMessageId, seq = taken.Sequence, duplicate = taken.Duplicate });

    public static byte[] Message(TranscriptMessage message) => Write(Of(message));

    public static byte[] Typing(Author author) => Write(new { type = "typing", author });

    public static byte[] Error(int status, string code, string detail, string? clientMessageId = null) => Write(new { type = "error", status, code, detail, clientMessageId });

    public static byte[] Pong() => Write(new { type = "pong" });

    /// <summary>A message as every transport shows it.</summary>
    public static object Of(TranscriptMessage message) => new
    {
        type = "message",
        seq = message.Sequence,
        messageId = message.MessageId,
        author = message.Author,
        text = message.Text,
        at = message.At.UtcDateTime,
        attachments = message.Attachments,
    };

    private static byte[] Write<T>(T frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Options);
}

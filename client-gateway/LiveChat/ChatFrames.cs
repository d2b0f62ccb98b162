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

    public static byte[] Welcome(string conversationId, long lastSeq) => Write(new { type = "welcome", conversationId, lastSeq });

    public static byte[] Ack(string clientMessageId, long? seq, bool duplicate) => Write(new { type = "ack", clientMessageId, seq, duplicate });

    public static byte[] Message(TranscriptMessage message) => Write(new
    {
        type = "message",
        seq = message.Sequence,
        messageId = message.MessageId,
        author = message.Author,
        text = message.Text,
        at = message.At.UtcDateTime,
    });

    public static byte[] Error(string code, string detail, string? clientMessageId = null) => Write(new { type = "error", code, detail, clientMessageId });

    public static byte[] Pong() => Write(new { type = "pong" });

    private static byte[] Write<T>(T frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Options);
}

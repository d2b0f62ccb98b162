using System.Text.Json.Serialization;

namespace FollowUp.Connectors.Meta;

/// <summary>
/// What we read of an answer: <c>{"recipient_id":"…","message_id":"m_…"}</c> of Messenger and Instagram, <c>{"messages":[{"id":"wamid.…","message_status":"accepted"}]}</c> of WhatsApp,
/// <c>{"error":{"message":"…","code":10,"error_subcode":2018278,"fbtrace_id":"…"}}</c> of all.
/// </summary>
internal sealed record MetaAnswer
{
    [JsonPropertyName("message_id")]
    public string? MessageId { get; init; }

    [JsonPropertyName("messages")]
    public IReadOnlyList<MetaMessageId>? Messages { get; init; }

    [JsonPropertyName("error")]
    public MetaError? Error { get; init; }

    [JsonIgnore]
    public string? Id => MessageId ?? (Messages is [{ Id: { } id }, ..] ? id : null);
}

internal sealed record MetaMessageId
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }
}

internal sealed record MetaError
{
    [JsonPropertyName("code")]
    public int? Code { get; init; }

    [JsonPropertyName("error_subcode")]
    public int? Subcode { get; init; }
}

/// <summary>A contact's thread: <c>{"data":[{"messages":{"data":[{"id":"m_…","created_time":"2026-11-22T19:04:00+0000","from":{"id":"…"},"message":"…"}]}}]}</c>.</summary>
internal sealed record MetaThreads
{
    [JsonPropertyName("data")]
    public IReadOnlyList<MetaThread> Data { get; init; } = [];
}

internal sealed record MetaThread
{
    [JsonPropertyName("messages")]
    public MetaThreadMessages? Messages { get; init; }
}

internal sealed record MetaThreadMessages
{
    [JsonPropertyName("data")]
    public IReadOnlyList<MetaThreadMessage> Data { get; init; } = [];
}

internal sealed record MetaThreadMessage
{
    [JsonPropertyName("id")]
    public string? Id { get; init; }

    [JsonPropertyName("created_time")]
    public string? CreatedTime { get; init; }

    [JsonPropertyName("from")]
    public MetaMessageId? From { get; init; }

    [JsonPropertyName("message")]
    public string? Message { get; init; }
}

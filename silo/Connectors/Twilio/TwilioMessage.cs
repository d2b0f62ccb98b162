using System.Globalization;
using System.Text.Json.Serialization;

namespace FollowUp.Connectors.Twilio;

/// <summary>What we read of a message resource: <c>{"sid":"SM…","status":"queued","direction":"outbound-api","to":"+1…","body":"…","date_created":"Thu, 24 Aug 2023 05:01:45 +0000",…}</c>.</summary>
internal sealed record TwilioMessage
{
    [JsonPropertyName("sid")]
    public string? Sid { get; init; }

    [JsonPropertyName("direction")]
    public string? Direction { get; init; }

    [JsonPropertyName("to")]
    public string? To { get; init; }

    [JsonPropertyName("from")]
    public string? From { get; init; }

    [JsonPropertyName("messaging_service_sid")]
    public string? MessagingServiceSid { get; init; }

    /// <summary>A number as a string.</summary>
    [JsonPropertyName("num_media")]
    public string? NumMedia { get; init; }

    [JsonPropertyName("body")]
    public string? Body { get; init; }

    [JsonPropertyName("date_created")]
    public string? DateCreated { get; init; }

    [JsonIgnore]
    public DateTimeOffset? CreatedAt => DateTimeOffset.TryParseExact(DateCreated, "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
        || DateTimeOffset.TryParse(DateCreated, CultureInfo.InvariantCulture, out at) ? at : null;

    /// <summary>SM or MM and 32 hexadecimal digits.</summary>
    [JsonIgnore]
    public bool HasSid => Sid is { Length: 34 } sid && (sid.StartsWith("SM", StringComparison.Ordinal) || sid.StartsWith("MM", StringComparison.Ordinal)) && sid.AsSpan(2).IndexOfAnyExcept(HexDigits) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}

/// <summary>A page of the message list.</summary>
internal sealed record TwilioMessageList
{
    [JsonPropertyName("messages")]
    public IReadOnlyList<TwilioMessage> Messages { get; init; } = [];

    /// <summary>A path with its query; null on the last page.</summary>
    [JsonPropertyName("next_page_uri")]
    public string? NextPageUri { get; init; }
}

/// <summary>An error: <c>{"code":21211,"message":"…","status":400}</c>, or the newer <c>{"type":"https://www.twilio.com/docs/errors/21211","title":"…","status":400}</c>.</summary>
internal sealed record TwilioError
{
    [JsonPropertyName("code")]
    public int Code { get; init; }

    [JsonPropertyName("type")]
    public string? Type { get; init; }

    /// <summary>0: no code that we know how to read.</summary>
    [JsonIgnore]
    public int Number => Code > 0 ? Code : int.TryParse(Type?[(Type.LastIndexOf('/') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

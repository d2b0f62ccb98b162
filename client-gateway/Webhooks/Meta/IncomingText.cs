namespace FollowUp.Webhooks.Meta;

/// <summary>The bounds of what the engine takes, applied to what a provider sends: nothing is refused for being long.</summary>
internal static class IncomingText
{
    public const int MostAttachments = 10;

    private const int LongestText = 4_096;
    private const int LongestUrl = 2_048;

    /// <summary>Null for an empty text.</summary>
    public static string? Clipped(string? text) =>
        string.IsNullOrEmpty(text) ? null : text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)];

    public static bool IsWebAddress(string? url) =>
        url is { Length: <= LongestUrl } && Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp);
}

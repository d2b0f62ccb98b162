using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.Writing;

/// <summary>What a composed text must keep to.</summary>
public sealed record TextRules
{
    /// <summary>The channel's limit in UTF-16 units. Default: 4,096.</summary>
    public int MaximumLength { get; init; } = MessageTemplate.MaximumLength;

    /// <summary>Hosts it may link to, with their subdomains. Default: none.</summary>
    public IReadOnlyList<string> AllowedLinks { get; init; } = [];
}

/// <summary>
/// The last look at a text that a model composed. Texts of <see cref="MessageTemplate"/> and of the built-in writer need none:
/// their links are the business's own (its name may be one), and a contact's name may hold braces.
/// </summary>
public static partial class TextGuard
{
    private static readonly string[] Braces = ["{{", "}}", "{%", "%}"];

    // Endings at which phones make a bare host a link; any other counts with www. before or a path behind.
    private static readonly HashSet<string> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        "com", "net", "org", "edu", "gov", "info", "biz", "name", "mobi", "io", "co", "ai", "app", "dev", "me", "ly", "to", "sh", "gl", "gd", "is",
        "link", "click", "site", "online", "website", "shop", "store", "top", "xyz", "club", "live", "pro", "vip", "icu", "work", "page", "blog", "chat", "win", "bid", "loan", "zip", "mov",
        "tv", "cc", "gg", "ws", "us", "uk", "eu", "de", "at", "ch", "fr", "es", "pt", "it", "nl", "be", "ie", "pl", "se", "no", "dk", "fi", "br", "mx", "ar", "cl", "pe", "ca", "au", "nz", "in", "jp", "kr", "cn", "hk", "sg", "ru", "su", "ua", "za", "tk", "ml", "ga", "cf", "gq", "pw",
        "example", "test", "invalid", "localhost",
    };

    /// <summary>Why the text must not go out; null: it may. Never throws.</summary>
    public static string? Refusal(string? text, TextRules rules)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "The text is empty.";
        }

        if (text.Length > rules.MaximumLength)
        {
            return $"The text has {text.Length} characters of {rules.MaximumLength}.";
        }

        if (Braces.Any(brace => text.Contains(brace, StringComparison.Ordinal)))
        {
            return "The text has unfilled braces.";
        }

        if (text.EnumerateRunes().Any(rune => PlainText.IsHidden(rune) || rune == Rune.ReplacementChar || (Rune.IsControl(rune) && rune.Value != '\n')))
        {
            return "The text has hidden or control characters.";
        }

        return ForeignLink(text, rules.AllowedLinks) is { } link ? $"The text links to {PlainText.OneLine(link, 100)}, which is not on the list." : null;
    }

    private static string? ForeignLink(string text, IReadOnlyList<string> allowed)
    {
        foreach (Match link in Address().Matches(text))
        {
            if (!IsWeb(link.Groups["scheme"].Value) || !IsAllowed(HostOf(link.Groups["rest"].Value), allowed))
            {
                return link.Value;
            }
        }

        var rest = MailAddress().Replace(Address().Replace(text, " "), " ");
        foreach (Match link in BareHost().Matches(rest))
        {
            if (IsLink(link) && !IsAllowed(HostOf(link.Value), allowed))
            {
                return link.Value;
            }
        }

        return CodeAddress().Match(rest) is { Success: true } code ? code.Value : null;
    }

    private static bool IsWeb(string scheme) => scheme.Equals("https", StringComparison.OrdinalIgnoreCase) || scheme.Equals("http", StringComparison.OrdinalIgnoreCase);

    private static bool IsLink(Match host) =>
        host.Value.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
        || host.Groups["path"].Success
        || Endings.Contains(host.Groups["ending"].Value)
        || !Ascii.IsValid(host.Value);

    // Someone before an @ makes the host look like another one: what holds one is never allowed.
    private static string HostOf(string rest)
    {
        var end = rest.AsSpan().IndexOfAny("/\\?#");
        var authority = end < 0 ? rest : rest[..end];
        if (authority.Contains('@', StringComparison.Ordinal))
        {
            return "";
        }

        var port = authority.LastIndexOf(':');
        return (port < 0 ? authority : authority[..port]).TrimEnd('.', ',', ';', '!', ')', ']', '\'', '”', '»', '’');
    }

    private static bool IsAllowed(string host, IReadOnlyList<string> allowed) =>
        allowed.Any(entry => host.Equals(entry, StringComparison.OrdinalIgnoreCase) || host.EndsWith("." + entry, StringComparison.OrdinalIgnoreCase));

    [GeneratedRegex(@"\b(?<scheme>[a-z][a-z0-9+.-]{1,20}):[/\\]{2,}(?<rest>[^\s<>""]*)|\b(?<scheme>https?):(?<rest>[^\s<>""]*)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Address();

    [GeneratedRegex(@"(?<![\w.-])(?:[\w-]+[.。．｡])+(?<ending>[\p{L}][\w-]{1,23})(?<path>[/\\?#:][^\s<>""]*)?", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex BareHost();

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]+@[\w.-]+", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MailAddress();

    [GeneratedRegex(@"\b(javascript|vbscript|data|file|intent):\S", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeAddress();
}

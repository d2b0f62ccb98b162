using System.Text;
using System.Text.RegularExpressions;

namespace FollowUp.Writing;

/// <summary>Finds in a composed text what only the prompt may hold: a longer run of it, or one of its codes; plain, spaced out, reversed, rotated by 13, as base64 or hexadecimal. A translation or a summary cannot be told from a text of its own.</summary>
public static partial class PromptLeak
{
    /// <summary>Letters and digits in a row that are no coincidence any more.</summary>
    public const int Run = 40;

    /// <summary>Letters and digits of the shortest code.</summary>
    private const int ShortestCode = 6;

    /// <param name="text">What a model composed.</param>
    /// <param name="secrets">Instructions and settings that were told to it.</param>
    /// <param name="open">What is public all the same: words of the contact and of the business.</param>
    public static bool Finds(string text, IEnumerable<string?> secrets, IEnumerable<string?> open)
    {
        var shown = Readings(text).Select(Plain).Where(reading => reading.Length > 0).ToList();
        var known = open.Select(words => Plain(words ?? "")).ToList();
        return secrets.OfType<string>().Any(secret => shown.Exists(reading => ShowsRun(reading, Plain(secret)) || ShowsCode(reading, secret, known)));
    }

    private static bool ShowsRun(string reading, string secret)
    {
        for (var start = 0; start + Run <= reading.Length; start++)
        {
            if (secret.AsSpan().IndexOf(reading.AsSpan(start, Run), StringComparison.Ordinal) >= 0)
            {
                return true;
            }
        }

        return false;
    }

    private static bool ShowsCode(string reading, string secret, List<string> known)
    {
        foreach (Match match in Code().Matches(secret))
        {
            if (Plain(match.Value) is { Length: >= ShortestCode } code && reading.Contains(code, StringComparison.Ordinal) && !known.Exists(words => words.Contains(code, StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<string> Readings(string text)
    {
        yield return text;
        yield return new string([.. text.Reverse()]);
        yield return new string([.. text.Select(Rotated)]);
        foreach (Match match in Encoded().Matches(text))
        {
            if (Decoded(match.Value) is { } decoded)
            {
                yield return decoded;
            }
        }
    }

    private static string? Decoded(string token)
    {
        if (token.Length % 2 == 0 && token.All(char.IsAsciiHexDigit))
        {
            return Encoding.UTF8.GetString(Convert.FromHexString(token));
        }

        var base64 = token.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        base64 = base64.PadRight(base64.Length + ((4 - (base64.Length % 4)) % 4), '=');
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }

    private static char Rotated(char letter) => letter switch
    {
        >= 'a' and <= 'z' => (char)('a' + ((letter - 'a' + 13) % 26)),
        >= 'A' and <= 'Z' => (char)('A' + ((letter - 'A' + 13) % 26)),
        _ => letter,
    };

    private static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);

    // A word with letters and digits, such as an internal name or a token.
    [GeneratedRegex(@"(?=[\w-]*[0-9])(?=[\w-]*[A-Za-z])[\w-]{6,}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Code();

    [GeneratedRegex("[A-Za-z0-9+/_-]{16,}={0,2}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Encoded();
}

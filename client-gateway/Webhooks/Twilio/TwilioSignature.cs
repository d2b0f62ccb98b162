using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Webhooks.Twilio;

/// <summary>X-Twilio-Signature (twilio.com/docs/usage/security): HMAC-SHA1 with the auth token over the public URL and every form parameter in ordinal order, in Base64.</summary>
public static class TwilioSignature
{
    /// <summary>Whether a form post is Twilio's. Compares in constant time; never throws.</summary>
    public static bool IsValid(string token, string url, IReadOnlyList<KeyValuePair<string, string>> form, string? signature)
    {
        ArgumentNullException.ThrowIfNull(form);
        var parameters = new StringBuilder();
        foreach (var group in form.GroupBy(pair => pair.Key, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var value in group.Select(pair => pair.Value).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                parameters.Append(group.Key).Append(value);
            }
        }

        return IsAny(token, url, parameters.ToString(), signature);
    }

    /// <summary>The same for a JSON body: the URL is signed and carries the body's SHA-256.</summary>
    public static bool IsValidJson(string token, string url, ReadOnlySpan<byte> body, string? signature)
    {
        ArgumentNullException.ThrowIfNull(url);
        const string Parameter = "bodySHA256=";
        var at = url.IndexOf(Parameter, StringComparison.Ordinal);
        if (at < 0)
        {
            return false;
        }

        var hash = url[(at + Parameter.Length)..].Split('&', '#')[0];
        return hash.Equals(Convert.ToHexStringLower(SHA256.HashData(body)), StringComparison.OrdinalIgnoreCase) && IsAny(token, url, "", signature);
    }

    // Twilio's back end is inconsistent about the standard port: as given, with it, and without.
    private static bool IsAny(string token, string url, string parameters, string? signature)
    {
        Span<byte> given = stackalloc byte[HMACSHA1.HashSizeInBytes];
        if (signature is not { Length: 28 } || !Convert.TryFromBase64String(signature, given, out var length) || length != given.Length)
        {
            return false;
        }

        var valid = false;
        Span<byte> expected = stackalloc byte[HMACSHA1.HashSizeInBytes];
        foreach (var candidate in Candidates(url).SelectMany(Spellings))
        {
#pragma warning disable CA5350 // Twilio's choice of algorithm.
            HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(candidate + parameters), expected);
#pragma warning restore CA5350
            valid |= CryptographicOperations.FixedTimeEquals(expected, given);
        }

        return valid;
    }

    // Some senders write an apostrophe of the query as %27.
    private static IEnumerable<string> Spellings(string url) =>
        url.Contains('\'', StringComparison.Ordinal) ? [url, url.Replace("'", "%27", StringComparison.Ordinal)] : [url];

    private static IEnumerable<string> Candidates(string url)
    {
        var bare = url.Split('#')[0];
        yield return bare;
        var scheme = bare.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            yield break;
        }

        var end = bare.AsSpan(scheme + 3).IndexOfAny('/', '?') is var slash and >= 0 ? scheme + 3 + slash : bare.Length;
        var authority = bare[(scheme + 3)..end];
        var port = authority.LastIndexOf(':') is var colon && colon > authority.LastIndexOf(']') && colon > authority.LastIndexOf('@') ? colon : -1;
        if (port >= 0)
        {
            yield return $"{bare[..(scheme + 3)]}{authority[..port]}{bare[end..]}";
        }
        else
        {
            yield return $"{bare[..(scheme + 3)]}{authority}:{(bare.StartsWith("https", StringComparison.OrdinalIgnoreCase) ? 443 : 80)}{bare[end..]}";
        }
    }
}

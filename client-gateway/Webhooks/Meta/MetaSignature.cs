using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace FollowUp.Webhooks.Meta;

/// <summary>X-Hub-Signature-256: <c>sha256=</c> and 64 lower-case hexadecimal digits, the HMAC-SHA256 with the app secret over the raw bytes of the body. The SHA-1 header of old is not looked at.</summary>
public static class MetaSignature
{
    private const string Prefix = "sha256=";

    private static readonly SearchValues<char> Digits = SearchValues.Create("0123456789abcdef");

    /// <summary>Whether a body is Meta's under one of the secrets. Compares in constant time; never throws.</summary>
    public static bool IsValid(IEnumerable<string?> secrets, ReadOnlySpan<byte> body, string? header)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (header is not { Length: 71 } || !header.StartsWith(Prefix, StringComparison.Ordinal) || header.AsSpan(Prefix.Length).ContainsAnyExcept(Digits))
        {
            return false;
        }

        var given = Convert.FromHexString(header.AsSpan(Prefix.Length));
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var valid = false;
        foreach (var secret in secrets)
        {
            if (secret is { Length: > 0 })
            {
                HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, expected);
                valid |= CryptographicOperations.FixedTimeEquals(expected, given);
            }
        }

        return valid;
    }
}

using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FollowUp.WebHooks;

/// <summary>Standard Webhooks (standardwebhooks.com): HMAC-SHA256 over <c>id.timestamp.body</c>, in Base64, as <c>v1,…</c>.</summary>
public static class WebHookSignature
{
    private const string Prefix = "whsec_";

    /// <summary>One signature for each secret, separated by spaces: a receiver accepts any, so that secrets can be changed without a gap.</summary>
    /// <param name="secrets"><c>whsec_</c> and the key in Base64.</param>
    /// <param name="timestamp">Seconds since 1970.</param>
    /// <exception cref="FormatException">A secret is not of that form.</exception>
    public static string Of(IEnumerable<string> secrets, string id, long timestamp, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var head = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}."));
        byte[] signed = [.. head, .. body];
        return string.Join(' ', secrets.Select(secret => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(KeyOf(secret), signed))}"));
    }

    private static byte[] KeyOf(string secret) =>
        secret.StartsWith(Prefix, StringComparison.Ordinal) ? Convert.FromBase64String(secret[Prefix.Length..]) : throw new FormatException("A secret begins with whsec_.");
}

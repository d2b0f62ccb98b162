using System.Security.Cryptography;
using System.Text;
using FollowUp.Hosting;

namespace FollowUp.Security;

/// <summary><c>Security:AddressKey</c>: the secret behind the names of address grains and, in a cluster, around the protection keys. The same on every process, for the life of the data.</summary>
public sealed class AddressKey
{
    private const int ShortestKey = 16;

    private readonly byte[] key;

    private AddressKey(byte[] key) => this.key = key;

    /// <summary>Tells keys apart without telling anything of them.</summary>
    public string Fingerprint => Hash("FollowUp.Fingerprint")[..16];

    /// <summary>The configured key; null: none is.</summary>
    /// <exception cref="InvalidSettingsException">It is not base64 of 16 bytes or more, or a cluster has none.</exception>
    public static AddressKey? Of(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        if (configuration["Security:AddressKey"] is { Length: > 0 } configured)
        {
            return Parse(configured);
        }

        return ClusterStorage.Of(configuration) is { IsStandalone: false, Provider: var provider }
            ? throw new InvalidSettingsException($"Storage:Provider {provider} needs Security:AddressKey, the same on every process of the cluster: base64 of {ShortestKey} bytes or more (openssl rand -base64 32).")
            : null;
    }

    public static AddressKey Parse(string base64)
    {
        ArgumentNullException.ThrowIfNull(base64);
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) && length >= ShortestKey
            ? new AddressKey(bytes[..length])
            : throw new InvalidSettingsException($"Security:AddressKey has to be base64 of {ShortestKey} bytes or more.");
    }

    /// <summary>Lower-case hex of HMAC-SHA256.</summary>
    public string Hash(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    /// <summary>A key of its own for another use (HKDF-SHA256).</summary>
    public byte[] Derive(string use) => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, info: Encoding.UTF8.GetBytes(use));
}

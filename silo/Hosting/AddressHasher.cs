using System.Security.Cryptography;
using System.Text;
using FollowUp.Channels;
using FollowUp.Ports;
using FollowUp.Storage.Embedded;
using Microsoft.Extensions.Options;

namespace FollowUp.Hosting;

/// <summary>HMAC-SHA256 with <c>Security:AddressKey</c> (base64, 16 bytes or more), else with a key generated once beside the data.</summary>
internal sealed class AddressHasher : IAddressHasher
{
    private const int KeyLength = 32;
    private const int ShortestKey = 16;

    private readonly byte[] key;

    public AddressHasher(IConfiguration configuration, IOptions<EmbeddedStorageOptions> storage)
    {
        key = configuration["Security:AddressKey"] is { Length: > 0 } configured ? Parse(configured) : Load(storage.Value.Path);
    }

    public string Hash(string purpose, string workspace, Channel channel, string address) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{workspace}\n{channel}\n{address}")));

    private static byte[] Parse(string configured)
    {
        var bytes = new byte[configured.Length];
        return Convert.TryFromBase64String(configured, bytes, out var length) && length >= ShortestKey
            ? bytes[..length]
            : throw new InvalidOperationException($"Security:AddressKey has to be base64 of {ShortestKey} bytes or more.");
    }

    private static byte[] Load(string folder)
    {
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "address.key");
        if (!File.Exists(file))
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var stream = new FileStream(file, options);
            stream.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyLength))));
            stream.Flush(flushToDisk: true);
        }

        return Parse(File.ReadAllText(file).Trim());
    }
}

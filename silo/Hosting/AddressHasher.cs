using System.Security.Cryptography;
using System.Text;
using FollowUp.Channels;
using FollowUp.Ports;
using FollowUp.Security;

namespace FollowUp.Hosting;

/// <summary>HMAC-SHA256 with <c>Security:AddressKey</c> (base64, 16 bytes or more); a standalone engine without one generates it once beside the data.</summary>
internal sealed class AddressHasher(AddressKey key) : IAddressHasher
{
    private const int KeyLength = 32;

    public string Hash(string purpose, string workspace, Channel channel, string address) => key.Hash($"{purpose}\n{workspace}\n{channel}\n{address}");

    /// <summary>The configured key, or the one in the folder.</summary>
    public static AddressKey KeyOf(IConfiguration configuration, string folder) => AddressKey.Of(configuration) ?? Load(folder);

    private static AddressKey Load(string folder)
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

        return AddressKey.Parse(File.ReadAllText(file).Trim());
    }
}

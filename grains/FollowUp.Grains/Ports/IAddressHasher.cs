using FollowUp.Channels;

namespace FollowUp.Ports;

/// <summary>Keyed hashes of addresses: the only form in which one names a grain.</summary>
public interface IAddressHasher
{
    /// <summary>Lower-case hex of HMAC-SHA256 over workspace, channel and address; <paramref name="purpose"/> separates uses.</summary>
    string Hash(string purpose, string workspace, Channel channel, string address);
}

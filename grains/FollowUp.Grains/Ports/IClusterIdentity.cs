namespace FollowUp.Ports;

/// <summary>Tells processes that hold another secret apart.</summary>
public interface IClusterIdentity
{
    /// <summary>Of this silo's <c>Security:AddressKey</c>.</summary>
    string Fingerprint { get; }
}

using System.Xml.Linq;
using FollowUp.Hosting;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace FollowUp.Security.ProtectionKeys;

/// <summary>
/// Keeps the keys in a grain. The framework asks without awaiting, once at start and once a day; it is answered from a thread of the pool,
/// within a bound, and with what was read last when the cluster is away.
/// </summary>
internal sealed class ClusterKeyRepository(IServiceProvider services, AddressKey key) : IXmlRepository
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(15);

    private volatile IReadOnlyList<string>? last;

    // Asked for late: inside a silo the grain factory needs services that need this one.
    private IClusterKeysGrain Grain => services.GetRequiredService<IGrainFactory>().GetGrain<IClusterKeysGrain>("cluster");

    public IReadOnlyCollection<XElement> GetAllElements() => [.. Wait(ReadAsync).Select(XElement.Parse)];

    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var text = element.ToString(SaveOptions.DisableFormatting);
        var known = last?.Count ?? 0;

        // Refused when another process was faster: the framework reads again and finds that one's key.
        Wait(() => Grain.AddAsync(key.Fingerprint, text, known));
    }

    /// <exception cref="InvalidSettingsException">This process holds another <c>Security:AddressKey</c> than the cluster.</exception>
    public async Task<IReadOnlyList<string>> ReadAsync()
    {
        try
        {
            return last = await Grain.GetAsync(key.Fingerprint)
                ?? throw new InvalidSettingsException("Security:AddressKey is not the one that the rest of the cluster has.");
        }
        catch (Exception away) when (last is not null && away is TimeoutException or Orleans.Runtime.OrleansException)
        {
            return last!;
        }
    }

    private static T Wait<T>(Func<Task<T>> ask) => Task.Run(ask).WaitAsync(Timeout).GetAwaiter().GetResult();
}

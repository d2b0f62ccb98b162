using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;

namespace FollowUp.Security.ProtectionKeys;

/// <summary>ASP.NET Data Protection for a cluster: one set of keys for all processes, in the cluster's storage, sealed with a key derived from <c>Security:AddressKey</c> (docs/decisions/protection-keys.md).</summary>
internal static class ClusterKeys
{
    public static void AddClusterKeys(this WebApplicationBuilder builder)
    {
        var key = AddressKey.Of(builder.Configuration)!;
        builder.Services.AddSingleton(key);
        builder.Services.AddSingleton<ClusterKeyRepository>();
        builder.Services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(services => new ConfigureOptions<KeyManagementOptions>(options =>
        {
            options.XmlRepository = services.GetRequiredService<ClusterKeyRepository>();
            options.XmlEncryptor = new KeySealing(key);
        }));
        builder.Services.AddHostedService<ClusterKeyCheck>();
        builder.Services.ReadKeysLate();
    }

    /// <summary>The framework would read the keys before the cluster is there, and complain; <see cref="ClusterKeyCheck"/> reads them as soon as it is. To be called last: cookies add data protection once more.</summary>
    public static void ReadKeysLate(this IServiceCollection services)
    {
        foreach (var early in services.Where(service => service.ImplementationType?.Name == "DataProtectionHostedService").ToList())
        {
            services.Remove(early);
        }
    }
}

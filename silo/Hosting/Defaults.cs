using FollowUp.Ports;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Hosting;

/// <summary>What a standalone run needs no settings for.</summary>
internal static class Defaults
{
    /// <summary>One process on the loopback, everything in one folder.</summary>
    public static void AddDefaults(this WebApplicationBuilder builder)
    {
        if (string.IsNullOrEmpty(builder.Configuration["Urls"]))
        {
            builder.WebHost.UseUrls("http://localhost:8080");
        }

        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        builder.Services.AddDataProtection().SetApplicationName("FollowUp").PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(builder.DataFolder, "keys")));
        builder.Services.AddSingleton<IAddressHasher, AddressHasher>();
    }

    public static void AddSecrets(this IServiceCollection services) => services.AddSingleton<ISecretProtector, SecretProtector>();

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Folder of the database, the keys and the clock.</summary>
        public string DataFolder => Path.GetFullPath(builder.Configuration["Storage:Path"] ?? "./data");
    }
}

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

        // Below every other source, so that any of them can say otherwise.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.Hosting"] = "Warning",
                ["Logging:LogLevel:System.Net.Http"] = "Warning",
                ["Logging:LogLevel:Microsoft.Extensions.Http"] = "Warning",
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
                ["Logging:LogLevel:Polly"] = "Warning",
                ["Logging:LogLevel:Orleans"] = "Warning",
                ["Logging:LogLevel:Microsoft.Orleans"] = "Warning",
            },
        });
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

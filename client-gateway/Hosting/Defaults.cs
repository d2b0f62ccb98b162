using System.Net;
using System.Net.NetworkInformation;
using FollowUp.Security.ProtectionKeys;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Hosting;

/// <summary>What a run needs no settings for, in each kind of process.</summary>
public static class Defaults
{
    /// <summary>Addresses, logging, and the keys that seal cookies, tokens and secrets: in a folder when standalone, in the cluster's storage otherwise.</summary>
    /// <param name="builder">The process.</param>
    /// <param name="url">Where it answers unless <c>Urls</c> says otherwise.</param>
    public static void AddDefaults(this WebApplicationBuilder builder, string url = "http://localhost:8080")
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (string.IsNullOrEmpty(builder.Configuration["Urls"]))
        {
            builder.WebHost.UseUrls(url);
        }

        var storage = ClusterStorage.Of(builder.Configuration);

        // Below every other source, so that any of them can say otherwise.
        builder.Configuration.Sources.Insert(0, new Microsoft.Extensions.Configuration.Memory.MemoryConfigurationSource
        {
            InitialData = new Dictionary<string, string?>
            {
                ["Demo:Enabled"] = storage.IsStandalone ? "true" : "false",
                ["Logging:LogLevel:Default"] = "Information",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
                ["Logging:LogLevel:Microsoft.Hosting"] = "Warning",
                ["Logging:LogLevel:System.Net.Http"] = "Warning",
                ["Logging:LogLevel:Microsoft.Extensions.Http"] = "Warning",
                ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
                ["Logging:LogLevel:Polly"] = "Warning",
                ["Logging:LogLevel:Orleans"] = "Warning",
                ["Logging:LogLevel:Microsoft.Orleans"] = "Warning",

                // It counts its first check from the machine's start and warns of that.
                ["Logging:LogLevel:Orleans.Runtime.Watchdog"] = "Error",
            },
        });
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true);
        var protection = builder.Services.AddDataProtection().SetApplicationName("FollowUp");
        if (storage.IsStandalone)
        {
            protection.PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(builder.DataFolder, "keys")));
        }
        else
        {
            builder.AddClusterKeys();
        }
    }

    /// <summary>The first port from <paramref name="preferred"/> on that nobody on this machine listens at.</summary>
    public static int FreePort(int preferred)
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        return Enumerable.Range(preferred, IPEndPoint.MaxPort - preferred).First(port => !taken.Contains(port));
    }

    /// <summary>Runs a process; a setting that it cannot start with is said in one line, with exit code 1.</summary>
    public static async Task<int> RunAsync(Func<WebApplication> make)
    {
        ArgumentNullException.ThrowIfNull(make);
        try
        {
            await make().RunAsync();
            return Environment.ExitCode;
        }
        catch (Exception failure) when (SettingOf(failure) is not null)
        {
            await Console.Error.WriteLineAsync($"FollowUp cannot start: {SettingOf(failure)}");
            return 1;
        }
    }

    private static string? SettingOf(Exception failure) =>
        failure is InvalidSettingsException or Microsoft.Extensions.Options.OptionsValidationException ? failure.Message
        : failure.InnerException is { } inner ? SettingOf(inner)
        : null;

    extension(WebApplicationBuilder builder)
    {
        /// <summary>Folder of the database, the keys and the clock; a cluster has none.</summary>
        public string DataFolder => Path.GetFullPath(builder.Configuration["Storage:Path"] ?? "./data");
    }
}

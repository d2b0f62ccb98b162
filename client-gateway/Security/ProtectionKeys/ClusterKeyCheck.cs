using FollowUp.Hosting;
using Microsoft.AspNetCore.DataProtection;

namespace FollowUp.Security.ProtectionKeys;

/// <summary>Reads the keys once the cluster is there, so that no request waits for them; a process with another <c>Security:AddressKey</c> says so and ends.</summary>
internal sealed partial class ClusterKeyCheck(ClusterKeyRepository repository, IDataProtectionProvider protection, IHostApplicationLifetime lifetime, ILogger<ClusterKeyCheck> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        try
        {
            await Patience.UntilDoneAsync(repository.ReadAsync, stoppingToken);
            protection.CreateProtector("FollowUp.Start").Protect("ready");
        }
        catch (InvalidSettingsException wrong)
        {
            LogWrong(wrong.Message);
            Environment.ExitCode = 1;
            lifetime.StopApplication();
        }
    }

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    private partial void LogWrong(string problem);
}

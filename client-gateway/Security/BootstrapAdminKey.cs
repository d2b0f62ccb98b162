using System.Buffers.Text;
using System.Security.Cryptography;
using FollowUp.Hosting;
using FollowUp.Workspaces;

namespace FollowUp.Security;

/// <summary>The first admin key of workspace <c>default</c>: from <c>Security:BootstrapAdminKey</c>, else generated and printed once.</summary>
internal sealed class BootstrapAdminKey(IConfiguration configuration, IGrainFactory grains, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const int ShortestKey = 16;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var keys = grains.GetGrain<IApiKeysGrain>("default");
        var configured = configuration["Security:BootstrapAdminKey"];
        if (configured is { Length: > 0 and < ShortestKey })
        {
            throw new InvalidOperationException($"Security:BootstrapAdminKey has to have {ShortestKey} characters or more.");
        }

        var key = configured is { Length: > 0 } ? configured : $"fu_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        if (await Patience.UntilDoneAsync(() => keys.BootstrapAsync(key), stoppingToken) && configured is not { Length: > 0 })
        {
            Console.WriteLine($"Admin API key (shown once): {key}");
        }
    }
}

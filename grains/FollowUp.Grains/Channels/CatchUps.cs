using System.Collections.Concurrent;
using FollowUp.Ports;
using FollowUp.Workspaces;
using Microsoft.Extensions.DependencyInjection;

namespace FollowUp.Channels;

/// <summary>This silo's knowledge of which connections have caught up, so that no grain is asked for every message.</summary>
internal sealed class CatchUps(IGrainFactory grains, IServiceProvider services)
{
    /// <summary>Real time for which the answer "not behind" is believed.</summary>
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, long> caughtUp = new();

    /// <summary>Whether what contacts wrote on any of these connections may still be on its way.</summary>
    public async ValueTask<bool> AreBehindAsync(string workspace, IEnumerable<ConnectionSummary> connections)
    {
        var behind = false;
        foreach (var connection in connections.Where(connection => services.GetKeyedService<IMissedInbound>(connection.Kind) is not null))
        {
            var key = GrainKeys.Of(workspace, connection.ConnectionId);
            if (caughtUp.TryGetValue(key, out var at) && TimeProvider.System.GetElapsedTime(at) < Believed)
            {
                continue;
            }

            if (await IsBehindAsync(key))
            {
                behind = true;
            }
            else
            {
                caughtUp[key] = TimeProvider.System.GetTimestamp();
            }
        }

        return behind;
    }

    private async Task<bool> IsBehindAsync(string key)
    {
        try
        {
            return await grains.GetGrain<ICatchUpGrain>(key).IsBehindAsync();
        }
#pragma warning disable CA1031 // Nobody can tell right now (its silo died, its storage is away): the step asks again in a moment.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }
}

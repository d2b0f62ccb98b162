using System.Net;
using System.Net.Sockets;

namespace FollowUp.WebHooks;

/// <summary>The one way out to addresses that workspaces choose: no proxy, redirect, cookie or decompression, and a connection only to an address that was itself checked, so that a name that changes its mind gains nothing.</summary>
internal static class GuardedHandler
{
    public static SocketsHttpHandler Create(WebHookTargets targets) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(1),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
        MaxResponseHeadersLength = 32,
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(targets, context.DnsEndPoint, cancellationToken),
    };

    private static async ValueTask<Stream> ConnectAsync(WebHookTargets targets, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var host = target.Host.TrimEnd('.');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);

        // One inner address among the answers is enough: whoever set it chose it.
        if (addresses.Length == 0 || !addresses.All(targets.MayConnect))
        {
            throw new TargetBlockedException();
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            if (socket.RemoteEndPoint is not IPEndPoint peer || !targets.MayConnect(peer.Address))
            {
                throw new TargetBlockedException();
            }

            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

/// <summary>The address may not be called. Says no more: an error that tells more would map the network.</summary>
internal sealed class TargetBlockedException() : IOException("The address may not be called.");

using System.Net;
using System.Net.Sockets;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>One port before many gateways: each connection goes to the next one that takes it, and is closed with it.</summary>
public sealed class Balancer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource ended = new();
    private readonly Task accepting;
    private IReadOnlyList<Uri> targets = [];
    private int turn;

    public Balancer()
    {
        listener.Start();
        BaseUrl = $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
        accepting = AcceptAsync();
    }

    public string BaseUrl { get; }

    public void Use(IEnumerable<string> baseUrls) => targets = [.. baseUrls.Select(url => new Uri(url))];

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        listener.Stop();
        await accepting;
        ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = CarryAsync(await listener.AcceptTcpClientAsync(ended.Token));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task CarryAsync(TcpClient from)
    {
        using (from)
        {
            for (var tries = 0; tries < targets.Count; tries++)
            {
                using var to = new TcpClient { NoDelay = true };
                try
                {
                    var target = targets[(int)((uint)Interlocked.Increment(ref turn) % targets.Count)];
                    await to.ConnectAsync(target.Host, target.Port, ended.Token);
                }
                catch (SocketException)
                {
                    continue;
                }
                catch (OperationCanceledException)
                {
                    return;
                }

                await PipeAsync(from.GetStream(), to.GetStream());
                return;
            }
        }
    }

    private async Task PipeAsync(NetworkStream one, NetworkStream other)
    {
        try
        {
            await Task.WhenAny(one.CopyToAsync(other, ended.Token), other.CopyToAsync(one, ended.Token));
        }
        catch (IOException)
        {
            // One of them was killed.
        }
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace FollowUp.Silo;

/// <summary>A web hook's receiver on the loopback that answers raw bytes, hangs or breaks off, and counts who reached it.</summary>
internal sealed class Receiver : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource over = new();
    private int hits;

    public Receiver()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{Port}/hook";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Connections that reached it.</summary>
    public int Hits => Volatile.Read(ref hits);

    /// <summary>Requests as they came, head and body.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Given the number of the request, from 0: the raw answer; null: it never comes; empty: the connection breaks.</summary>
    public Func<int, string?> Answer { get; set; } = _ => Plain(200);

    public static string Plain(int status, string body = "", string more = "") => $"HTTP/1.1 {status} X\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n{more}\r\n{body}";

    /// <summary>Nobody listens any more.</summary>
    public void Stop() => listener.Stop();

    public void Dispose()
    {
        over.Cancel();
        listener.Dispose();
        over.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!over.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(over.Token));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref hits);
        using (client)
        {
            var stream = client.GetStream();
            var buffer = new byte[64 * 1024];
            var text = "";
            while (!IsWhole(text))
            {
                var read = await stream.ReadAsync(buffer, over.Token);
                if (read == 0)
                {
                    return;
                }

                text += Encoding.UTF8.GetString(buffer, 0, read);
            }

            var answer = Answer(Requests.Count);
            Requests.Enqueue(text);
            if (answer is null)
            {
                await Task.Delay(Timeout.Infinite, over.Token);
            }
            else if (answer.Length == 0)
            {
                client.Client.LingerState = new LingerOption(enable: true, seconds: 0);
            }
            else
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer), over.Token);
            }
        }
    }

    private static bool IsWhole(string text)
    {
        var head = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (head < 0)
        {
            return false;
        }

        var length = text[..head].Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } line ? int.Parse(line.Split(':')[1]) : 0;
        return Encoding.UTF8.GetByteCount(text[(head + 4)..]) >= length;
    }
}

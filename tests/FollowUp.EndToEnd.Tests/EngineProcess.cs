using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace FollowUp.EndToEnd;

/// <summary>One real process of the product: started, killed and started again with the same settings; ended by its id.</summary>
public sealed class EngineProcess(string project, IReadOnlyList<string> settings) : IAsyncDisposable
{
    private Process? process;

    /// <summary>What it printed, all runs together.</summary>
    public List<string> Output { get; } = [];

    public bool HasExited => process is null or { HasExited: true };

    public int ExitCode => process!.ExitCode;

    public void Start()
    {
        var name = project == "silo" ? "FollowUp.Silo" : "FollowUp.ClientGateway";
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", project, "bin", Configuration, "net10.0", $"{name}.dll"));
        foreach (var setting in settings)
        {
            start.ArgumentList.Add(setting);
        }

        // Five of them share this machine: a heap for each core would be paid five times.
        start.Environment["DOTNET_gcServer"] = "0";
        process?.Dispose();
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>kill -TERM, and waits for the graceful end.</summary>
    public async Task TerminateAsync()
    {
        using (var kill = Process.Start("kill", ["-TERM", process!.Id.ToString()]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync();
    }

    public Task WaitForExitAsync(TimeSpan timeout) => process!.WaitForExitAsync().WaitAsync(timeout);

    public string LastWords()
    {
        lock (Output)
        {
            return string.Join('\n', Output.TakeLast(20));
        }
    }

    /// <summary>The last failures it logged, without where they came from.</summary>
    public string Failures()
    {
        lock (Output)
        {
            return string.Join('\n', Output.Where(line => line.Contains("Exception", StringComparison.Ordinal) && !line.TrimStart().StartsWith("at ", StringComparison.Ordinal)).TakeLast(10));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private void Keep(string? line)
    {
        if (line is not null)
        {
            lock (Output)
            {
                Output.Add(line);
            }
        }
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The real product as a real process, on free ports and a folder of its own.</summary>
public sealed class Engine : IAsyncDisposable
{
    public const string AdminKey = "end-to-end-admin-key-0123456789";

    private readonly string folder;
    private readonly List<string> settings;
    private readonly int siloPort = FreePort();
    private readonly int gatewayPort = FreePort();
    private readonly int httpPort = FreePort();
    private Process? process;

    public Engine(double speed, string? twilio = null, string? folder = null, params IEnumerable<string> more)
    {
        this.folder = folder ?? Directory.CreateTempSubdirectory("followup-e2e-").FullName;
        settings =
        [
            $"--Urls=http://127.0.0.1:{httpPort}", $"--Storage:Path={this.folder}", $"--Cluster:SiloPort={siloPort}", $"--Cluster:GatewayPort={gatewayPort}",
            $"--Security:BootstrapAdminKey={AdminKey}", $"--Clock:Speed={speed}", "--Dashboard:Enabled=false", "--Logging:LogLevel:Default=Warning",
        ];
        if (twilio is not null)
        {
            settings.Add($"--Channels:Twilio:BaseUrl={twilio}");
        }

        settings.AddRange(more);

        Http = new HttpClient { BaseAddress = new Uri(BaseUrl), Timeout = TimeSpan.FromSeconds(20) };
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", AdminKey);
    }

    public string BaseUrl => $"http://127.0.0.1:{httpPort}";

    public HttpClient Http { get; }

    /// <summary>What it printed.</summary>
    public List<string> Output { get; } = [];

    public static async Task<Engine> StartNewAsync(double speed, string? twilio = null, params IEnumerable<string> more)
    {
        var engine = new Engine(speed, twilio, folder: null, more);
        await engine.StartAsync();
        return engine;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "..", "..", "..", "..", "..", "silo", "bin", Configuration, "net10.0", "FollowUp.Silo.dll"));
        settings.ForEach(start.ArgumentList.Add);
        process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await UntilAsync(async () => process.HasExited ? throw new InvalidOperationException($"The engine ended at start: {string.Join('\n', Output.TakeLast(20))}") : await IsReadyAsync(), "the engine to be ready", TimeSpan.FromSeconds(60));
        await UntilAsync(async () => (await Http.GetAsync("/api/v1/bots")).StatusCode is HttpStatusCode.OK, "the admin key to be there", TimeSpan.FromSeconds(20));
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    public async Task<JsonNode> GetAsync(string path) => (await Http.GetFromJsonAsync<JsonNode>($"/api/v1/{path}"))!;

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PostAsync(string path, object? body = null)
    {
        using var response = await Http.PostAsJsonAsync($"/api/v1/{path}", body ?? new { });
        return (response.StatusCode, await ReadAsync(response));
    }

    public async Task<(HttpStatusCode Status, JsonNode? Body)> PutAsync(string path, object body, string? ifMatch = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/{path}") { Content = JsonContent.Create(body) };
        if (ifMatch is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        }

        using var response = await Http.SendAsync(request);
        return (response.StatusCode, await ReadAsync(response));
    }

    /// <summary>Waits for something that a user would notice; asks often, fails with its name.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? timeout = null)
    {
        var deadline = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await TryAsync(condition))
        {
            Assert.True(deadline.Elapsed < (timeout ?? TimeSpan.FromSeconds(30)), $"Waited in vain for {what}.");
            await timer.WaitForNextTickAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (process is { HasExited: false })
        {
            await KillAsync();
        }

        process?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static async Task<bool> TryAsync(Func<Task<bool>> condition)
    {
        try
        {
            return await condition();
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<bool> IsReadyAsync() => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode;

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

    private static async Task<JsonNode?> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

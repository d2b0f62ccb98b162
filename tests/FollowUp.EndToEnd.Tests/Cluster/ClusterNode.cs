namespace FollowUp.EndToEnd.Cluster;

/// <summary>One silo or gateway of a cluster, on ports of its own.</summary>
public sealed class ClusterNode : IAsyncDisposable
{
    private readonly HttpClient http;

    public ClusterNode(string project, IEnumerable<string> settings)
    {
        IsSilo = project == "silo";
        BaseUrl = $"http://127.0.0.1:{EngineProcess.FreePort()}";
        List<string> own = [$"--Urls={BaseUrl}", .. settings];
        if (IsSilo)
        {
            own.AddRange([$"--Cluster:SiloPort={EngineProcess.FreePort()}", $"--Cluster:GatewayPort={EngineProcess.FreePort()}"]);
        }

        Process = new EngineProcess(project, own);
        http = new HttpClient { BaseAddress = new Uri(BaseUrl), Timeout = TimeSpan.FromSeconds(10) };
    }

    public bool IsSilo { get; }

    public string BaseUrl { get; }

    public EngineProcess Process { get; }

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task StartAsync()
    {
        Process.Start();
        await EngineApi.UntilAsync(async () => Process.HasExited ? throw new InvalidOperationException($"It ended at start: {Process.LastWords()}") : await IsReadyAsync(), "a process to be ready", TimeSpan.FromMinutes(4));
    }

    public async Task<bool> IsReadyAsync()
    {
        try
        {
            using var answer = await http.GetAsync("/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await Process.DisposeAsync();
    }
}

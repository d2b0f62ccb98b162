using System.Net;

namespace FollowUp.EndToEnd;

/// <summary>The real product as one real process, on free ports and a folder of its own.</summary>
public sealed class Engine : EngineApi
{
    private readonly string folder;
    private readonly EngineProcess process;

    public Engine(double speed, string? twilio = null, string? folder = null, string? meta = null, params string[] more)
        : base($"http://127.0.0.1:{EngineProcess.FreePort()}")
    {
        this.folder = folder ?? Directory.CreateTempSubdirectory("followup-e2e-").FullName;
        List<string> settings =
        [
            $"--Urls={BaseUrl}", $"--Storage:Path={this.folder}", $"--Cluster:SiloPort={EngineProcess.FreePort()}", $"--Cluster:GatewayPort={EngineProcess.FreePort()}",
            $"--Security:BootstrapAdminKey={AdminKey}", $"--Clock:Speed={speed}", "--Dashboard:Enabled=false", "--Logging:LogLevel:Default=Warning",
        ];
        if (twilio is not null)
        {
            settings.Add($"--Channels:Twilio:BaseUrl={twilio}");
        }

        if (meta is not null)
        {
            settings.AddRange([$"--Channels:Meta:BaseUrl={meta}", "--Channels:Meta:Timeout=00:00:10"]);
        }

        settings.AddRange(more);
        process = new EngineProcess("silo", settings);
    }

    /// <summary>What it printed.</summary>
    public List<string> Output => process.Output;

    public static async Task<Engine> StartNewAsync(double speed, string? twilio = null, string? meta = null, params string[] more)
    {
        var engine = new Engine(speed, twilio, folder: null, meta, more);
        try
        {
            await engine.StartAsync();
            return engine;
        }
        catch
        {
            await engine.DisposeAsync();
            throw;
        }
    }

    public async Task StartAsync()
    {
        process.Start();
        await UntilAsync(async () => process.HasExited ? throw new InvalidOperationException($"The engine ended at start: {process.LastWords()}") : await IsReadyAsync(), "the engine to be ready", TimeSpan.FromSeconds(60));
        await UntilAsync(async () => (await Http.GetAsync("/api/v1/bots")).StatusCode is HttpStatusCode.OK, "the admin key to be there", TimeSpan.FromSeconds(60));
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => process.KillAsync();

    public override async ValueTask DisposeAsync()
    {
        await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
        await base.DisposeAsync();
    }

    private async Task<bool> IsReadyAsync() => (await Http.GetAsync("/health/ready")).IsSuccessStatusCode;
}

using System.Net;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>The real product as many real processes over one storage, its gateways behind one port.</summary>
public sealed class EngineCluster : EngineApi
{
    /// <summary>base64 of 32 bytes.</summary>
    public const string AddressKey = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private readonly Balancer balancer;
    private readonly List<string> settings;

    private EngineCluster(Balancer balancer, string provider, string connectionString, int silos, int gateways, string? twilio)
        : base(balancer.BaseUrl)
    {
        this.balancer = balancer;
        settings =
        [
            $"--Storage:Provider={provider}", $"--ConnectionStrings:FollowUp={connectionString}", "--Cluster:Address=127.0.0.1", $"--Security:AddressKey={AddressKey}",
            $"--Security:BootstrapAdminKey={AdminKey}", "--Dashboard:Enabled=false", "--Logging:LogLevel:Default=Warning", $"--Gateway:PublicBaseUrl={balancer.BaseUrl}",
        ];
        if (twilio is not null)
        {
            settings.Add($"--Channels:Twilio:BaseUrl={twilio}");
        }

        Silos = [.. Enumerable.Range(0, silos).Select(_ => new ClusterNode("silo", settings))];
        Gateways = [.. Enumerable.Range(0, gateways).Select(_ => new ClusterNode("client-gateway", settings))];
        balancer.Use(Gateways.Select(gateway => gateway.BaseUrl));
    }

    public EngineCluster(string provider, string connectionString, int silos, int gateways, string? twilio = null)
        : this(new Balancer(), provider, connectionString, silos, gateways, twilio)
    {
    }

    public IReadOnlyList<ClusterNode> Silos { get; }

    public IReadOnlyList<ClusterNode> Gateways { get; }

    /// <summary>What every process of it is started with.</summary>
    public IReadOnlyList<string> Settings => settings;

    /// <summary>Starts all and waits until it answers.</summary>
    public async Task StartAsync()
    {
        await Task.WhenAll(Silos.Concat(Gateways).Select(node => node.StartAsync()));
        await UntilAnswersAsync();
    }

    public Task UntilAnswersAsync() => UntilAsync(async () => (await Http.GetAsync("/api/v1/bots")).StatusCode is HttpStatusCode.OK, "the cluster to answer", TimeSpan.FromMinutes(2));

    public override async ValueTask DisposeAsync()
    {
        foreach (var node in Gateways.Concat(Silos))
        {
            await node.DisposeAsync();
        }

        await balancer.DisposeAsync();
        await base.DisposeAsync();
    }
}

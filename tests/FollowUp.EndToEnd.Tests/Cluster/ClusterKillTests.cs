using System.Net;
using FollowUp.ProviderSimulator;
using FollowUp.Testing;
using Xunit;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>
/// Three silos and two gateways die at random, singly and together, while contacts write; then three records are held against each other.
/// CLUSTER_KILL_MINUTES makes it the long form: 300 conversations of two steps for that long.
/// </summary>
public sealed class ClusterKillTests(PostgreSqlServer postgres, Azurite azurite, ITestOutputHelper output) : IClassFixture<Azurite>
{
    /// <summary>The bound of docs/decisions/membership.md.</summary>
    private const double LatestSeconds = 90;

    [Fact]
    public async Task On_PostgreSql_nothing_is_lost_and_nothing_goes_out_twice() => await ProveAsync("PostgreSql", await postgres.NewDatabaseAsync());

    [Fact]
    public async Task On_AzureStorage_nothing_is_lost_and_nothing_goes_out_twice() => await ProveAsync("AzureStorage", azurite.ConnectionString);

    private async Task ProveAsync(string provider, string connectionString)
    {
        var plan = Plan();
        var ledger = Path.GetTempFileName();
        await using var twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        await using var cluster = new EngineCluster(provider, connectionString, silos: 3, gateways: 2, twilio.BaseUrl);
        await cluster.StartAsync();
        await Setup.AcmeAsync(cluster, "minutes", 1, plan.Steps > 1 ? 1 : null);

        // These contacts hear of us often.
        var (status, body) = await cluster.PutAsync("settings", new { breaker = new { floor = 1_000_000 }, caps = new[] { new { count = 1_000, per = new { value = 1, unit = "days" } } } }, ifMatch: "\"1\"");
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());

        var storm = new ClusterStorm(cluster, twilio, plan);
        await storm.RunAsync();
        var found = await Reconciliation.OfAsync(cluster, storm, plan);
        foreach (var line in (string[])[$"{provider}: {found.Line(storm.Kills, plan.Seed)}", $"{provider}: {found.LatenessLine()}", .. found.Findings.Take(10)])
        {
            output.WriteLine(line);
            Console.WriteLine(line);
        }

        Assert.Equal((0, 0, 0), (found.Lost, found.Doubled, found.AfterReply));
        Assert.Equal(found.Acked, found.Stored);
        Assert.True(storm.Kills > 0 && found.Due > 0, "Nothing was put to the test.");
        Assert.InRange(found.WorstOfDead, 0, LatestSeconds);
        File.Delete(ledger);
    }

    private static StormPlan Plan()
    {
        var seed = int.Parse(Environment.GetEnvironmentVariable("KILL_SEED") ?? "20261128");
        return Environment.GetEnvironmentVariable("CLUSTER_KILL_MINUTES") is { Length: > 0 } minutes
            ? new StormPlan
            {
                Seed = seed,
                Conversations = 300,
                Duration = TimeSpan.FromMinutes(double.Parse(minutes)),
                Ramp = TimeSpan.FromSeconds(45),
                Steps = 2,
                Longest = TimeSpan.FromSeconds(50),
                Calm = TimeSpan.FromSeconds(6),
                LongestDead = TimeSpan.FromSeconds(8),
            }
            : new StormPlan
            {
                Seed = seed,
                Conversations = 40,
                Duration = TimeSpan.FromSeconds(15),
                Ramp = TimeSpan.FromSeconds(2),
                Steps = 1,
                Longest = TimeSpan.FromSeconds(55),
                LeftAlone = 0.8,
                Reply = TimeSpan.FromSeconds(15),
                Calm = TimeSpan.FromSeconds(3),
                LongestDead = TimeSpan.FromSeconds(2),
                AllSilos = 0,
            };
    }
}

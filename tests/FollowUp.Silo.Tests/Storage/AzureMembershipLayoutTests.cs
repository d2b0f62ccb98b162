using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using FollowUp.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Clustering.AzureStorage;
using Orleans.Runtime.MembershipService;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>The membership table as the official provider of Orleans 10.4 lays it, and as older versions left it.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureMembershipLayoutTests(Azurite azurite)
{
    private readonly string cluster = $"clu/{Guid.NewGuid():n}"[..12].Replace('/', '-');

    private AzureProviders Providers => new(azurite, clusterId: cluster);

    private TableClient Rows => Providers.Account.Tables.GetTableClient("OrleansSiloInstances");

    [Fact]
    public async Task Silos_and_versions_are_the_golden_rows()
    {
        var table = await Providers.MembershipAsync();
        Assert.Equal([("!Start", "0"), ("VersionRow", "0"), ("~End", "0")], (await AllAsync()).Select(row => (row.RowKey, row.GetString("MembershipVersion"))));

        var silo = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 23_211), 154_358_155),
            HostName = "host",
            Status = SiloStatus.Active,
            ProxyPort = 30_000,
            RoleName = "role",
            SiloName = "silo-1",
            UpdateZone = 1,
            FaultZone = 2,
            StartTime = new DateTime(2026, 11, 24, 13, 15, 57, 585, DateTimeKind.Utc),
            IAmAliveTime = new DateTime(2026, 11, 24, 13, 20, 0, DateTimeKind.Utc),
        };
        Assert.True(await table.InsertRow(silo, (await table.ReadAll()).Version.Next()));
        var rows = await AllAsync();
        Assert.Equal(["!Start", "127.0.0.1-23211-154358155", "VersionRow", "~End"], rows.Select(row => row.RowKey));
        AssertProperties(rows[0], ("DeploymentId", cluster), ("MembershipVersion", "1"), ("Status", "Active"));
        AssertProperties(
            rows[1],
            ("DeploymentId", cluster), ("Address", "127.0.0.1"), ("Port", "23211"), ("Generation", "154358155"), ("HostName", "host"), ("Status", "Active"), ("ProxyPort", "30000"),
            ("RoleName", "role"), ("SiloName", "silo-1"), ("InstanceName", "silo-1"), ("UpdateZone", "1"), ("FaultZone", "2"), ("SuspectingSilos", ""), ("SuspectingTimes", ""),
            ("StartTime", "2026-11-24 13:15:57.585 GMT"), ("IAmAliveTime", "2026-11-24 13:20:00.000 GMT"));
        AssertProperties(rows[2], ("DeploymentId", cluster), ("MembershipVersion", "1"));
        AssertProperties(rows[3], ("DeploymentId", cluster), ("MembershipVersion", "1"), ("Status", "Active"));

        silo.AddSuspector(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 2), 3), new DateTime(2026, 11, 24, 13, 0, 0, DateTimeKind.Utc));
        silo.AddSuspector(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 4), 5), new DateTime(2026, 11, 24, 13, 0, 1, DateTimeKind.Utc));
        var now = await table.ReadAll();
        Assert.True(await table.UpdateRow(silo, now.Members[0].Item2, now.Version.Next()));
        rows = await AllAsync();
        Assert.Equal(("127.0.0.1:2@3|127.0.0.1:4@5", "2026-11-24 13:00:00.000 GMT|2026-11-24 13:00:01.000 GMT"), (rows[1].GetString("SuspectingSilos"), rows[1].GetString("SuspectingTimes")));
        Assert.Equal(["2", "2", "2"], rows.Where(row => row.RowKey != rows[1].RowKey).Select(row => row.GetString("MembershipVersion")));

        // Inserts and updates move all three versions or none.
        Assert.False(await table.UpdateRow(silo, now.Members[0].Item2, now.Version.Next()));
        Assert.All((await AllAsync()).Where(row => row.RowKey != rows[1].RowKey), row => Assert.Equal("2", row.GetString("MembershipVersion")));
    }

    [Fact]
    public async Task Rows_of_older_silos_are_read()
    {
        var table = new AzureBasedMembershipTable(NullLoggerFactory.Instance, Options.Create(new AzureStorageClusteringOptions { TableServiceClient = Providers.Account.Tables }), Providers.Cluster);
        await table.InitializeMembershipTable(tryInitTableVersion: false);
        await Assert.ThrowsAsync<KeyNotFoundException>(table.ReadAll);

        await Rows.AddEntityAsync(new TableEntity(cluster, "VersionRow") { ["DeploymentId"] = cluster, ["MembershipVersion"] = "7" });
        await Rows.AddEntityAsync(SiloRow("10.0.0.1-11111-5", "10.0.0.1", "5", ("InstanceName", "old"), ("SuspectingSilos", "10.0.0.2:1@2"), ("SuspectingTimes", "2026-11-24 13:00:00.000 GMT")));
        await Rows.AddEntityAsync(SiloRow("10.0.0.3-11111-6", "10.0.0.3", "6", ("SuspectingSilos", "10.0.0.2:1@2|10.0.0.4:1@2"), ("SuspectingTimes", "2026-11-24 13:00:00.000 GMT")));
        var read = await table.ReadAll();
        var (silo, _) = Assert.Single(read.Members); // the other has more suspecting silos than times: left out
        Assert.Equal((7, "old", SiloStatus.Active, 1), (read.Version.Version, silo.SiloName, silo.Status, silo.SuspectTimes!.Count));

        // The next write adds the edges.
        Assert.True(await table.UpdateRow(silo, read.Members[0].Item2, read.Version.Next()));
        Assert.Equal([("!Start", "8"), ("VersionRow", "8"), ("~End", "8")], (await AllAsync()).Where(row => row.ContainsKey("MembershipVersion")).Select(row => (row.RowKey, row.GetString("MembershipVersion"))));
    }

    [Fact]
    public async Task A_sign_of_life_merges_its_time_into_the_row()
    {
        var table = await Providers.MembershipAsync();
        await Rows.AddEntityAsync(SiloRow("127.0.0.1-1-2", "127.0.0.1", "2", ("SiloName", "s"), ("Port", "1"), ("Extra", "stays")));
        await table.UpdateIAmAlive(new MembershipEntry { SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 2), IAmAliveTime = new DateTime(2026, 11, 24, 14, 0, 0, DateTimeKind.Utc) });
        var row = (await AllAsync()).Single(row => row.RowKey == "127.0.0.1-1-2");
        Assert.Equal(("2026-11-24 14:00:00.000 GMT", "stays", "s"), (row.GetString("IAmAliveTime"), row.GetString("Extra"), row.GetString("SiloName")));
    }

    [Fact]
    public async Task Cleaning_up_takes_silos_that_are_not_active_and_leaves_the_version()
    {
        var table = await Providers.MembershipAsync();
        await Rows.AddEntityAsync(SiloRow("127.0.0.1-1-1", "127.0.0.1", "1", ("SiloName", "dead"), ("Status", "Dead")));
        await Rows.AddEntityAsync(SiloRow("127.0.0.1-1-2", "127.0.0.1", "2", ("SiloName", "active")));
        var before = await table.ReadAll();
        await table.CleanupDefunctSiloEntries(DateTimeOffset.UtcNow.AddHours(-1));
        Assert.Equal(2, (await table.ReadAll()).Members.Count);
        await table.CleanupDefunctSiloEntries(DateTimeOffset.UtcNow.AddHours(1));
        var after = await table.ReadAll();
        Assert.Equal(("active", before.Version.VersionEtag), (Assert.Single(after.Members).Item1.SiloName, after.Version.VersionEtag));
        Assert.Equal(4, (await AllAsync()).Count);
    }

    [Fact]
    public async Task A_cluster_of_more_than_a_page_is_read_whole_and_of_one_version()
    {
        const int Silos = 1_100;
        var table = await Providers.MembershipAsync();
        foreach (var chunk in Enumerable.Range(1, Silos).Chunk(100))
        {
            await Rows.SubmitTransactionAsync(chunk.Select(i => new TableTransactionAction(TableTransactionActionType.Add, SiloRow($"127.0.0.1-1-{i}", "127.0.0.1", $"{i}", ("SiloName", $"s{i}"), ("Port", "1")))));
        }

        Assert.Equal(Silos, (await table.ReadAll()).Members.Count);

        // A silo changes between the pages of the first read: it is read again, and that one is whole.
        var between = new BetweenPages(1, async () => Assert.True(await UpdateAnyAsync(table)));
        var torn = await Watched(between).ReadAll();
        Assert.Equal((Silos, 1, 1), (torn.Members.Count, torn.Version.Version, between.Reached));

        // One that never holds still is not believed.
        between = new BetweenPages(int.MaxValue, async () => Assert.True(await UpdateAnyAsync(table)));
        await Assert.ThrowsAsync<InconsistentStateException>(Watched(between).ReadAll);
        Assert.Equal(5, between.Reached);

        // A silo of an older version moves only the row of the version: ahead of both edges, that is taken as it is.
        between = new BetweenPages(1, async () =>
        {
            await Rows.UpsertEntityAsync(new TableEntity(cluster, "~End") { ["DeploymentId"] = cluster, ["MembershipVersion"] = "8", ["Status"] = "Active" }, TableUpdateMode.Replace);
            await Rows.UpsertEntityAsync(new TableEntity(cluster, "VersionRow") { ["DeploymentId"] = cluster, ["MembershipVersion"] = "9" }, TableUpdateMode.Replace);
        });
        Assert.Equal((9, 1), ((await Watched(between).ReadAll()).Version.Version, between.Reached));
    }

    private static async Task<bool> UpdateAnyAsync(AzureBasedMembershipTable table)
    {
        var silo = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 1), 7);
        var row = await table.ReadRow(silo);
        return await table.UpdateRow(row.Members[0].Item1, row.Members[0].Item2, row.Version.Next());
    }

    private AzureBasedMembershipTable Watched(BetweenPages between)
    {
        var options = new TableClientOptions();
        options.AddPolicy(between, HttpPipelinePosition.PerCall);
        var table = new AzureBasedMembershipTable(NullLoggerFactory.Instance, Options.Create(new AzureStorageClusteringOptions { TableServiceClient = new TableServiceClient(azurite.ConnectionString, options) }), Providers.Cluster);
        table.InitializeMembershipTable(false).GetAwaiter().GetResult();
        return table;
    }

    private async Task<List<TableEntity>> AllAsync()
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Rows.QueryAsync<TableEntity>(row => row.PartitionKey == cluster))
        {
            rows.Add(row);
        }

        return rows;
    }

    private TableEntity SiloRow(string key, string address, string generation, params (string Name, string Value)[] more)
    {
        var row = new TableEntity(cluster, key) { ["DeploymentId"] = cluster, ["Address"] = address, ["Port"] = "11111", ["Generation"] = generation, ["HostName"] = "h", ["Status"] = "Active", ["ProxyPort"] = "0", ["StartTime"] = "2026-11-24 13:00:00.000 GMT", ["IAmAliveTime"] = "2026-11-24 13:00:00.000 GMT" };
        foreach (var (name, value) in more)
        {
            row[name] = value;
        }

        return row;
    }

    // Every property there is, and no other; all of them text.
    private static void AssertProperties(TableEntity row, params (string Name, string Value)[] expected) =>
        Assert.Equal(
            expected.OrderBy(property => property.Name, StringComparer.Ordinal),
            row.Where(property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")).Select(property => (property.Key, Assert.IsType<string>(property.Value))).OrderBy(property => property.Key, StringComparer.Ordinal));

    /// <summary>Does something before a second page is asked for.</summary>
    private sealed class BetweenPages(int times, Func<Task> act) : HttpPipelinePolicy
    {
        public int Reached { get; private set; }

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            if (Reached < times && message.Request.Uri.Query.Contains("NextRowKey", StringComparison.Ordinal))
            {
                Reached++;
                await act();
            }

            await ProcessNextAsync(message, pipeline);
        }

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
    }
}

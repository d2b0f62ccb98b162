using System.Net;
using Orleans.Messaging;
using Xunit;

namespace FollowUp.Storage;

/// <summary>What a cluster relies on in any membership table, and its clients in the list of gateways.</summary>
public abstract class MembershipConformance
{
    /// <summary>A table initialised for a cluster of its own.</summary>
    protected abstract ValueTask<IMembershipTable> OpenAsync(string clusterId);

    /// <summary>The gateways of that cluster, initialised.</summary>
    protected abstract ValueTask<IGatewayListProvider> OpenGatewaysAsync(string clusterId);

    /// <summary>Whether an insert may carry suspects. A silo that joins has none, and not every provider passes them on.</summary>
    protected virtual bool KeepsSuspectsOfANewSilo => true;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static DateTime Now { get; } = new(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    [Fact]
    public async Task A_new_table_is_empty_and_initialising_it_again_changes_nothing()
    {
        var table = await OpenAsync(NewCluster());
        var before = await table.ReadAllAsync(Token);
        Assert.Empty(before.Members);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => table.InitializeMembershipTableAsync(true, Token)));
        var after = await table.ReadAllAsync(Token);
        Assert.Equal((before.Version.Version, before.Version.VersionEtag), (after.Version.Version, after.Version.VersionEtag));
        Assert.False(string.IsNullOrEmpty(after.Version.VersionEtag));
    }

    [Fact]
    public async Task A_silo_is_read_back_as_it_was_written()
    {
        var table = await OpenAsync(NewCluster());
        var entry = Silo(11_111, SiloStatus.Joining);
        if (KeepsSuspectsOfANewSilo)
        {
            entry.AddSuspector(Address(11_112), Now.AddMinutes(-2));
            entry.AddSuspector(Address(11_113), Now.AddMinutes(-1));
        }

        var empty = (await table.ReadAllAsync(Token)).Version;
        Assert.True(await table.InsertRowAsync(entry, empty.Next(), Token));

        foreach (var read in new[] { await table.ReadAllAsync(Token), await table.ReadRowAsync(entry.SiloAddress, Token) })
        {
            var (found, etag) = Assert.Single(read.Members);
            Assert.False(string.IsNullOrEmpty(etag));
            Assert.Equal(empty.Version + 1, read.Version.Version);
            Assert.NotEqual(empty.VersionEtag, read.Version.VersionEtag);
            AssertSame(entry, found);
        }

        Assert.Empty((await table.ReadRowAsync(Address(1), Token)).Members);
    }

    [Fact]
    public async Task An_insert_needs_the_current_version_and_a_new_silo()
    {
        var table = await OpenAsync(NewCluster());
        var empty = (await table.ReadAllAsync(Token)).Version;
        var first = Silo(11_111);
        Assert.True(await table.InsertRowAsync(first, empty.Next(), Token));
        Assert.False(await table.InsertRowAsync(Silo(11_112), empty.Next(), Token));
        Assert.False(await table.InsertRowAsync(first, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        Assert.True(await table.InsertRowAsync(Silo(11_112), (await table.ReadAllAsync(Token)).Version.Next(), Token));
        var all = await table.ReadAllAsync(Token);
        Assert.Equal((2, empty.Version + 2), (all.Members.Count, all.Version.Version));
    }

    [Fact]
    public async Task An_update_needs_the_current_version_and_the_rows_etag()
    {
        var table = await OpenAsync(NewCluster());
        var entry = Silo(11_111, SiloStatus.Joining);
        Assert.True(await table.InsertRowAsync(entry, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        var (found, etag) = Assert.Single((await table.ReadAllAsync(Token)).Members);
        var version = (await table.ReadAllAsync(Token)).Version;

        found.Status = SiloStatus.Active;
        Assert.True(await table.UpdateRowAsync(found, etag, version.Next(), Token));
        found.Status = SiloStatus.Dead;
        Assert.False(await table.UpdateRowAsync(found, etag, version.Next(), Token));

        var now = await table.ReadAllAsync(Token);
        Assert.False(await table.UpdateRowAsync(found, now.Members[0].Item2, version.Next(), Token));
        Assert.Equal((SiloStatus.Active, version.Version + 1), (now.Members[0].Item1.Status, now.Version.Version));
        Assert.True(await table.UpdateRowAsync(found, now.Members[0].Item2, now.Version.Next(), Token));
        Assert.Equal(SiloStatus.Dead, (await table.ReadRowAsync(entry.SiloAddress, Token)).Members[0].Item1.Status);
    }

    [Fact]
    public async Task Of_silos_that_join_at_once_each_gets_in_by_its_own_version()
    {
        const int silos = 8;
        var table = await OpenAsync(NewCluster());
        var before = (await table.ReadAllAsync(Token)).Version.Version;
        var lost = 0;
        await Task.WhenAll(Enumerable.Range(0, silos).Select(i => Task.Run(async () =>
        {
            while (!await table.InsertRowAsync(Silo(12_000 + i), (await table.ReadAllAsync(Token)).Version.Next(), Token))
            {
                Interlocked.Increment(ref lost);
            }
        })));
        var all = await table.ReadAllAsync(Token);
        Assert.Equal((silos, before + silos), (all.Members.Count, all.Version.Version));
        Assert.True(lost > 0, "No insert ever met another: the contention was not reached.");
    }

    [Fact]
    public async Task A_sign_of_life_changes_its_time_only()
    {
        var table = await OpenAsync(NewCluster());
        var entry = Silo(11_111);
        Assert.True(await table.InsertRowAsync(entry, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        var before = await table.ReadAllAsync(Token);
        await table.UpdateIAmAliveAsync(new MembershipEntry { SiloAddress = entry.SiloAddress, IAmAliveTime = Now.AddMinutes(7) }, Token);
        var after = await table.ReadAllAsync(Token);
        entry.IAmAliveTime = Now.AddMinutes(7);
        AssertSame(entry, Assert.Single(after.Members).Item1);
        Assert.Equal((before.Version.Version, before.Version.VersionEtag), (after.Version.Version, after.Version.VersionEtag));
    }

    [Fact]
    public async Task Clusters_do_not_see_each_other_and_one_can_be_deleted()
    {
        var (one, other) = (NewCluster(), NewCluster());
        var (table, neighbour) = (await OpenAsync(one), await OpenAsync(other));
        Assert.True(await table.InsertRowAsync(Silo(11_111), (await table.ReadAllAsync(Token)).Version.Next(), Token));
        Assert.True(await neighbour.InsertRowAsync(Silo(11_111), (await neighbour.ReadAllAsync(Token)).Version.Next(), Token));
        await table.DeleteMembershipTableEntriesAsync(one, Token);
        Assert.Single((await neighbour.ReadAllAsync(Token)).Members);
        Assert.Empty((await (await OpenAsync(one)).ReadAllAsync(Token)).Members);
    }

    [Fact]
    public async Task Gateways_are_the_active_silos_with_a_gateway_port()
    {
        var cluster = NewCluster();
        var table = await OpenAsync(cluster);
        var gateways = await OpenGatewaysAsync(cluster);
        Assert.Empty(await gateways.GetGatewaysAsync(Token));
        MembershipEntry[] silos = [Silo(11_111, proxyPort: 30_000), Silo(11_112, SiloStatus.Joining, 30_001), Silo(11_113, proxyPort: 0), Silo(11_114, SiloStatus.Dead, 30_003), Silo(11_115, proxyPort: 30_004)];
        foreach (var silo in silos)
        {
            Assert.True(await table.InsertRowAsync(silo, (await table.ReadAllAsync(Token)).Version.Next(), Token));
        }

        Assert.Equal(["127.0.0.1:30000", "127.0.0.1:30004"], (await gateways.GetGatewaysAsync(Token)).Select(uri => $"{uri.Host}:{uri.Port}").Order(StringComparer.Ordinal));
        Assert.All(await gateways.GetGatewaysAsync(Token), uri => Assert.Equal("gwy.tcp", uri.Scheme));
    }

    protected static string NewCluster() => $"clu-{Guid.NewGuid():n}";

    protected static SiloAddress Address(int port) => SiloAddress.New(new IPEndPoint(IPAddress.Loopback, port), 154_358_155);

    protected static MembershipEntry Silo(int port, SiloStatus status = SiloStatus.Active, int proxyPort = 30_000) => new()
    {
        SiloAddress = Address(port),
        HostName = "host",
        Status = status,
        ProxyPort = proxyPort,
        RoleName = "role",
        SiloName = $"silo-{port}",
        StartTime = Now.AddMinutes(-10),
        IAmAliveTime = Now.AddMinutes(-5),
        SuspectTimes = [],
    };

    private static void AssertSame(MembershipEntry expected, MembershipEntry found)
    {
        Assert.Equal(
            (expected.SiloAddress, expected.HostName, expected.Status, expected.ProxyPort, expected.SiloName, expected.StartTime.Ticks, expected.IAmAliveTime.Ticks),
            (found.SiloAddress, found.HostName, found.Status, found.ProxyPort, found.SiloName, found.StartTime.Ticks, found.IAmAliveTime.Ticks));
        Assert.Equal((expected.SuspectTimes ?? []).Select(vote => (vote.Item1, vote.Item2.Ticks)), (found.SuspectTimes ?? []).Select(vote => (vote.Item1, vote.Item2.Ticks)));
    }
}

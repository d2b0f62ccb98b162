using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using FollowUp.Testing;
using Orleans.Storage;
using Xunit;

namespace FollowUp.AzureInterop;

/// <summary>A cluster may change between our Azure providers and the official packages, in either direction, over the rows that are there.</summary>
[Collection(AzuriteTests.Name)]
public sealed class InteropTests(Azurite azurite) : IAsyncLifetime
{
    private Both ours = null!;
    private Both official = null!;
    private TableServiceClient tables = null!;
    private BlobServiceClient blobs = null!;

    public async ValueTask InitializeAsync() => (ours, official, tables, blobs) = await Both.OpenAsync(azurite);

    public async ValueTask DisposeAsync()
    {
        await ours.DisposeAsync();
        await official.DisposeAsync();
    }

    [Fact]
    public void The_two_are_not_the_same()
    {
        Assert.NotSame(ours.Reminders.GetType().Assembly, official.Reminders.GetType().Assembly);
        Assert.NotSame(ours.Membership.GetType().Assembly, official.Membership.GetType().Assembly);
        Assert.NotSame(ours.Storage("table").GetType().Assembly, official.Storage("table").GetType().Assembly);
        Assert.NotSame(ours.Storage("blob").GetType().Assembly, official.Storage("blob").GetType().Assembly);
        Assert.NotSame(ours.Gateways.GetType().Assembly, official.Gateways.GetType().Assembly);
    }

    [Theory]
    [InlineData("conv", "next")]
    [InlineData("bot 7/conv#1?é\\x", @"next step/#?\1")]
    [InlineData("ünïcode ✓ 会話 🙂", "quote'and\"percent%41")]
    public async Task A_reminder_of_one_is_read_moved_and_removed_by_the_other(string key, string name)
    {
        var grain = GrainId.Create("dump", $"{key}{Guid.NewGuid():n}");
        foreach (var (one, other) in new[] { (ours.Reminders, official.Reminders), (official.Reminders, ours.Reminders) })
        {
            var entry = new ReminderEntry { GrainId = grain, ReminderName = name, StartAt = new DateTime(2026, 11, 24, 13, 15, 57, 585, DateTimeKind.Utc), Period = new TimeSpan(3, 2, 1, 0, 7) };
            var etag = await one.UpsertRow(entry);
            var row = await RowOfAsync("OrleansReminders", $"GrainReference eq '{grain.ToString().Replace("'", "''", StringComparison.Ordinal)}'");
            var read = await other.ReadRow(grain, name);
            Assert.NotNull(read);
            Assert.Equal((grain, name, entry.StartAt.Ticks, entry.Period, etag), (read.GrainId, read.ReminderName, read.StartAt.Ticks, read.Period, read.ETag));
            Assert.Equal(name, Assert.Single((await other.ReadRows(grain)).Reminders).ReminderName);
            var hash = grain.GetUniformHashCode();
            Assert.Contains((await other.ReadRows(hash - 1, hash)).Reminders, found => found.GrainId == grain);

            // The same again by the other: the same keys and properties.
            await other.UpsertRow(entry);
            AssertSame(row, await RowOfAsync("OrleansReminders", $"GrainReference eq '{grain.ToString().Replace("'", "''", StringComparison.Ordinal)}'"));
            Assert.False(await one.RemoveRow(grain, name, etag!));
            Assert.True(await one.RemoveRow(grain, name, (await one.ReadRow(grain, name))!.ETag!));
            Assert.Null(await other.ReadRow(grain, name));
        }
    }

    [Fact]
    public async Task Both_answer_every_range_alike()
    {
        var grains = Enumerable.Range(0, 40).Select(i => GrainId.Create("range", $"g{i}")).OrderBy(grain => grain.GetUniformHashCode()).ToArray();
        for (var i = 0; i < grains.Length; i++)
        {
            await (i % 2 == 0 ? ours : official).Reminders.UpsertRow(new ReminderEntry { GrainId = grains[i], ReminderName = "next", StartAt = DateTime.UtcNow, Period = TimeSpan.FromMinutes(1) });
        }

        uint[] edges = [0, 1, grains[0].GetUniformHashCode(), grains[20].GetUniformHashCode(), grains[20].GetUniformHashCode() + 1, 0x80000000, grains[^1].GetUniformHashCode(), uint.MaxValue];
        foreach (var begin in edges)
        {
            foreach (var end in edges)
            {
                Assert.Equal(await KeysAsync(official), await KeysAsync(ours));

                async Task<string[]> KeysAsync(Both both) =>
                    [.. (await both.Reminders.ReadRows(begin, end)).Reminders.Where(row => row.GrainId.Type == grains[0].Type).Select(row => row.GrainId.ToString()).Order(StringComparer.Ordinal)];
            }
        }
    }

    [Theory]
    [InlineData("table", 10)]
    [InlineData("table", 65_536)]
    [InlineData("table", 700_000)] // Azurite counts an update in base64: its bound is lower than the service's
    [InlineData("text", 10)]
    [InlineData("text", 100_000)]
    [InlineData("blob", 10)]
    [InlineData("blob", 900_000)]
    public async Task A_state_of_one_is_read_changed_and_cleared_by_the_other(string name, int size)
    {
        foreach (var (one, other) in new[] { (ours.Storage(name), official.Storage(name)), (official.Storage(name), ours.Storage(name)) })
        {
            var grain = GrainId.Create("dump", $"bot 7/conv#1?é{Guid.NewGuid():n}");
            var written = new GrainState<Note>(new Note { Text = new string('x', size) });
            await one.WriteStateAsync("conv/state", grain, written);
            var before = name == "blob" ? null : await StateRowAsync(grain);

            var read = await ReadAsync(other, grain);
            Assert.Equal((written.State!.Text, written.ETag, true), (read.State!.Text, read.ETag, read.RecordExists));
            await other.WriteStateAsync("conv/state", grain, read);
            if (before is not null)
            {
                AssertSame(before, await StateRowAsync(grain));
            }
            else
            {
                var blob = blobs.GetBlobContainerClient("grainstate").GetBlobClient($"conv/state-{grain}.json");
                Assert.Equal("application/octet-stream", (await blob.GetPropertiesAsync()).Value.ContentType);
            }

            // The first no longer knows what is there.
            await Assert.ThrowsAnyAsync<InconsistentStateException>(() => one.WriteStateAsync("conv/state", grain, written));
            await Assert.ThrowsAnyAsync<InconsistentStateException>(() => one.ClearStateAsync("conv/state", grain, written));
            await other.ClearStateAsync("conv/state", grain, read);
            var cleared = await ReadAsync(one, grain);
            Assert.Equal((false, read.ETag, ""), (cleared.RecordExists, cleared.ETag, cleared.State!.Text));
            await one.WriteStateAsync("conv/state", grain, new GrainState<Note>(new Note { Text = "again" }) { ETag = cleared.ETag });
            Assert.Equal("again", (await ReadAsync(other, grain)).State!.Text);
        }
    }

    [Fact]
    public async Task Silos_of_both_share_one_membership()
    {
        await official.Membership.InitializeMembershipTableAsync(true);
        await ours.Membership.InitializeMembershipTableAsync(true);
        var port = 11_111;
        foreach (var (one, other) in new[] { (ours.Membership, official.Membership), (official.Membership, ours.Membership) })
        {
            var silo = new MembershipEntry
            {
                SiloAddress = SiloAddress.New(new IPEndPoint(IPAddress.Loopback, ++port), 154_358_155), HostName = "host", Status = SiloStatus.Joining, ProxyPort = 20_000 + port, RoleName = "role",
                SiloName = $"silo-{port}", StartTime = new DateTime(2026, 11, 24, 13, 15, 57, 585, DateTimeKind.Utc), IAmAliveTime = new DateTime(2026, 11, 24, 13, 20, 0, DateTimeKind.Utc), SuspectTimes = [],
            };
            Assert.True(await one.InsertRowAsync(silo, (await one.ReadAllAsync()).Version.Next()));
            var (read, etag) = (await other.ReadRowAsync(silo.SiloAddress)).Members[0];
            Assert.Equal(
                (silo.SiloAddress, silo.HostName, silo.Status, silo.ProxyPort, silo.SiloName, silo.StartTime.Ticks, silo.IAmAliveTime.Ticks),
                (read.SiloAddress, read.HostName, read.Status, read.ProxyPort, read.SiloName, read.StartTime.Ticks, read.IAmAliveTime.Ticks));

            // Changed by the other, the same rows: of the silo, of the version and of the edges.
            read.Status = SiloStatus.Active;
            read.AddSuspector(SiloAddress.New(new IPEndPoint(IPAddress.Loopback, 2), 3), new DateTime(2026, 11, 24, 13, 0, 0, DateTimeKind.Utc));
            var now = (await other.ReadAllAsync()).Version;
            Assert.True(await other.UpdateRowAsync(read, etag, now.Next()));
            Assert.False(await one.UpdateRowAsync(silo, etag, now.Next()));
            var rows = await ClusterRowsAsync(port);
            var again = await one.ReadRowAsync(silo.SiloAddress);
            Assert.Equal((now.Version + 1, SiloStatus.Active, 1), (again.Version.Version, again.Members[0].Item1.Status, again.Members[0].Item1.SuspectTimes!.Count));
            Assert.True(await one.UpdateRowAsync(again.Members[0].Item1, again.Members[0].Item2, again.Version.Next()));
            foreach (var (before, after) in rows.Zip(await ClusterRowsAsync(port)))
            {
                // The edges of the official 10.4.2 carry no status. Ours do, as its later source: clean-up of older silos then leaves them.
                AssertSame(before, after, before.RowKey is "!Start" or "~End" ? ["MembershipVersion", "Status"] : ["MembershipVersion"]);
            }

            Assert.Equal((await official.Gateways.GetGatewaysAsync()).Order(UriOrder), (await ours.Gateways.GetGatewaysAsync()).Order(UriOrder));
            Assert.Contains(new Uri($"gwy.tcp://127.0.0.1:{silo.ProxyPort}/154358155"), await official.Gateways.GetGatewaysAsync());

            await other.UpdateIAmAliveAsync(new MembershipEntry { SiloAddress = silo.SiloAddress, IAmAliveTime = new DateTime(2026, 11, 24, 14, 0, 0, DateTimeKind.Utc) });
            Assert.Equal(14, (await one.ReadRowAsync(silo.SiloAddress)).Members[0].Item1.IAmAliveTime.Hour);
        }

        Assert.Equal((await official.Membership.ReadAllAsync()).Version, (await ours.Membership.ReadAllAsync()).Version);
        Assert.Equal(2, (await ours.Gateways.GetGatewaysAsync()).Count);
    }

    private static Comparer<Uri> UriOrder { get; } = Comparer<Uri>.Create((one, other) => string.CompareOrdinal(one.AbsoluteUri, other.AbsoluteUri));

    private static async Task<GrainState<Note>> ReadAsync(IGrainStorage storage, GrainId grain)
    {
        var read = new GrainState<Note>(new Note());
        await storage.ReadStateAsync("conv/state", grain, read);
        return read;
    }

    private Task<TableEntity> StateRowAsync(GrainId grain) =>
        RowOfAsync("OrleansGrainState", $"PartitionKey eq 'svc_1_{grain.ToString().Replace('/', '_').Replace('#', '_').Replace('?', '_')}'");

    private async Task<TableEntity> RowOfAsync(string table, string filter)
    {
        TableEntity? found = null;
        await foreach (var row in tables.GetTableClient(table).QueryAsync<TableEntity>(filter))
        {
            Assert.Null(found);
            found = row;
        }

        return found!;
    }

    private async Task<List<TableEntity>> ClusterRowsAsync(int port)
    {
        var rows = new List<TableEntity>();
        var cluster = (await RowOfAsync("OrleansSiloInstances", $"Port eq '{port}' and Generation eq '154358155'")).PartitionKey;
        await foreach (var row in tables.GetTableClient("OrleansSiloInstances").QueryAsync<TableEntity>($"PartitionKey eq '{cluster}'"))
        {
            rows.Add(row);
        }

        return rows;
    }

    private static void AssertSame(TableEntity one, TableEntity other, params string[] except)
    {
        Assert.Equal((one.PartitionKey, one.RowKey), (other.PartitionKey, other.RowKey));
        var properties = Properties(one, except);
        Assert.NotEmpty(properties);
        Assert.Equal(properties, Properties(other, except));
    }

    private static List<(string Name, string Type, string Value)> Properties(TableEntity row, string[] except) =>
        [.. row.Where(property => property.Key is not ("Timestamp" or "odata.etag") && !except.Contains(property.Key)).OrderBy(property => property.Key, StringComparer.Ordinal).Select(property => (property.Key, property.Value.GetType().Name, property.Value is byte[] bytes ? Convert.ToHexString(bytes) : property.Value.ToString()!))];
}

using System.Text;
using Azure;
using Azure.Data.Tables;
using FollowUp.Testing;
using Orleans.Storage;
using Xunit;

namespace FollowUp.Storage;

/// <summary>Rows and blobs as the official providers of Orleans 10.4 lay them: what ours writes, property by property, and what ours reads of rows it did not write.</summary>
[Collection(AzuriteTests.Name)]
public sealed class AzureLayoutTests(Azurite azurite) : IAsyncDisposable
{
    private static readonly GrainId Grain = GrainId.Create("dump", "bot 7/conv#1?é");

    private readonly AzureProviders providers = new(azurite);

    private TableServiceClient Tables => providers.Account.Tables;

    public ValueTask DisposeAsync() => providers.DisposeAsync();

    [Fact]
    public async Task A_reminder_is_the_golden_row()
    {
        var reminders = await providers.RemindersAsync();
        await reminders.UpsertRow(new ReminderEntry
        {
            GrainId = Grain,
            ReminderName = @"next step/#?\1",
            StartAt = new DateTime(2026, 11, 24, 13, 15, 57, 585, DateTimeKind.Utc),
            Period = TimeSpan.FromMinutes(90),
        });
        var row = await RowAsync("OrleansReminders", "svc_1_D85178A2", "dump_bot 7_conv_1_é-next step____1");
        AssertProperties(
            row,
            ("GrainReference", "dump/bot 7/conv#1?é"),
            ("ReminderName", @"next step/#?\1"),
            ("ServiceId", "svc/1"),
            ("DeploymentId", "clu-1"),
            ("StartAt", "2026-11-24 13:15:57.585 GMT"),
            ("Period", "01:30:00"),
            ("GrainRefConsistentHash", "D85178A2"));
    }

    [Fact]
    public async Task A_reminder_written_by_hand_is_read_and_removed()
    {
        var grain = GrainId.Create("dump", "by hand?");
        var partition = $"svc_1_{grain.GetUniformHashCode():X8}";
        var reminders = await providers.RemindersAsync();
        await PutAsync("OrleansReminders", Reminder(partition, "dump_by hand_-a", grain, "a", "svc/1", "1.02:03:04"));

        // Another service whose id looks the same in a key, a grain whose id does, and a row that somebody spoilt.
        await PutAsync("OrleansReminders", Reminder(partition, "dump_by hand_-b", grain, "b", "svc#1", "00:01:00"));
        await PutAsync("OrleansReminders", Reminder(partition, "dump_by hand_-c", GrainId.Create("dump", "by hand#"), "c", "svc/1", "00:01:00"));
        await PutAsync("OrleansReminders", Reminder(partition, "dump_by hand_-d", grain, "d", "svc/1", "soon"));

        var found = Assert.Single((await reminders.ReadRows(grain)).Reminders);
        Assert.Equal(("a", new DateTime(2026, 11, 24, 13, 15, 57, 585).Ticks, new TimeSpan(1, 2, 3, 4)), (found.ReminderName, found.StartAt.Ticks, found.Period));
        Assert.Null(await reminders.ReadRow(grain, "b"));
        var hash = grain.GetUniformHashCode();
        Assert.Equal(["a", "c"], (await reminders.ReadRows(hash - 1, hash)).Reminders.Select(row => row.ReminderName).Order());
        Assert.True(await reminders.RemoveRow(grain, "a", found.ETag!));
        Assert.Null(await reminders.ReadRow(grain, "a"));
    }

    [Fact]
    public async Task Clearing_reminders_leaves_those_of_other_clusters()
    {
        var own = new AzureProviders(azurite, "svc-clear", "clu-a");
        var other = new AzureProviders(azurite, "svc-clear", "clu-b");
        var (table, neighbour) = (await own.RemindersAsync(), await other.RemindersAsync());
        await table.UpsertRow(new ReminderEntry { GrainId = Grain, ReminderName = "a", Period = TimeSpan.FromMinutes(1) });
        await neighbour.UpsertRow(new ReminderEntry { GrainId = Grain, ReminderName = "b", Period = TimeSpan.FromMinutes(1) });
        await table.TestOnlyClearTable();
        Assert.Equal("b", Assert.Single((await table.ReadRows(0, 0)).Reminders).ReminderName);
    }

    [Fact]
    public async Task A_state_is_the_golden_row()
    {
        var storage = await providers.TableStorageAsync();
        await ClearAwayAsync(storage, "conv/state");
        var state = new GrainState<Note>(new Note { Text = "hi é" });
        await storage.WriteStateAsync("conv/state", Grain, state);
        var row = await RowAsync("OrleansGrainState", "svc_1_dump_bot 7_conv_1_é", "conv_state");
        Assert.Equal(row.ETag.ToString(), state.ETag);
        AssertProperties(row, ("Data", """{"text":"hi é","flag":true,"retries":3,"tags":["new"]}"""));

        // 200,000 characters and what is around them: three whole chunks and a rest.
        state.State!.Text = new string('x', 200_000);
        await storage.WriteStateAsync("conv/state", Grain, state);
        row = await RowAsync("OrleansGrainState", "svc_1_dump_bot 7_conv_1_é", "conv_state");
        Assert.Equal([("Data", 65_536), ("Data1", 65_536), ("Data2", 65_536), ("Data3", 3_442)], Payload(row).Select(property => (property.Key, ((byte[])property.Value).Length)));

        state.State.Text = "short";
        await storage.WriteStateAsync("conv/state", Grain, state);
        Assert.Equal(["Data"], Payload(await RowAsync("OrleansGrainState", "svc_1_dump_bot 7_conv_1_é", "conv_state")).Select(property => property.Key));

        await storage.ClearStateAsync("conv/state", Grain, state);
        row = await RowAsync("OrleansGrainState", "svc_1_dump_bot 7_conv_1_é", "conv_state");
        Assert.Empty(Payload(row));
        Assert.Equal(row.ETag.ToString(), state.ETag);
        var read = new GrainState<Note>(new Note());
        await storage.ReadStateAsync("conv/state", Grain, read);
        Assert.Equal((false, state.ETag), (read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task A_state_as_text_is_cut_at_32768_characters_but_never_through_one()
    {
        var grain = Some.Grain();
        var text = await providers.TableStorageAsync(options => (options.UseStringFormat, options.GrainStorageSerializer) = (true, new BareText()));
        var bytes = await providers.TableStorageAsync(options => options.GrainStorageSerializer = new BareText());
        var smile = new string('x', 32_767) + "🙂" + new string('y', 40_000);
        await text.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = smile }));
        var row = await RowAsync("OrleansGrainState", $"svc_1_{grain.ToString().Replace('/', '_')}", "note");
        Assert.Equal([("StringData", 32_767), ("StringData1", 32_768), ("StringData2", 7_234)], Payload(row).Select(property => (property.Key, ((string)property.Value).Length)));

        // Whichever the provider writes, it reads both.
        Assert.Equal(smile, (await text.ReadBackAsync<Note>(grain)).State!.Text);
        var read = await bytes.ReadBackAsync<Note>(grain);
        Assert.Equal(smile, read.State!.Text);
        await bytes.WriteStateAsync("note", grain, read);
        Assert.Equal(["Data", "Data1"], Payload(await RowAsync("OrleansGrainState", $"svc_1_{grain.ToString().Replace('/', '_')}", "note")).Select(property => property.Key));
        Assert.Equal(smile, (await text.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Fact]
    public async Task States_written_by_hand_are_read()
    {
        var storage = await providers.TableStorageAsync();
        const string Partition = "svc_1_dump_by hand";
        var grain = GrainId.Create("dump", "by hand");
        await PutAsync("OrleansGrainState", new TableEntity(Partition, "chunks") { ["Data"] = """{"te"""u8.ToArray(), ["Data1"] = """xt":"bytes"}"""u8.ToArray(), ["Data3"] = "no chunk: Data2 is missing"u8.ToArray() });
        await PutAsync("OrleansGrainState", new TableEntity(Partition, "base64") { ["Data"] = Convert.ToBase64String("""{"text":"base64"}"""u8) });
        await PutAsync("OrleansGrainState", new TableEntity(Partition, "text") { ["StringData"] = """{"text":"text""", ["StringData1"] = "\"}" });
        await PutAsync("OrleansGrainState", new TableEntity(Partition, "cleared"));
        Assert.Equal("bytes", (await storage.ReadBackAsync<Note>(grain, "chunks")).State!.Text);
        Assert.Equal("base64", (await storage.ReadBackAsync<Note>(grain, "base64")).State!.Text);
        Assert.Equal("text", (await storage.ReadBackAsync<Note>(grain, "text")).State!.Text);
        var cleared = await storage.ReadBackAsync<Note>(grain, "cleared");
        Assert.Equal((false, "", false), (cleared.RecordExists, cleared.State!.Text, cleared.ETag is null));
    }

    [Fact]
    public async Task A_state_that_no_row_can_hold_is_refused_and_changes_nothing()
    {
        var storage = await providers.TableStorageAsync();
        var grain = Some.Grain();
        var state = new GrainState<Note>(new Note { Text = "small" });
        await storage.WriteStateAsync("note", grain, state);
        state.State!.Text = new string('x', (15 * 65_536) + 1);
        var refused = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => storage.WriteStateAsync("note", grain, state));
        Assert.Contains("983040 at most", refused.Message, StringComparison.Ordinal);
        Assert.Equal("small", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
        await Assert.ThrowsAsync<ArgumentException>(() => storage.WriteStateAsync("note", Some.Grain(new string('k', 1_024)), new GrainState<Note>(new Note())));
    }

    [Fact]
    public async Task A_conflict_names_the_state_and_clearing_what_was_not_read_touches_nothing()
    {
        var storage = await providers.TableStorageAsync(options => options.DeleteStateOnClear = true);
        var grain = Some.Grain();
        await storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = "kept" }));
        var conflict = await Assert.ThrowsAsync<TableStorageUpdateConditionNotSatisfiedException>(() => storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note())));
        Assert.Equal((grain.ToString(), "note", "OrleansGrainState"), (conflict.GrainId, conflict.GrainType, conflict.TableName));
        await storage.ClearStateAsync("note", grain, new GrainState<Note>(new Note()));
        Assert.Equal("kept", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    [Fact]
    public async Task A_blob_has_the_golden_name_and_type()
    {
        var storage = await providers.BlobStorageAsync();
        var container = providers.Account.Blobs.GetBlobContainerClient("grainstate");
        var blob = container.GetBlobClient("convb-dump/bot 7/conv#1?é.json");
        await blob.DeleteIfExistsAsync();
        var state = new GrainState<Note>(new Note { Text = "hi é" });
        await storage.WriteStateAsync("convb", Grain, state);
        var found = await blob.DownloadContentAsync();
        Assert.Equal(
            ("application/octet-stream", """{"text":"hi é","flag":true,"retries":3,"tags":["new"]}""", found.Value.Details.ETag.ToString()),
            (found.Value.Details.ContentType, found.Value.Content.ToString(), state.ETag));

        await storage.ClearStateAsync("convb", Grain, state);
        Assert.False(await blob.ExistsAsync());
    }

    [Fact]
    public async Task Blobs_written_by_hand_are_read()
    {
        var storage = await providers.BlobStorageAsync();
        var grain = Some.Grain();
        var container = providers.Account.Blobs.GetBlobContainerClient("grainstate");
        await container.GetBlobClient($"full-{grain}.json").UploadAsync(BinaryData.FromString("""{"text":"by hand"}"""));
        await container.GetBlobClient($"empty-{grain}.json").UploadAsync(BinaryData.Empty);
        await container.GetBlobClient($"spoilt-{grain}.json").UploadAsync(BinaryData.FromString("{"));
        Assert.Equal("by hand", (await storage.ReadBackAsync<Note>(grain, "full")).State!.Text);
        var empty = await storage.ReadBackAsync<Note>(grain, "empty");
        Assert.Equal((false, false), (empty.RecordExists, empty.ETag is null));

        // State and etag change only when the payload could be read.
        var spoilt = new GrainState<Note>(new Note { Text = "before" }) { ETag = "before" };
        await Assert.ThrowsAnyAsync<System.Text.Json.JsonException>(() => storage.ReadStateAsync("spoilt", grain, spoilt));
        Assert.Equal(("before", "before"), (spoilt.State!.Text, spoilt.ETag));
    }

    [Fact]
    public async Task A_container_that_is_gone_is_made_again()
    {
        var storage = await providers.BlobStorageAsync(options => options.ContainerName = "goes-away");
        await providers.Account.Blobs.GetBlobContainerClient("goes-away").DeleteAsync();
        var grain = Some.Grain();
        Assert.False((await storage.ReadBackAsync<Note>(grain)).RecordExists);
        await storage.WriteStateAsync("note", grain, new GrainState<Note>(new Note { Text = "stored" }));
        Assert.Equal("stored", (await storage.ReadBackAsync<Note>(grain)).State!.Text);
    }

    /// <summary>The text and nothing else: JSON would write the smile as an escape.</summary>
    private sealed class BareText : IGrainStorageSerializer
    {
        public BinaryData Serialize<T>(T? input) => BinaryData.FromString(((Note)(object)input!).Text);

        public T Deserialize<T>(BinaryData input) => (T)(object)new Note { Text = input.ToString() };
    }

    private async Task ClearAwayAsync(IGrainStorage storage, string name)
    {
        var read = await storage.ReadBackAsync<Note>(Grain, name);
        await Tables.GetTableClient("OrleansGrainState").DeleteEntityAsync("svc_1_dump_bot 7_conv_1_é", name.Replace('/', '_'), read.ETag is null ? ETag.All : new ETag(read.ETag));
    }

    private async Task<TableEntity> RowAsync(string table, string partition, string row) => (await Tables.GetTableClient(table).GetEntityAsync<TableEntity>(partition, row)).Value;

    private async Task PutAsync(string table, TableEntity row) => await Tables.GetTableClient(table).UpsertEntityAsync(row, TableUpdateMode.Replace);

    private static TableEntity Reminder(string partition, string row, GrainId grain, string name, string service, string period) => new(partition, row)
    {
        ["GrainReference"] = grain.ToString(),
        ["ReminderName"] = name,
        ["ServiceId"] = service,
        ["DeploymentId"] = "clu-1",
        ["StartAt"] = "2026-11-24 13:15:57.585 GMT",
        ["Period"] = period,
        ["GrainRefConsistentHash"] = $"{grain.GetUniformHashCode():X8}",
    };

    private static IEnumerable<KeyValuePair<string, object>> Payload(TableEntity row) =>
        row.Where(property => property.Key is not ("PartitionKey" or "RowKey" or "Timestamp" or "odata.etag")).OrderBy(property => property.Key, StringComparer.Ordinal);

    // Every property there is, and no other.
    private static void AssertProperties(TableEntity row, params (string Name, string Value)[] expected) =>
        Assert.Equal(
            expected.OrderBy(property => property.Name, StringComparer.Ordinal),
            Payload(row).Select(property => (property.Key, property.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Assert.IsType<string>(property.Value))));
}

using FollowUp.Ports;
using FollowUp.Storage.PostgreSql;
using FollowUp.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Orleans.Runtime.MembershipService;
using Orleans.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace FollowUp.Storage;

/// <summary>What the suites open, closed after them.</summary>
internal sealed class Opened(PostgreSqlServer server) : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> opened = [];

    public string ConnectionString { get; private set; } = "";

    public async Task<PostgreSqlDatabase> OpenAsync()
    {
        ConnectionString = await server.NewDatabaseAsync();
        var database = new PostgreSqlDatabase(ConnectionString);
        opened.Add(database);
        await PostgreSqlSchema.ApplyAsync(database.Writes, "followup", TestContext.Current.CancellationToken);
        return database;
    }

    public T Closing<T>(T closed)
        where T : IAsyncDisposable
    {
        opened.Insert(0, closed);
        return closed;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var closed in opened)
        {
            await closed.DisposeAsync();
        }
    }
}

public sealed class PostgreSqlGrainStorageConformance(PostgreSqlServer server) : GrainStorageConformance, IAsyncDisposable
{
    private readonly Opened opened = new(server);

    protected override async ValueTask<IGrainStorage> OpenAsync() => opened.Closing(new PostgreSqlGrainStorage(await opened.OpenAsync()));

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}

public sealed class PostgreSqlReminderTableConformance(PostgreSqlServer server) : ReminderTableConformance, IAsyncDisposable
{
    private readonly Opened opened = new(server);

    protected override async ValueTask<IReminderTable> OpenAsync() =>
        opened.Closing(new PostgreSqlReminderTable(await opened.OpenAsync(), Options.Create(new ReminderOptions()), TimeProvider.System));

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}

public sealed class PostgreSqlConversationIndexConformance(PostgreSqlServer server) : ConversationIndexConformance, IAsyncDisposable
{
    private readonly Opened opened = new(server);

    protected override async ValueTask<(IGrainStorage Storage, IConversationIndex Index)> OpenAsync()
    {
        var database = await opened.OpenAsync();
        return (opened.Closing(new PostgreSqlGrainStorage(database)), new PostgreSqlConversationIndex(database));
    }

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}

public sealed class PostgreSqlTranscriptConformance(PostgreSqlServer server) : TranscriptConformance, IAsyncDisposable
{
    private readonly Opened opened = new(server);

    protected override async ValueTask<ITranscriptStore> OpenAsync() => new PostgreSqlTranscriptStore(await opened.OpenAsync());

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}

/// <summary>The official membership provider on our tables and statements.</summary>
public sealed class PostgreSqlMembershipConformance(PostgreSqlServer server) : MembershipConformance, IAsyncDisposable
{
    private readonly Opened opened = new(server);

    // The official provider passes none with an insert.
    protected override bool KeepsSuspectsOfANewSilo => false;

    protected override async ValueTask<IMembershipTable> OpenAsync(string clusterId)
    {
        await opened.OpenAsync();
        var table = new AdoNetClusteringTable(
            new ServiceCollection().BuildServiceProvider(),
            Options.Create(new ClusterOptions { ServiceId = "followup", ClusterId = clusterId }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = PostgreSqlStorage.Invariant, ConnectionString = opened.ConnectionString }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(true, TestContext.Current.CancellationToken);
        return table;
    }

    // Made as a client makes it: the provider's type is not public in every version.
    protected override async ValueTask<IGatewayListProvider> OpenGatewaysAsync(string clusterId)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddOrleansClient(client =>
        {
            client.Configure<ClusterOptions>(cluster => (cluster.ServiceId, cluster.ClusterId) = ("followup", clusterId));
            client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (PostgreSqlStorage.Invariant, opened.ConnectionString));
        });
        var gateways = services.BuildServiceProvider().GetRequiredService<IGatewayListProvider>();
        await gateways.InitializeGatewayListProviderAsync(TestContext.Current.CancellationToken);
        return gateways;
    }

    public ValueTask DisposeAsync() => opened.DisposeAsync();
}

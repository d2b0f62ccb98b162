using FollowUp.Storage.Embedded;
using FollowUp.Storage.PostgreSql;
using FollowUp.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Orleans.Reminders;
using Orleans.TestingHost;
using Xunit;

namespace FollowUp.Storage;

/// <summary>A grain that counts its ticks.</summary>
public interface IBellGrain : IGrainWithStringKey
{
    Task SetAsync(TimeSpan due);

    Task ClearAsync();

    Task<int> RungAsync();
}

public sealed class BellGrain : Grain, IBellGrain, IRemindable
{
    private int rung;

    public Task SetAsync(TimeSpan due) => this.RegisterOrUpdateReminder("next", due, TimeSpan.FromMinutes(1));

    public async Task ClearAsync() => await this.UnregisterReminder((await this.GetReminder("next"))!);

    public Task<int> RungAsync() => Task.FromResult(rung);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        rung++;
        return Task.CompletedTask;
    }
}

/// <summary>
/// Tables that answer a range with what falls due soon only, under Orleans' own reminder service, with its real window and refresh and a clock that only the test moves.
/// The window is ten minutes, the refresh five: what is asked for in hours is outside of both.
/// </summary>
public abstract class ReminderWindowTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private InProcessTestCluster cluster = null!;
    private CountedTable table = null!;

    protected abstract ValueTask<IReminderTable> OpenAsync(IOptions<ReminderOptions> options, TimeProvider clock);

    public async ValueTask InitializeAsync()
    {
        table = new CountedTable(await OpenAsync(Options.Create(new ReminderOptions()), time));
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.AddReminders();
            silo.Services.AddSingleton<IReminderTable>(table);
            silo.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, time);
        });
        cluster = builder.Build();
        await cluster.DeployAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Reminders_that_leave_and_enter_the_window_ring_when_they_should()
    {
        var (distant, putOff, drawnNear, cleared, standing) = (Bell("distant"), Bell("putOff"), Bell("drawnNear"), Bell("cleared"), Bell("standing"));
        await distant.SetAsync(TimeSpan.FromHours(2));
        await putOff.SetAsync(TimeSpan.FromMinutes(8));
        await drawnNear.SetAsync(TimeSpan.FromHours(9));
        await cleared.SetAsync(TimeSpan.FromHours(1));
        await standing.SetAsync(TimeSpan.FromMinutes(3));

        // Inside, then outside before it rings; outside, then inside.
        await AdvanceAsync(TimeSpan.FromMinutes(6));
        await putOff.SetAsync(TimeSpan.FromHours(3));
        await drawnNear.SetAsync(TimeSpan.FromMinutes(7));
        await AdvanceAsync(TimeSpan.FromMinutes(6));
        Assert.Equal((0, 0, 0), (await putOff.RungAsync(), await distant.RungAsync(), await drawnNear.RungAsync()));
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(await drawnNear.RungAsync(), 1, 2);

        // A distant one is unregistered: nothing rings at its time.
        await cleared.ClearAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(52));
        Assert.Equal(0, await cleared.RungAsync());

        // It enters by itself as its time comes near, and rings once a minute from then on.
        await AdvanceAsync(TimeSpan.FromMinutes(53));
        Assert.Equal(0, await distant.RungAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(await distant.RungAsync(), 1, 2);
        await AdvanceAsync(TimeSpan.FromMinutes(64));
        Assert.Equal(0, await putOff.RungAsync());
        await AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.InRange(await putOff.RungAsync(), 1, 2);

        // One whose time has long passed is answered by every range read, and goes on.
        var before = await standing.RungAsync();
        await AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.InRange(await standing.RungAsync() - before, 9, 11);

        // What was put to the test: a refresh every five minutes, most of which did not see the distant ones.
        TestContext.Current.TestOutputHelper?.WriteLine($"range reads={table.Reads} rows={table.Rows}");
        Assert.True(table.Reads > 30, $"{table.Reads} range reads");
        Assert.True(table.Rows < 3 * table.Reads, $"{table.Rows} rows");
    }

    private IBellGrain Bell(string name) => cluster.Client.GetGrain<IBellGrain>(name);

    // Small steps, each given the time to be noticed: a leap would pass over the service's own timers.
    private async Task AdvanceAsync(TimeSpan duration)
    {
        for (var left = duration; left > TimeSpan.Zero; left -= Step)
        {
            time.Advance(Step);
            await table.QuietAsync();
        }
    }

    /// <summary>Counts range reads, and knows when nothing is being asked.</summary>
    private sealed class CountedTable(IReminderTable inner) : IReminderTable
    {
        private int reads;
        private int rows;
        private int running;

        public int Reads => reads;

        public int Rows => rows;

        public async Task QuietAsync()
        {
            for (var quiet = 0; quiet < 3; quiet = Volatile.Read(ref running) == 0 ? quiet + 1 : 0)
            {
                await Task.Delay(2);
            }
        }

        public Task StartAsync(CancellationToken cancellationToken = default) => inner.StartAsync(cancellationToken);

        public Task<ReminderTableData> ReadRows(GrainId grainId) => inner.ReadRows(grainId);

        public async Task<ReminderTableData> ReadRows(uint begin, uint end)
        {
            Interlocked.Increment(ref running);
            try
            {
                var found = await inner.ReadRows(begin, end);
                Interlocked.Increment(ref reads);
                Interlocked.Add(ref rows, found.Reminders.Count);
                return found;
            }
            finally
            {
                Interlocked.Decrement(ref running);
            }
        }

        public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) => inner.ReadRow(grainId, reminderName);

        public Task<string?> UpsertRow(ReminderEntry entry) => inner.UpsertRow(entry);

        public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag) => inner.RemoveRow(grainId, reminderName, eTag);

        public Task TestOnlyClearTable() => inner.TestOnlyClearTable();
    }
}

public sealed class EmbeddedReminderWindowTests : ReminderWindowTests
{
    private readonly TemporaryDatabase temporary = new();

    protected override ValueTask<IReminderTable> OpenAsync(IOptions<ReminderOptions> options, TimeProvider clock) => new(new EmbeddedReminderTable(temporary.Database, options, clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await temporary.DisposeAsync();
    }
}

public sealed class PostgreSqlReminderWindowTests(PostgreSqlServer server) : ReminderWindowTests
{
    private readonly Opened opened = new(server);

    protected override async ValueTask<IReminderTable> OpenAsync(IOptions<ReminderOptions> options, TimeProvider clock) =>
        opened.Closing(new PostgreSqlReminderTable(await opened.OpenAsync(), options, clock));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await opened.DisposeAsync();
    }
}

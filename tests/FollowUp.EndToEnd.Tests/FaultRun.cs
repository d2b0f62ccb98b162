using System.Diagnostics;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>A channel under faults: how a conversation on it comes to owe one follow-up, and what the provider really took.</summary>
internal interface IFaultyChannel
{
    /// <summary>As it is printed.</summary>
    string Name { get; }

    /// <summary>The faults this channel can meet.</summary>
    IReadOnlyList<Fault> Faults { get; }

    /// <summary>A contact writes, the bot answers, silence begins: one follow-up will fall due. The conversation's id and the contact's address, unique for <paramref name="index"/>.</summary>
    Task<(string ConversationId, string Address)> BeginAsync(int index, Fault fault);

    /// <summary>How many messages the provider took for an address.</summary>
    int Taken(string address);
}

/// <summary>What became of the sends of one run.</summary>
internal sealed record FaultTally
{
    /// <summary>Sends whose answer was lost on purpose.</summary>
    public int Ambiguous { get; init; }

    /// <summary>Of these, settled by a callback, before or after the answer was known to be lost.</summary>
    public int ByCallback { get; init; }

    /// <summary>Settled by the provider's list.</summary>
    public int ByList { get; init; }

    /// <summary>Still uncertain at the end, and shown so.</summary>
    public int Uncertain { get; init; }

    /// <summary>Messages that a contact got beyond the one that was due.</summary>
    public int Doubled { get; init; }

    /// <summary>Follow-ups shown as sent that the provider never took.</summary>
    public int FalseSent { get; init; }

    /// <summary>Follow-ups that ended in no state at all.</summary>
    public int Lost { get; init; }

    /// <summary>Taken by the provider, and shown as failed or not shown.</summary>
    public int Denied { get; init; }

    public override string ToString() => $"ambiguous={Ambiguous} by_callback={ByCallback} by_list={ByList} uncertain={Uncertain} doubled={Doubled} false_sent={FalseSent} lost={Lost} denied={Denied}";

    public FaultTally Plus(FaultTally other) => new()
    {
        Ambiguous = Ambiguous + other.Ambiguous,
        ByCallback = ByCallback + other.ByCallback,
        ByList = ByList + other.ByList,
        Uncertain = Uncertain + other.Uncertain,
        Doubled = Doubled + other.Doubled,
        FalseSent = FalseSent + other.FalseSent,
        Lost = Lost + other.Lost,
        Denied = Denied + other.Denied,
    };
}

/// <summary>
/// Every fault of a channel, several times each, in the real process; then what the engine shows is held against the provider's ledger.
/// FAULTS sets how often each fault is met: 3 unless said. In full: <c>FAULTS=50 dotnet run --project tests/FollowUp.EndToEnd.Tests -- --filter-class "*FaultRunTests"</c>.
/// </summary>
internal sealed class FaultRun(Engine engine, IFaultyChannel channel, Action<string> print)
{
    /// <summary>The engine's settings of a run: lost answers are asked about after 2, 6 and 15 seconds, not after 1, 5 and 15 minutes, and a request may take eight.</summary>
    public static readonly string[] Settings =
        ["--Channels:Sending:ReconcileAfter:0=00:00:02", "--Channels:Sending:ReconcileAfter:1=00:00:06", "--Channels:Sending:ReconcileAfter:2=00:00:15", "--Channels:Twilio:Timeout=00:00:08", "--Channels:Meta:Timeout=00:00:08"];

    private static readonly HashSet<Fault> Ambiguous = [Fault.LoseAnswer, Fault.LoseAnswerThenCallBack, Fault.Hang, Fault.ServerError, Fault.GarbledAnswer, Fault.DropRequest, Fault.Slow];

    public static int Times => int.Parse(Environment.GetEnvironmentVariable("FAULTS") ?? "3");

    /// <summary>After this the last question about a lost answer was long asked.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(45);

    private readonly Stopwatch sinceEnd = new();

    public async Task<FaultTally> RunAsync()
    {
        var begun = new List<(Fault Fault, string Id, string Address)>();
        var jobs = channel.Faults.SelectMany(fault => Enumerable.Repeat(fault, Times)).Select((fault, index) => (fault, index)).ToList();
        await Parallel.ForEachAsync(jobs, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (job, _) =>
        {
            var (id, address) = await channel.BeginAsync(job.index, job.fault);
            lock (begun)
            {
                begun.Add((job.fault, id, address));
            }
        });
        await Engine.UntilAsync(async () => (await engine.GetAsync("follow-ups?limit=1"))["items"]!.AsArray().Count == 0, "every follow-up to end", TimeSpan.FromSeconds(120 + jobs.Count));
        sinceEnd.Start();
        var total = new FaultTally();
        foreach (var group in begun.GroupBy(entry => entry.Fault).OrderBy(group => group.Key))
        {
            var tally = new FaultTally();
            foreach (var (fault, id, address) in group)
            {
                tally = tally.Plus(await TallyAsync(fault, id, address));
            }

            print($"{channel.Name} {group.Key} times={group.Count()} {tally}");
            total = total.Plus(tally);
        }

        print($"{channel.Name} {total}");
        return total;
    }

    private async Task<FaultTally> TallyAsync(Fault fault, string id, string address)
    {
        JsonArray history = [];
        await Engine.UntilAsync(
            async () =>
            {
                history = (await engine.GetAsync($"conversations/{id}/response-info"))["history"]!.AsArray();

                // A lost answer is asked about for seconds; afterwards it is shown as it is.
                return Has(history, "sent") || Has(history, "failed") || (Has(history, "uncertain") && (fault is Fault.DropRequest || sinceEnd.Elapsed > Settling));
            },
            $"the end of {fault} in {id}",
            TimeSpan.FromSeconds(180));
        var taken = channel.Taken(address);
        var (sent, uncertain) = (Has(history, "sent"), Has(history, "uncertain") && !Has(history, "sent"));
        var byList = history.Any(line => (string?)line!["kind"] == "sent" && (string?)line["detail"] == "settledByList");
        var ambiguous = Ambiguous.Contains(fault);
        return new FaultTally
        {
            Ambiguous = ambiguous ? 1 : 0,
            ByCallback = ambiguous && sent && !byList ? 1 : 0,
            ByList = ambiguous && byList ? 1 : 0,
            Uncertain = uncertain ? 1 : 0,
            Doubled = Math.Max(0, taken - 1),
            FalseSent = sent && taken == 0 ? 1 : 0,
            Lost = !sent && !uncertain && !Has(history, "failed") ? 1 : 0,
            Denied = taken > 0 && !sent && !uncertain ? 1 : 0,
        };
    }

    private static bool Has(JsonArray history, string kind) => history.Any(line => (string?)line!["kind"] == kind && line["stepId"] is not null);

    /// <summary>Nothing twice, nothing shown as sent that was not, nothing forgotten, and every fault really met.</summary>
    public static void AssertSafe(FaultTally total, IFaultyChannel channel, Faults faults)
    {
        Assert.Equal((0, 0, 0, 0), (total.Doubled, total.FalseSent, total.Lost, total.Denied));
        Assert.All(channel.Faults, fault => Assert.True(faults.Exercised(fault) >= Times, $"{fault} was met {faults.Exercised(fault)} times only."));
        Assert.True(total.ByCallback > 0 && total.ByList + total.Uncertain > 0, total.ToString());
    }
}

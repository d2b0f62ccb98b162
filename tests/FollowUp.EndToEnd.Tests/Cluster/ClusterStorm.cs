using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using FollowUp.ProviderSimulator;

namespace FollowUp.EndToEnd.Cluster;

/// <summary>
/// Conversations that go on while processes die: contacts write, the shop's bot answers, silence or a reply follows, and again.
/// Whoever is cut off says it again with the same id, as a channel would. It keeps its own record of what was acknowledged and of what has to go out.
/// </summary>
internal sealed class ClusterStorm(EngineCluster cluster, ProviderSimulatorHost twilio, StormPlan plan)
{
    private readonly ConcurrentDictionary<string, List<LedgerLine>> taken = new();
    private readonly ConcurrentQueue<(DateTimeOffset From, DateTimeOffset To)> silosDown = new();
    private readonly Random random = new(plan.Seed);
    private int kills;
    private int read;

    public IReadOnlyList<StormConversation> Conversations { get; } =
        [.. Enumerable.Range(0, plan.Conversations).Select(index => new StormConversation($"c-{index}", $"+1303{5_550_000 + index:D7}"))];

    public int Kills => kills;

    /// <summary>When at least one silo was dead.</summary>
    public IReadOnlyCollection<(DateTimeOffset From, DateTimeOffset To)> SilosDown => silosDown;

    /// <summary>What the provider took for a number.</summary>
    public IReadOnlyList<LedgerLine> TakenBy(string number)
    {
        lock (taken)
        {
            return taken.TryGetValue(number, out var lines) ? [.. lines] : [];
        }
    }

    public async Task RunAsync()
    {
        using var over = new CancellationTokenSource(plan.Duration);
        using var ended = new CancellationTokenSource();
        var watching = WatchLedgerAsync(ended.Token);
        var killing = KillAsync(over.Token);
        await Task.WhenAll(Conversations.Select((conversation, index) => TalkAsync(conversation, new Random(plan.Seed + index + 1), over.Token)));
        await killing;
        await EngineApi.UntilAsync(async () => (await cluster.GetAsync("follow-ups?limit=1"))["items"]!.AsArray().Count == 0, "every step to end", TimeSpan.FromMinutes(4));
        await ended.CancelAsync();
        await watching;
        ReadLedger();
    }

    private async Task TalkAsync(StormConversation conversation, Random dice, CancellationToken over)
    {
        await PauseAsync(TimeSpan.FromSeconds(dice.NextDouble() * plan.Ramp.TotalSeconds));
        do
        {
            var episode = new Episode { Number = conversation.Episodes.Count };
            conversation.Episodes.Add(episode);

            // Written a while ago, so that a step of a minute is due sooner.
            var ago = plan.Longest * dice.NextDouble();
            episode.ContactWroteAt = DateTimeOffset.UtcNow - ago - TimeSpan.FromSeconds(1);
            await SayAsync(conversation, episode.Inbound, "contact", "how much is it?", episode.ContactWroteAt);
            episode.ContactAckedAt = DateTimeOffset.UtcNow;
            episode.AnchorAt = episode.Number == 0 ? episode.ContactWroteAt.AddSeconds(1) : DateTimeOffset.UtcNow;
            await SayAsync(conversation, episode.Outbound, "bot", "From 40. Ok?", episode.AnchorAt);
            episode.BotAckedAt = DateTimeOffset.UtcNow;

            episode.IsLeftAlone = over.IsCancellationRequested || dice.NextDouble() < plan.LeftAlone;
            if (episode.IsLeftAlone)
            {
                var patience = Stopwatch.StartNew();
                while (TakenBy(conversation.Number).Count(line => line.At > episode.AnchorAt) < plan.Steps && patience.Elapsed < plan.Patience)
                {
                    await PauseAsync(TimeSpan.FromMilliseconds(500));
                }
            }
            else
            {
                await PauseAsync(TimeSpan.FromSeconds(dice.NextDouble() * plan.Reply.TotalSeconds));
            }
        }
        while (!over.IsCancellationRequested || !conversation.Episodes[^1].IsLeftAlone);
    }

    private async Task SayAsync(StormConversation conversation, string id, string author, string text, DateTimeOffset at)
    {
        var first = conversation.Acked.IsEmpty;
        while (true)
        {
            try
            {
                object message = first
                    ? new { messageId = id, author, channel = "sms", text, sentAt = at, botId = "acme", contact = new { addresses = new { sms = conversation.Number } } }
                    : new { messageId = id, author, channel = "sms", text, sentAt = at };
                var (status, body) = await cluster.PostAsync($"conversations/{conversation.Id}/messages", message);
                if (status is HttpStatusCode.Accepted)
                {
                    conversation.Acked.Enqueue(id);
                    return;
                }

                if (status is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.BadGateway))
                {
                    throw new InvalidOperationException($"{(int)status}: {body?.ToJsonString()}\n{string.Join('\n', cluster.Gateways.Select(gateway => gateway.Process.Failures()))}");
                }
            }
            catch (Exception cut) when (cut is HttpRequestException or TaskCanceledException or IOException)
            {
                // A process was killed under it.
            }

            await PauseAsync(TimeSpan.FromMilliseconds(500));
        }
    }

    private async Task KillAsync(CancellationToken over)
    {
        var restarts = new List<Task>();
        var down = new ConcurrentDictionary<ClusterNode, byte>();
        while (!over.IsCancellationRequested)
        {
            await PauseAsync(plan.Calm + TimeSpan.FromSeconds(random.NextDouble() * plan.Calm.TotalSeconds));
            var up = cluster.Silos.Concat(cluster.Gateways).Where(node => !down.ContainsKey(node)).ToList();
            if (up.Count == 0 || over.IsCancellationRequested)
            {
                continue;
            }

            // Now and then all silos at once.
            var victims = random.NextDouble() < plan.AllSilos ? up.Where(node => node.IsSilo).ToList() : [up[random.Next(up.Count)]];
            foreach (var victim in victims)
            {
                down[victim] = 0;
                var rest = TimeSpan.FromSeconds(random.NextDouble() * plan.LongestDead.TotalSeconds);
                restarts.Add(Task.Run(async () =>
                {
                    await victim.Process.KillAsync();
                    Interlocked.Increment(ref kills);
                    var from = DateTimeOffset.UtcNow;
                    await PauseAsync(rest);
                    await victim.StartAsync();
                    if (victim.IsSilo)
                    {
                        silosDown.Enqueue((from, DateTimeOffset.UtcNow));
                    }

                    down.TryRemove(victim, out _);
                }, CancellationToken.None));
            }
        }

        await Task.WhenAll(restarts);
    }

    private async Task WatchLedgerAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested)
        {
            ReadLedger();
            await PauseAsync(TimeSpan.FromMilliseconds(250));
        }
    }

    private void ReadLedger()
    {
        var lines = twilio.Ledger.Read();
        lock (taken)
        {
            for (; read < lines.Count; read++)
            {
                taken.GetOrAdd(lines[read].To, _ => []).Add(lines[read]);
            }
        }
    }

    private static async Task PauseAsync(TimeSpan duration)
    {
        if (duration > TimeSpan.Zero)
        {
            using var timer = new PeriodicTimer(duration);
            await timer.WaitForNextTickAsync();
        }
    }
}

/// <summary>How a storm goes.</summary>
internal sealed record StormPlan
{
    public required int Seed { get; init; }
    public required int Conversations { get; init; }

    /// <summary>New episodes and kills end after this.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Conversations begin within this time.</summary>
    public required TimeSpan Ramp { get; init; }

    /// <summary>Steps of the bot, each a minute after the one before.</summary>
    public required int Steps { get; init; }

    /// <summary>How long ago the first message of a conversation was written, at most.</summary>
    public required TimeSpan Longest { get; init; }

    /// <summary>The share of episodes that nobody interrupts; the others are replied to within <see cref="Reply"/>.</summary>
    public double LeftAlone { get; init; } = 0.6;

    public TimeSpan Reply { get; init; } = TimeSpan.FromSeconds(110);

    /// <summary>How long steps are waited for in an episode that is left alone.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Between two kills: once to twice this.</summary>
    public required TimeSpan Calm { get; init; }

    /// <summary>A killed process stays dead for this long at most.</summary>
    public required TimeSpan LongestDead { get; init; }

    /// <summary>How often a kill hits all silos at once.</summary>
    public double AllSilos { get; init; } = 0.08;
}

/// <summary>One contact, and what is known of it outside of the engine.</summary>
internal sealed record StormConversation(string Id, string Number)
{
    public List<Episode> Episodes { get; } = [];

    public ConcurrentQueue<string> Acked { get; } = [];
}

/// <summary>A message, an answer, and silence or a reply.</summary>
internal sealed record Episode
{
    public required int Number { get; init; }
    public DateTimeOffset ContactWroteAt { get; set; }
    public DateTimeOffset ContactAckedAt { get; set; }

    /// <summary>The bot's message says it was sent then: the first step is due a minute later.</summary>
    public DateTimeOffset AnchorAt { get; set; }

    public DateTimeOffset BotAckedAt { get; set; }
    public bool IsLeftAlone { get; set; }

    public string Inbound => $"in-{Number}";

    public string Outbound => $"out-{Number}";
}

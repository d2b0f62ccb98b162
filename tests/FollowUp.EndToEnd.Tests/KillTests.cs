using System.Collections.Concurrent;
using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>kill -9 at random moments with a hundred conversations pending, due time included; then the stand-in's ledger is held against what the engine shows. KILL_ROUNDS sets the rounds: 2 unless said.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Conversations = 100;

    [Fact]
    public async Task Nothing_is_lost_and_nothing_goes_out_twice()
    {
        var rounds = int.Parse(Environment.GetEnvironmentVariable("KILL_ROUNDS") ?? "2");
        var seed = int.Parse(Environment.GetEnvironmentVariable("KILL_SEED") ?? "20261124");
        var random = new Random(seed);
        var ledger = Path.GetTempFileName();
        await using var twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        await using var engine = await Engine.StartNewAsync(speed: 60, twilio.BaseUrl);
        await Setup.AcmeAsync(engine, "minutes", 2, 5);
        var tally = new Tally();
        for (var round = 0; round < rounds; round++)
        {
            await RoundAsync(engine, twilio, random, round, tally);
        }

        output.WriteLine($"kills={tally.Kills} due={tally.Due} sent={tally.Sent} uncertain={tally.Uncertain} lost={tally.Lost} doubled={tally.Doubled} acked={tally.Acked} stored={tally.Stored} seed={seed}");
        Console.WriteLine($"kills={tally.Kills} due={tally.Due} sent={tally.Sent} uncertain={tally.Uncertain} lost={tally.Lost} doubled={tally.Doubled} acked={tally.Acked} stored={tally.Stored} seed={seed}");
        Assert.Equal((rounds, 0, 0), (tally.Kills, tally.Lost, tally.Doubled));
        Assert.Equal(tally.Acked, tally.Stored);
        File.Delete(ledger);
    }

    private static async Task RoundAsync(Engine engine, ProviderSimulatorHost twilio, Random random, int round, Tally tally)
    {
        // The kill falls anywhere from the first messages to after the due time, two seconds later.
        var killAfter = TimeSpan.FromMilliseconds(random.Next(200, 5_000));
        var numbers = Enumerable.Range(0, Conversations).Select(index => $"+1303{555_0000 + (round * Conversations) + index:D7}").ToList();
        var acked = new ConcurrentDictionary<string, string>();
        var talking = Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (number, _) => TalkAsync(engine, twilio, number, acked));
        using (var moment = new PeriodicTimer(killAfter))
        {
            await moment.WaitForNextTickAsync();
        }

        await engine.KillAsync();
        await talking;
        tally.Kills++;
        await engine.StartAsync();

        // Whoever was cut off tells the engine again, as a channel would.
        await Parallel.ForEachAsync(numbers, new ParallelOptions { MaxDegreeOfParallelism = 16 }, (number, _) => TalkAsync(engine, twilio, number, acked));
        await Engine.UntilAsync(async () => (await engine.GetAsync("follow-ups?limit=1"))["items"]!.AsArray().Count == 0, "every step to end", TimeSpan.FromSeconds(120));
        foreach (var number in numbers)
        {
            await CountAsync(engine, twilio, number, acked, tally);
        }
    }

    private static async ValueTask TalkAsync(Engine engine, ProviderSimulatorHost twilio, string number, ConcurrentDictionary<string, string> acked)
    {
        try
        {
            if (await twilio.PostInboundAsync($"{engine.BaseUrl}/webhooks/twilio/sms/messages", number, "how much is it?", sid: SidOf(number)) == 200)
            {
                acked[SidOf(number)] = number;
            }

            var found = await engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}");
            var id = (string)found["items"]![0]!["conversationId"]!;
            if ((await engine.PostAsync($"conversations/{id}/messages", new { messageId = $"bot-{number}", author = "bot", channel = "sms", text = "From 40. Ok?" })).Status is HttpStatusCode.Accepted)
            {
                acked[$"bot-{number}"] = number;
            }
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException or IOException)
        {
            // The engine was killed under it.
        }
    }

    private static async Task CountAsync(Engine engine, ProviderSimulatorHost twilio, string number, ConcurrentDictionary<string, string> acked, Tally tally)
    {
        var id = (string)(await engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;
        var history = (await engine.GetAsync($"conversations/{id}/response-info"))["history"]!.AsArray();
        var transcript = (await engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray();
        var taken = twilio.Ledger.Read().Count(line => line.To == number);
        var sent = Steps(history, "sent");
        var uncertain = Steps(history, "uncertain").Except(sent).ToHashSet();
        tally.Due += 2;
        tally.Sent += sent.Count;
        tally.Uncertain += uncertain.Count;
        tally.Lost += 2 - sent.Count - uncertain.Count + Math.Max(0, sent.Count - taken);
        tally.Doubled += Math.Max(0, taken - sent.Count - uncertain.Count);
        foreach (var (message, _) in acked.Where(entry => entry.Value == number))
        {
            tally.Acked++;
            tally.Stored += transcript.Count(line => (string?)line!["messageId"] == message);
        }
    }

    private static string SidOf(string number) => $"SM{number[1..].PadLeft(32, '0')}";

    private static HashSet<string> Steps(JsonArray history, string kind) =>
        [.. history.Where(line => (string?)line!["kind"] == kind && line["stepId"] is not null).Select(line => (string)line!["stepId"]!)];

    private sealed class Tally
    {
        public int Kills { get; set; }
        public int Due { get; set; }
        public int Sent { get; set; }
        public int Uncertain { get; set; }
        public int Lost { get; set; }
        public int Doubled { get; set; }
        public int Acked { get; set; }
        public int Stored { get; set; }
    }
}

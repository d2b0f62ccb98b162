using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator.Meta;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>Every fault of a send, on every product, against the real process; then the stand-in's ledger is held against what the engine shows. META_FAULTS sets how often each fault happens on each product: 2 unless said.</summary>
public sealed class MetaFaultTests(MetaSetup setup, ITestOutputHelper output) : IClassFixture<MetaSetup>
{
    private static readonly MetaFault[] Ambiguous = [MetaFault.LoseAnswer, MetaFault.LoseAnswerAndCallbacks, MetaFault.ServerError, MetaFault.Slow, MetaFault.Drop];

    private static readonly MetaFault[] Clear = [MetaFault.RateLimit, MetaFault.CallbackFirst, MetaFault.DoubleCallbacks, MetaFault.NoCallbacks];

    [Fact]
    public async Task No_fault_makes_a_message_go_out_twice_or_be_called_sent_when_it_was_not()
    {
        var times = int.Parse(Environment.GetEnvironmentVariable("META_FAULTS") ?? "2");
        setup.Meta.Faults.Delay = TimeSpan.FromSeconds(3);
        var contacts = new Dictionary<string, MetaProduct>();
        foreach (var product in Enum.GetValues<MetaProduct>())
        {
            setup.Meta.Faults.Script(product, Enumerable.Repeat(Ambiguous.Concat(Clear), times).SelectMany(faults => faults));
            for (var number = 0; number < times * (Ambiguous.Length + Clear.Length); number++)
            {
                contacts[product switch { MetaProduct.Messenger => $"5{number:D4}", MetaProduct.Instagram => $"6{number:D4}", _ => $"+165055{number:D5}" }] = product;
            }
        }

        await OneStepAsync();
        var conversations = new System.Collections.Concurrent.ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(contacts, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (contact, _) => conversations[contact.Key] = await setup.TalkAsync(contact.Value, contact.Key));

        // A lost answer is asked about a minute later, a limit is waited out for half of one; threads are read twice a second.
        var patience = TimeSpan.FromSeconds(120 + (6 * times));
        await Engine.UntilAsync(async () => (await setup.Engine.GetAsync("follow-ups?limit=1"))["items"]!.AsArray().Count == 0, "every step to end", patience);
        foreach (var (contact, product) in contacts)
        {
            if (product is not MetaProduct.WhatsApp && setup.Meta.Faults.Of(contact).Contains(MetaFault.LoseAnswerAndCallbacks))
            {
                await Engine.UntilAsync(async () => MetaSetup.Kinds(await setup.InfoAsync(conversations[contact])).Contains("sent"), $"the thread to tell of {contact}", patience);
            }
        }

        foreach (var product in Enum.GetValues<MetaProduct>())
        {
            var tally = new Tally();
            foreach (var (contact, _) in contacts.Where(entry => entry.Value == product))
            {
                await CountAsync(contact, conversations[contact], tally);
            }

            var line = $"channel={MetaSetup.WordOf(product)} each={times} ambiguous={tally.Ambiguous} by_callback={tally.ByCallback} by_list={tally.ByList} uncertain={tally.Uncertain} doubled={tally.Doubled} false_sent={tally.FalseSent} taken_over={tally.TakenOver} sent={tally.Sent}";
            output.WriteLine(line);
            Console.WriteLine(line);
            Assert.All(Ambiguous.Concat(Clear), fault => Assert.True(setup.Meta.Faults.Exercised(product, fault) >= times, $"{product} {fault}"));
            Assert.Equal((0, 0, 0), (tally.Doubled, tally.FalseSent, tally.TakenOver));
            Assert.Equal(Ambiguous.Length * times, tally.Ambiguous);
            Assert.Equal(tally.Ambiguous, tally.ByCallback + tally.ByList + tally.Uncertain);

            // What was dropped before it was taken stays uncertain; on WhatsApp so does what neither answer nor status tells of.
            Assert.Equal(product is MetaProduct.WhatsApp ? 2 * times : times, tally.Uncertain);
            Assert.Equal(contacts.Count(entry => entry.Value == product) - tally.Uncertain, tally.Sent);
        }
    }

    private async Task OneStepAsync()
    {
        var bot = await setup.Engine.GetAsync("bots/acme");
        var steps = bot["followUp"]!["scenarios"]!["stoppedResponding"]!["steps"]!.AsArray();
        steps.RemoveAt(1);
        var (status, body) = await setup.Engine.PutAsync("bots/acme", bot, "\"1\"");
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());
    }

    private async Task CountAsync(string contact, string id, Tally tally)
    {
        var info = await setup.InfoAsync(id);
        var sent = Steps(info["history"]!.AsArray(), "sent").Any();
        var taken = setup.Meta.Ledger.Read().Count(line => line.To == contact);
        var met = setup.Meta.Faults.Of(contact);
        tally.Sent += sent ? 1 : 0;
        tally.Doubled += Math.Max(0, taken - 1);
        tally.FalseSent += sent && taken == 0 ? 1 : 0;
        tally.TakenOver += (string?)info["status"] == "humanInCharge" ? 1 : 0;
        if (!met.Any(Ambiguous.Contains))
        {
            return;
        }

        tally.Ambiguous++;
        if (!sent)
        {
            tally.Uncertain++;
            Assert.Contains("uncertain", MetaSetup.Kinds(info));
        }
        else if (met.Contains(MetaFault.LoseAnswerAndCallbacks))
        {
            tally.ByList++;
        }
        else
        {
            tally.ByCallback++;
        }
    }

    private static IEnumerable<string> Steps(JsonArray history, string kind) =>
        history.Where(line => (string?)line!["kind"] == kind && line["stepId"] is not null).Select(line => (string)line!["stepId"]!);

    private sealed class Tally
    {
        public int Ambiguous { get; set; }
        public int ByCallback { get; set; }
        public int ByList { get; set; }
        public int Uncertain { get; set; }
        public int Doubled { get; set; }
        public int FalseSent { get; set; }
        public int TakenOver { get; set; }
        public int Sent { get; set; }
    }
}

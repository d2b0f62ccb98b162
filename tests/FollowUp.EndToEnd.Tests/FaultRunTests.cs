using System.Net;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>PROMISES: the provider accepts and drops the answer, hangs, answers 500, delays, shuffles and repeats callbacks.</summary>
public sealed class FaultRunTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_fault_of_twilios_doubles_a_text_or_shows_one_as_sent_that_was_not()
    {
        var ledger = Path.GetTempFileName();
        await using var twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        twilio.Faults.Delay = TimeSpan.FromSeconds(10);
        await using var engine = await Engine.StartNewAsync(speed: 600, twilio.BaseUrl, more: FaultRun.Settings);
        await Setup.AcmeAsync(engine, second: null);
        var sms = new FaultySms(engine, twilio);
        var total = await new FaultRun(engine, sms, Print).RunAsync();
        FaultRun.AssertSafe(total, sms, twilio.Faults);
        File.Delete(ledger);
    }

    private void Print(string line)
    {
        output.WriteLine(line);
        Console.WriteLine(line);
    }

    private sealed class FaultySms(Engine engine, ProviderSimulatorHost twilio) : IFaultyChannel
    {
        public string Name => "sms";

        public IReadOnlyList<Fault> Faults { get; } =
        [
            Fault.LoseAnswer, Fault.LoseAnswerThenCallBack, Fault.Hang, Fault.ServerError, Fault.GarbledAnswer, Fault.DropRequest, Fault.Slow, Fault.RateLimit, Fault.CallbackFirst, Fault.DoubleCallbacks, Fault.DelayCallbacks, Fault.ShuffleCallbacks, Fault.NoCallbacks,
        ];

        public async Task<(string ConversationId, string Address)> BeginAsync(int index, Fault fault)
        {
            var number = $"+1720{5_550_000 + index}";
            twilio.Faults.ScriptFor(number, fault);
            Assert.Equal(200, await twilio.PostInboundAsync($"{engine.BaseUrl}/webhooks/twilio/sms/messages", number, "how much is it?"));
            var id = (string)(await engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;
            Assert.Equal(HttpStatusCode.Accepted, (await engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = "sms", text = "From 40. Ok?" })).Status);
            return (id, number);
        }

        public int Taken(string address) => twilio.Ledger.Read().Count(line => line.To == address);
    }
}

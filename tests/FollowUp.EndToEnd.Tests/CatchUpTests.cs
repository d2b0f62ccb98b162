using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>PROMISES I10: what contacts wrote while the engine was away is found before a follow-up goes out. A second is a minute here.</summary>
public sealed class CatchUpTests(ITestOutputHelper output)
{
    private const int Contacts = 10;

    [Fact]
    public async Task Replies_of_an_outage_are_found_and_stop_their_follow_ups()
    {
        var ledger = Path.GetTempFileName();
        await using var twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        await using var engine = await Engine.StartNewAsync(speed: 60, twilio.BaseUrl);
        await Setup.AcmeAsync(engine, "minutes", 8, second: null);
        var inbound = $"{engine.BaseUrl}/webhooks/twilio/sms/messages";
        var numbers = Enumerable.Range(0, 2 * Contacts).Select(index => $"+1718555{index:D4}").ToList();
        var ids = new Dictionary<string, string>();
        foreach (var number in numbers)
        {
            Assert.Equal(200, await twilio.PostInboundAsync(inbound, number, "how much is it?"));
            ids[number] = (string)(await engine.GetAsync($"conversations?address={Uri.EscapeDataString(number)}"))["items"]![0]!["conversationId"]!;
        }

        foreach (var number in numbers)
        {
            Assert.Equal(HttpStatusCode.Accepted, (await engine.PostAsync($"conversations/{ids[number]}/messages", new { author = "bot", channel = "sms", text = "From 40. Ok?" })).Status);
        }

        await engine.KillAsync();
        var replied = numbers.Take(Contacts).ToList();
        foreach (var number in replied)
        {
            Assert.Equal(0, await twilio.PostInboundAsync(inbound, number, "which colours are there?"));
        }

        await engine.StartAsync();
        await Engine.UntilAsync(() => Task.FromResult(numbers.Skip(Contacts).All(number => twilio.Ledger.Read().Any(line => line.To == number))), "the follow-ups of those who stayed silent", TimeSpan.FromSeconds(90));
        var recovered = 0;
        foreach (var number in replied)
        {
            JsonArray transcript = [];
            await Engine.UntilAsync(async () => (transcript = (await engine.GetAsync($"conversations/{ids[number]}/messages"))["items"]!.AsArray()).Any(line => (string?)line!["text"] == "which colours are there?"), $"the reply of {number}");
            recovered += transcript.Count(line => (string?)line!["text"] == "which colours are there?");
        }

        var wrong = replied.Count(number => twilio.Ledger.Read().Any(line => line.To == number));
        output.WriteLine($"recovered={recovered}/{Contacts} wrong_follow_ups={wrong} sent_to_silent={Contacts}");
        Console.WriteLine($"recovered={recovered}/{Contacts} wrong_follow_ups={wrong} sent_to_silent={Contacts}");
        Assert.Equal((Contacts, 0), (recovered, wrong));
        File.Delete(ledger);
    }
}

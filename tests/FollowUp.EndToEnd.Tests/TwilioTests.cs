using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>What a user reads of Twilio's answers and callbacks, through the whole engine.</summary>
[Collection(ChannelsFixture.Name)]
public sealed class TwilioTests(ChannelsFixture channels)
{
    [Fact]
    public async Task A_number_that_opted_out_at_twilio_is_shown_so_and_gets_nothing_more()
    {
        var number = channels.NewNumber();
        channels.Twilio.Faults.Code = 21610;
        channels.Twilio.Faults.ScriptFor(number, Fault.Refuse);
        var id = await channels.TalkAsync(number);
        await channels.UntilAsync(id, "failed", "channelOptedOut", "21610");
        Assert.Equal("sms", (string?)(await channels.Engine.GetAsync($"conversations/{id}"))["optedOut"]![0]);
        var (status, problem) = await channels.Engine.PostAsync($"conversations/{id}/messages", new { author = "agent", channel = "sms", text = "one more thing", send = true });
        Assert.Equal((HttpStatusCode.Conflict, "optedOut"), (status, (string?)problem!["code"]));
    }

    [Fact]
    public async Task A_stop_that_twilio_judged_itself_counts_in_any_words()
    {
        var number = channels.NewNumber();
        var id = await channels.TalkAsync(number);
        Assert.Equal(200, await channels.Twilio.PostInboundAsync(channels.Inbound, number, "ARRETEZ-MOI", more: [new("OptOutType", "STOP")]));
        await channels.UntilAsync(id, "cancelled", "channelOptedOut");
        Assert.Equal(200, await channels.Twilio.PostInboundAsync(channels.Inbound, number, "oui oui", more: [new("OptOutType", "START")]));
        await channels.UntilAsync(id, "optedIn");
        Assert.DoesNotContain(channels.Twilio.Ledger.Read(), line => line.To == number);
    }

    [Fact]
    public async Task A_send_that_could_not_begin_goes_out_once_when_the_provider_is_back()
    {
        var number = channels.NewNumber();
        await channels.Twilio.GoDownAsync();
        try
        {
            var id = await TalkByApiAsync(number);
            await Engine.UntilAsync(async () => (string?)(await StepAsync(id))?["reason"] is null && (await StepAsync(id))?["attempt"] is null && (await StepAsync(id))?["text"] is not null, "the first try to fail", TimeSpan.FromSeconds(30));
            await channels.Twilio.ComeBackAsync();
            await channels.UntilAsync(id, "sent");
        }
        finally
        {
            if (!await IsUpAsync())
            {
                await channels.Twilio.ComeBackAsync();
            }
        }

        Assert.Single(channels.Twilio.Ledger.Read(), line => line.To == number);
    }

    [Fact]
    public async Task A_text_says_how_long_it_may_wait_in_twilios_queue()
    {
        var number = channels.NewNumber();
        var id = await channels.TalkAsync(number);
        await channels.UntilAsync(id, "sent");

        // SMS closes at nine in the evening, less than ten real minutes ahead at this speed.
        var line = channels.Twilio.Ledger.Read().Single(line => line.To == number);
        Assert.InRange(line.ValidityPeriod!.Value, 60, 600);
        Assert.Contains("attempt=", line.StatusCallback, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_concerns_the_team_is_one_note_in_the_workspaces_list()
    {
        var number = channels.NewNumber();
        channels.Twilio.Faults.Code = 21614;
        channels.Twilio.Faults.ScriptFor(number, Fault.Refuse);
        var id = await channels.TalkAsync(number);
        await channels.UntilAsync(id, "failed", "addressDead", "21614");
        JsonArray notes = [];
        await Engine.UntilAsync(
            async () => (notes = (await channels.Engine.GetAsync("notes?limit=200"))["items"]!.AsArray()).Any(note => (string?)note!["conversationId"] == id),
            "the note");
        Assert.Equal("addressDead", (string?)Assert.Single(notes, note => (string?)note!["conversationId"] == id)!["reason"]);
        Assert.Equal(HttpStatusCode.BadRequest, (await channels.Engine.Http.GetAsync("/api/v1/notes?cursor=x")).StatusCode);
    }

    private async Task<JsonNode?> StepAsync(string id) => (await channels.Engine.GetAsync($"conversations/{id}/response-info"))["plan"]?["steps"]?[0];

    private async Task<bool> IsUpAsync()
    {
        using var http = new HttpClient();
        try
        {
            using var response = await http.GetAsync($"{channels.Twilio.BaseUrl}/control/ledger");
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<string> TalkByApiAsync(string number)
    {
        var id = $"api-{number[1..]}";
        Assert.Equal(HttpStatusCode.Accepted, (await channels.Engine.PostAsync($"conversations/{id}/messages", new { author = "contact", channel = "sms", text = "how much is it?", botId = "acme", contact = new { addresses = new { sms = number } } })).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await channels.Engine.PostAsync($"conversations/{id}/messages", new { author = "bot", channel = "sms", text = "From 40. Ok?" })).Status);
        return id;
    }
}

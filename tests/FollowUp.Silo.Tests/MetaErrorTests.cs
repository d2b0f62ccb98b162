using FollowUp.Channels;
using FollowUp.Connectors.Meta;
using FollowUp.Conversations;
using FollowUp.ProviderSimulator;
using FollowUp.ProviderSimulator.Meta;
using Microsoft.Extensions.Options;
using Xunit;

namespace FollowUp.Silo;

/// <summary>Every documented error: the stand-in answers it over HTTP, the connector reads it, the conversation decides, the Response Info shows it.</summary>
public sealed class MetaErrorTests(MetaErrorTests.StandIn standIn) : IClassFixture<MetaErrorTests.StandIn>
{
    private const string Sms = "switchedChannel sms";

    [Theory]

    // Common to the Graph API.
    [InlineData(Channel.Messenger, 190, null, "note | failed providerFailed 190 | pauseConnection")]
    [InlineData(Channel.Messenger, 0, null, "note | failed providerFailed 0 | pauseConnection")]
    [InlineData(Channel.Messenger, 10, null, "note | failed providerFailed 10")]
    [InlineData(Channel.Messenger, 200, null, "note | failed providerFailed 200")]
    [InlineData(Channel.Messenger, 230, null, "note | failed providerFailed 230")]
    [InlineData(Channel.Messenger, 299, null, "note | failed providerFailed 299")]
    [InlineData(Channel.Messenger, 4, null, "another try, after the provider's 4")]
    [InlineData(Channel.Messenger, 17, null, "another try, after the provider's 17")]
    [InlineData(Channel.Messenger, 613, null, "another try, after the provider's 613")]
    [InlineData(Channel.Messenger, 1, null, "uncertain sendUncertain Meta answered 1.")]
    [InlineData(Channel.Messenger, 2, null, "uncertain sendUncertain Meta answered 2.")]
    [InlineData(Channel.Messenger, 100, null, "note | failed providerFailed 100")]
    [InlineData(Channel.Messenger, 368, null, "note | failed providerFailed 368 | pauseConnection")]

    // Messenger.
    [InlineData(Channel.Messenger, 10, 2018278, $"failed windowClosed 10/2018278 | {Sms}")]
    [InlineData(Channel.Messenger, 10, 2018065, "note | failed providerFailed 10/2018065")]
    [InlineData(Channel.Messenger, 10, 1893063, "note | failed providerFailed 10/1893063 | pauseConnection")]
    [InlineData(Channel.Messenger, 551, null, $"failed addressDead 551 | {Sms}")]
    [InlineData(Channel.Messenger, 551, 1545041, $"failed addressDead 551/1545041 | {Sms}")]
    [InlineData(Channel.Messenger, 100, 2018001, $"failed addressDead 100/2018001 | {Sms}")]
    [InlineData(Channel.Messenger, 4, 2018354, "another try, after the provider's 4/2018354")]
    [InlineData(Channel.Messenger, 1200, null, "uncertain sendUncertain Meta answered 1200.")]
    [InlineData(Channel.Messenger, 2, 1545133, "uncertain sendUncertain Meta answered 2/1545133.")]
    [InlineData(Channel.Messenger, 99999, null, "failed providerFailed 99999")]

    // Instagram.
    [InlineData(Channel.Instagram, 10, 2534022, $"failed windowClosed 10/2534022 | {Sms}")]
    [InlineData(Channel.Instagram, 100, 2534014, $"failed addressDead 100/2534014 | {Sms}")]
    [InlineData(Channel.Instagram, 2534014, null, $"failed addressDead 2534014 | {Sms}")]
    [InlineData(Channel.Instagram, 190, null, "note | failed providerFailed 190 | pauseConnection")]

    // WhatsApp, as the answer to the send.
    [InlineData(Channel.WhatsApp, 131047, null, $"failed windowClosed 131047 | {Sms}")]
    [InlineData(Channel.WhatsApp, 131026, null, $"failed addressDead 131026 | {Sms}")]
    [InlineData(Channel.WhatsApp, 131062, null, $"failed addressDead 131062 | {Sms}")]
    [InlineData(Channel.WhatsApp, 131056, null, "another try, after the provider's 131056")]
    [InlineData(Channel.WhatsApp, 130429, null, "another try, after the provider's 130429")]
    [InlineData(Channel.WhatsApp, 80007, null, "another try, after the provider's 80007")]
    [InlineData(Channel.WhatsApp, 4, null, "another try, after the provider's 4")]
    [InlineData(Channel.WhatsApp, 131048, null, "note | failed providerFailed 131048 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 131031, null, "note | failed providerFailed 131031 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 368, null, "note | failed providerFailed 368 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 131042, null, "note | failed providerFailed 131042 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 190, null, "note | failed providerFailed 190 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 0, null, "note | failed providerFailed 0 | pauseConnection")]
    [InlineData(Channel.WhatsApp, 131049, null, $"failed providerFailed 131049 | {Sms}")]
    [InlineData(Channel.WhatsApp, 130472, null, $"failed providerFailed 130472 | {Sms}")]
    [InlineData(Channel.WhatsApp, 131050, null, "optedOut channelOptedOut | cancelled channelOptedOut | failed channelOptedOut 131050")]
    [InlineData(Channel.WhatsApp, 131051, null, "failed providerFailed 131051")]
    [InlineData(Channel.WhatsApp, 131030, null, "note | failed providerFailed 131030")]
    [InlineData(Channel.WhatsApp, 131000, null, "uncertain sendUncertain Meta answered 131000.")]
    [InlineData(Channel.WhatsApp, 131016, null, "uncertain sendUncertain Meta answered 131016.")]
    [InlineData(Channel.WhatsApp, 1, null, "uncertain sendUncertain Meta answered 1.")]
    [InlineData(Channel.WhatsApp, 2, null, "uncertain sendUncertain Meta answered 2.")]
    [InlineData(Channel.WhatsApp, 132000, null, "note | failed providerFailed 132000")]
    [InlineData(Channel.WhatsApp, 132001, null, "note | failed providerFailed 132001")]
    [InlineData(Channel.WhatsApp, 132005, null, "note | failed providerFailed 132005")]
    [InlineData(Channel.WhatsApp, 132007, null, "note | failed providerFailed 132007")]
    [InlineData(Channel.WhatsApp, 132012, null, "note | failed providerFailed 132012")]
    [InlineData(Channel.WhatsApp, 131008, null, "note | failed providerFailed 131008")]
    [InlineData(Channel.WhatsApp, 131009, null, "note | failed providerFailed 131009")]
    [InlineData(Channel.WhatsApp, 100, null, "note | failed providerFailed 100")]
    [InlineData(Channel.WhatsApp, 131021, null, "note | failed providerFailed 131021")]
    [InlineData(Channel.WhatsApp, 137000, null, "note | failed providerFailed 137000")]
    public async Task An_error_in_the_answer_shows_what_was_done_about_it(Channel channel, int code, int? subcode, string story)
    {
        var talk = new ProviderTalk(channel);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, await standIn.SendAsync(channel, attempt.Text, code, subcode));
        Assert.Equal(story, talk.Story());
        Assert.Equal(story.Contains(Sms, StringComparison.Ordinal), talk.Sends[^1].Channel is Channel.Sms);
    }

    [Theory]
    [InlineData(131047, $"undelivered windowClosed 131047 | {Sms}")]
    [InlineData(131026, $"undelivered addressDead 131026 | {Sms}")]
    [InlineData(131049, $"undelivered providerFailed 131049 | {Sms}")]
    [InlineData(130472, $"undelivered providerFailed 130472 | {Sms}")]
    [InlineData(131050, "undelivered channelOptedOut 131050 | optedOut channelOptedOut | cancelled channelOptedOut")]
    [InlineData(131048, "undelivered providerFailed 131048 | note | pauseConnection")]
    [InlineData(131031, "undelivered providerFailed 131031 | note | pauseConnection")]
    [InlineData(131042, "undelivered providerFailed 131042 | note | pauseConnection")]
    [InlineData(132012, "undelivered providerFailed 132012 | note")]
    [InlineData(131000, "undelivered providerFailed 131000 | another try, after the provider's 131000")]
    [InlineData(131016, "undelivered providerFailed 131016 | another try, after the provider's 131016")]
    [InlineData(1, "undelivered providerFailed 1 | another try, after the provider's 1")]
    [InlineData(2, "undelivered providerFailed 2 | another try, after the provider's 2")]
    [InlineData(131051, "undelivered providerFailed 131051")]
    public void A_status_failed_shows_what_was_done_about_it(int code, string story)
    {
        var talk = new ProviderTalk(Channel.WhatsApp);
        var attempt = talk.NudgeUnderWay();
        talk.Answer(attempt, new SendResult.Accepted("wamid.1"));
        talk.Status("wamid.1", Delivery.Undelivered, code.ToString(), attempt.Id);
        if (story.Contains(Sms, StringComparison.Ordinal))
        {
            talk.Wake();
        }

        Assert.Equal(story, talk.Story());
        Assert.Equal(story.Contains(Sms, StringComparison.Ordinal), talk.Sends[^1].Channel is Channel.Sms);
    }

    [Theory]
    [InlineData(132015)]
    [InlineData(132016)]
    public async Task A_stopped_template_is_not_used_any_more(int code)
    {
        var bot = ProviderTalk.SwitchingBot with { FollowUp = ProviderTalk.SwitchingBot.FollowUp with { WhatsAppTemplate = new Bots.WhatsAppTemplate { Name = "follow_up_1", Language = "en_US" }, ChannelSwitching = new Bots.ChannelSwitching() } };
        var talk = new ProviderTalk(Channel.WhatsApp, bot);
        talk.NudgeUnderWay();
        talk.Answer(talk.Sends[^1], new SendResult.Accepted("wamid.1"));
        var attempt = talk.Due();
        Assert.Equal("follow_up_1", attempt.Template!.Name);
        talk.Answer(attempt, await standIn.SendAsync(Channel.WhatsApp, attempt.Text, code, null));
        Assert.Equal($"note | failed providerFailed {code} | note | stopTemplate", talk.Story());
        Assert.Equal("follow_up_1", talk.Asked.Single(entry => entry.Kind is OutboxKind.StopTemplate).Detail);
    }

    public sealed class StandIn : IAsyncLifetime
    {
        private readonly string ledger = Path.GetTempFileName();
        private readonly MetaPace pace = new();
        private readonly HttpClient http = new();
        private ProviderSimulatorHost simulator = null!;

        public async ValueTask InitializeAsync() => simulator = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);

        public async ValueTask DisposeAsync()
        {
            http.Dispose();
            pace.Dispose();
            await simulator.DisposeAsync();
            File.Delete(ledger);
        }

        public Task<SendResult> SendAsync(Channel channel, string text, int code, int? subcode)
        {
            simulator.Meta.Faults.Code = code;
            simulator.Meta.Faults.Subcode = subcode;
            simulator.Meta.Faults.Script(MetaConnectorTests.ProductOf(channel), MetaFault.Refuse);
            return new MetaConnector(http, Options.Create(new MetaOptions { BaseUrl = simulator.BaseUrl }), pace).SendAsync(MetaConnectorTests.Message(channel, text), CancellationToken.None);
        }
    }
}

using FollowUp.Channels;
using FollowUp.Connectors.Twilio;
using FollowUp.Ports;
using FollowUp.ProviderSimulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Xunit;

namespace FollowUp.Silo;

/// <summary>The connector against the stand-in, over real HTTP.</summary>
public sealed class TwilioConnectorTests : IAsyncLifetime
{
    private readonly string ledger = Path.GetTempFileName();
    private ProviderSimulatorHost twilio = null!;
    private HttpClient http = null!;

    public async ValueTask InitializeAsync()
    {
        twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(1) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        await twilio.DisposeAsync();
        File.Delete(ledger);
    }

    [Fact]
    public async Task A_message_is_accepted_with_the_providers_id()
    {
        var accepted = Assert.IsType<SendResult.Accepted>(await SendAsync("hello"));
        Assert.Equal(twilio.Ledger.Read()[^1].Sid, accepted.ProviderMessageId);
    }

    [Theory]
    [InlineData(21610, Refusal.OptedOut)]
    [InlineData(30004, Refusal.OptedOut)]
    [InlineData(21211, Refusal.AddressDead)]
    [InlineData(21614, Refusal.AddressDead)]
    [InlineData(30005, Refusal.AddressDead)]
    [InlineData(30006, Refusal.AddressDead)]
    [InlineData(63016, Refusal.WindowClosed)]
    [InlineData(20003, Refusal.Connection)]
    [InlineData(20404, Refusal.Connection)]
    [InlineData(21212, Refusal.Connection)]
    [InlineData(21408, Refusal.Connection)]
    [InlineData(21606, Refusal.Connection)]
    [InlineData(21608, Refusal.Connection)]
    [InlineData(21612, Refusal.Connection)]
    [InlineData(21659, Refusal.Connection)]
    [InlineData(21660, Refusal.Connection)]
    [InlineData(21703, Refusal.Connection)]
    [InlineData(21617, Refusal.Message)]
    [InlineData(99999, Refusal.Message)]
    public async Task An_error_code_says_what_to_do(int code, Refusal expected)
    {
        twilio.Faults.Code = code;
        twilio.Faults.Script(Fault.Refuse);
        Assert.Equal(new SendResult.Refused(expected, code.ToString()), await SendAsync("hello"));
    }

    [Theory]
    [InlineData(Fault.LoseAnswer)]
    [InlineData(Fault.ServerError)]
    [InlineData(Fault.Slow)]
    public async Task A_lost_answer_is_uncertain_and_the_list_tells_what_became_of_it(Fault fault)
    {
        twilio.Faults.Script(fault);
        var at = DateTimeOffset.UtcNow;
        Assert.IsType<SendResult.Uncertain>(await SendAsync($"unique {fault}"));
        Assert.Equal(1, twilio.Faults.Exercised(fault));
        Assert.Equal(twilio.Ledger.Read()[^1].Sid, Assert.IsType<SendResult.Accepted>(await Connector().ReconcileAsync(Message($"unique {fault}"), at, CancellationToken.None)).ProviderMessageId);
        Assert.Null(await Connector().ReconcileAsync(Message("never sent"), at, CancellationToken.None));
    }

    [Fact]
    public async Task Too_many_requests_were_not_processed()
    {
        twilio.Faults.Script(Fault.RateLimit);
        Assert.Equal(new SendResult.NotSent("20429", TimeSpan.FromSeconds(1)), await SendAsync("hello"));
        Assert.Empty(twilio.Ledger.Read());
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_was_sent_nothing()
    {
        var connector = new TwilioConnector(http, Options.Create(new TwilioOptions { BaseUrl = "http://127.0.0.1:1" }), new ConfigurationBuilder().Build());
        Assert.IsType<SendResult.NotSent>(await connector.SendAsync(Message("hello"), CancellationToken.None));
    }

    private Task<SendResult> SendAsync(string text) => Connector().SendAsync(Message(text), CancellationToken.None);

    private TwilioConnector Connector() => new(http, Options.Create(new TwilioOptions { BaseUrl = twilio.BaseUrl }), new ConfigurationBuilder().Build());

    private static OutboundMessage Message(string text) => new()
    {
        Workspace = "default",
        ConversationId = "c-1",
        ConnectionId = "sms",
        Connection = new Connection { Kind = ConnectionKind.Twilio, BotId = "acme", AccountSid = TwilioAccount.Sid, AuthToken = TwilioAccount.AuthToken, From = TwilioAccount.Number },
        AttemptId = "a-1",
        Channel = Channel.Sms,
        To = "+13035550142",
        Text = text,
        ValidFor = TimeSpan.FromHours(2),
    };
}

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
        twilio.Faults.Delay = TimeSpan.FromSeconds(5);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(3) };
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
    [InlineData(21408, Refusal.Setup)]
    [InlineData(21606, Refusal.Connection)]
    [InlineData(21608, Refusal.Setup)]
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
    public async Task Of_two_messages_alike_the_settled_one_is_not_taken_for_the_lost_one()
    {
        var at = DateTimeOffset.UtcNow;
        var settled = Assert.IsType<SendResult.Accepted>(await SendAsync("the same words")).ProviderMessageId;
        twilio.Faults.Script(Fault.LoseAnswer);
        await SendAsync("the same words");
        Assert.Null(await Connector().ReconcileAsync(Message("the same words"), at, CancellationToken.None));
        var found = Assert.IsType<SendResult.Accepted>(await Connector().ReconcileAsync(Message("the same words") with { Known = [settled] }, at, CancellationToken.None));
        Assert.NotEqual(settled, found.ProviderMessageId);
    }

    [Fact]
    public async Task A_messaging_service_sends_in_place_of_a_number()
    {
        var message = Message("hello");
        message = message with { Connection = message.Connection with { From = null, MessagingServiceSid = TwilioAccount.MessagingService } };
        Assert.IsType<SendResult.Accepted>(await Connector().SendAsync(message, CancellationToken.None));
        Assert.Equal("", twilio.Ledger.Read()[^1].From);
    }

    [Fact]
    public async Task What_contacts_wrote_is_listed_page_by_page()
    {
        var since = DateTimeOffset.UtcNow.AddSeconds(-1);
        for (var i = 0; i < 3; i++)
        {
            // Nobody listens there: only the list has it.
            Assert.Equal(0, await twilio.PostInboundAsync("http://127.0.0.1:1/", "+13035550142", $"missed {i}"));
        }

        await SendAsync("ours");
        var missed = (await Connector().ListAsync(Message("").Connection, since, CancellationToken.None))!;
        Assert.Equal(["missed 0", "missed 1", "missed 2"], missed.Select(message => message.Text).Order());
        Assert.All(missed, message => Assert.Equal((Channel.Sms, "+13035550142"), (message.Channel, message.From)));
        Assert.Empty((await Connector().ListAsync(Message("").Connection, DateTimeOffset.UtcNow.AddSeconds(2), CancellationToken.None))!);
    }

    [Theory]
    [InlineData("Body", "a", "21604")]
    [InlineData("To", "13035550142", "21211")]
    [InlineData("Unknown", "x", "20001")]
    public async Task The_stand_in_refuses_what_twilio_would(string field, string value, string code)
    {
        List<KeyValuePair<string, string>> form = field == "To" ? [new("To", value), new("From", TwilioAccount.Number), new("Body", "a")] : [new("From", TwilioAccount.Number), new(field, value), .. field == "Unknown" ? [new("To", "+13035550142"), new("Body", "a")] : (KeyValuePair<string, string>[])[]];
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{twilio.BaseUrl}/2010-04-01/Accounts/{TwilioAccount.Sid}/Messages.json") { Content = new FormUrlEncodedContent(form) };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{TwilioAccount.Sid}:{TwilioAccount.AuthToken}")));
        using var response = await http.SendAsync(request);
        Assert.Contains($"\"code\":{code}", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(twilio.Ledger.Read());
    }

    [Fact]
    public async Task An_error_of_the_newer_shape_is_read_too()
    {
        using var receiver = new Receiver { Answer = _ => Receiver.Plain(400, "{\"type\":\"https://www.twilio.com/docs/errors/21610\",\"title\":\"x\",\"status\":400}") };
        var connector = new TwilioConnector(http, Options.Create(new TwilioOptions { BaseUrl = $"http://127.0.0.1:{receiver.Port}" }), new ConfigurationBuilder().Build());
        Assert.Equal(new SendResult.Refused(Refusal.OptedOut, "21610"), await connector.SendAsync(Message("hello"), CancellationToken.None));
    }

    [Fact]
    public async Task A_connection_that_is_never_answered_sent_nothing()
    {
        // A full backlog: the handshake hangs, so that not a byte of the message can leave.
        using var listener = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.InterNetwork, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        listener.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0));
        listener.Listen(0);
        var port = ((System.Net.IPEndPoint)listener.LocalEndPoint!).Port;
        var fill = Enumerable.Range(0, 4).Select(_ => new System.Net.Sockets.TcpClient()).ToList();
        fill.ForEach(client => _ = client.ConnectAsync(System.Net.IPAddress.Loopback, port));
        using var slow = new HttpClient(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromMilliseconds(300) });
        var connector = new TwilioConnector(slow, Options.Create(new TwilioOptions { BaseUrl = $"http://127.0.0.1:{port}" }), new ConfigurationBuilder().Build());
        Assert.IsType<SendResult.NotSent>(await connector.SendAsync(Message("hello"), CancellationToken.None));
        fill.ForEach(client => client.Dispose());
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

using System.Text.Json.Nodes;
using FollowUp.Channels;
using FollowUp.Connectors.Meta;
using FollowUp.Conversations;
using FollowUp.Ports;
using FollowUp.ProviderSimulator;
using FollowUp.ProviderSimulator.Meta;
using Microsoft.Extensions.Options;
using Xunit;

namespace FollowUp.Silo;

/// <summary>The connector against the stand-in, over real HTTP.</summary>
public sealed class MetaConnectorTests : IAsyncLifetime
{
    private readonly string ledger = Path.GetTempFileName();
    private readonly MetaPace pace = new();
    private ProviderSimulatorHost simulator = null!;
    private HttpClient http = null!;

    private MetaStandIn Meta => simulator.Meta;

    public async ValueTask InitializeAsync()
    {
        simulator = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = TimeSpan.FromSeconds(1) };
    }

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        pace.Dispose();
        await simulator.DisposeAsync();
        File.Delete(ledger);
    }

    [Theory]
    [InlineData(Channel.Messenger, false, """{"recipient":{"id":"2001"},"messaging_type":"RESPONSE","message":{"text":"hello","metadata":"att:a-1"}}""")]
    [InlineData(Channel.Messenger, true, """{"recipient":{"id":"2001"},"messaging_type":"UPDATE","message":{"text":"hello","metadata":"att:a-1"}}""")]
    [InlineData(Channel.Instagram, true, """{"recipient":{"id":"2001"},"message":{"text":"hello"}}""")]
    [InlineData(Channel.WhatsApp, true, """{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text","text":{"preview_url":false,"body":"hello"},"biz_opaque_callback_data":"att:a-1/c-1"}""")]
    public async Task A_message_goes_out_as_the_products_pages_have_it(Channel channel, bool proactive, string body)
    {
        var message = Message(channel, "hello") with { Proactive = proactive };
        await OpenWindowAsync(message);
        var accepted = Assert.IsType<SendResult.Accepted>(await SendAsync(message));
        Assert.Equal(Meta.Ledger.Read()[^1].Sid, accepted.ProviderMessageId);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(body), JsonNode.Parse(Meta.LastBody!)), Meta.LastBody);
    }

    [Fact]
    public async Task A_template_carries_its_language_and_its_values()
    {
        Meta.Templates["follow_up_2"] = 2;
        var message = Message(Channel.WhatsApp, "WhatsApp template follow_up_2: Ana, Acme") with { Template = new TemplateMessage { Name = "follow_up_2", Language = "en_US", Parameters = ["Ana", "Acme"] } };
        Assert.IsType<SendResult.Accepted>(await SendAsync(message));
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"template","template":{"name":"follow_up_2","language":{"code":"en_US"},"components":[{"type":"body","parameters":[{"type":"text","text":"Ana"},{"type":"text","text":"Acme"}]}]},"biz_opaque_callback_data":"att:a-1/c-1"}"""),
                JsonNode.Parse(Meta.LastBody!)),
            Meta.LastBody);
    }

    [Fact]
    public async Task A_business_scoped_user_id_is_a_recipient_and_no_number()
    {
        var message = Message(Channel.WhatsApp, "hello") with { To = "US.13491208655302741918" };
        await OpenWindowAsync(message);
        Assert.IsType<SendResult.Accepted>(await SendAsync(message));
        Assert.Equal("US.13491208655302741918", (string?)JsonNode.Parse(Meta.LastBody!)!["recipient"]);
        Assert.Null(JsonNode.Parse(Meta.LastBody!)!["to"]);
    }

    [Fact]
    public async Task Instagrams_own_login_sends_by_the_instagram_account()
    {
        var message = Message(Channel.Instagram, "hello");
        message = message with { Connection = message.Connection with { LoginRoute = "instagram", PageId = null, PhoneNumberId = null } };
        await OpenWindowAsync(message);
        Assert.IsType<SendResult.Accepted>(await SendAsync(message));
        Assert.Equal(MetaAccount.InstagramId, Meta.Ledger.Read()[^1].From);
    }

    [Theory]
    [InlineData(Channel.Messenger, 2_001)]
    [InlineData(Channel.WhatsApp, 4_097)]
    public async Task A_text_longer_than_the_product_takes_is_not_sent(Channel channel, int length)
    {
        Assert.Equal(new SendResult.Refused(Refusal.Message, "tooLong"), await SendAsync(Message(channel, new string('a', length))));
        Assert.Empty(Meta.Ledger.Read());
    }

    [Fact]
    public async Task Instagrams_limit_counts_bytes()
    {
        var fits = Message(Channel.Instagram, new string('ä', 500));
        await OpenWindowAsync(fits);
        Assert.IsType<SendResult.Accepted>(await SendAsync(fits));
        Assert.Equal(new SendResult.Refused(Refusal.Message, "tooLong"), await SendAsync(Message(Channel.Instagram, new string('ä', 501))));
    }

    [Theory]
    [InlineData(Channel.Messenger, MetaFault.LoseAnswer)]
    [InlineData(Channel.Messenger, MetaFault.ServerError)]
    [InlineData(Channel.Messenger, MetaFault.Slow)]
    [InlineData(Channel.Instagram, MetaFault.LoseAnswer)]
    [InlineData(Channel.Instagram, MetaFault.ServerError)]
    [InlineData(Channel.Instagram, MetaFault.Slow)]
    public async Task A_lost_answer_is_uncertain_and_the_thread_tells_what_became_of_it(Channel channel, MetaFault fault)
    {
        var message = Message(channel, $"unique {fault}");
        await OpenWindowAsync(message);
        Meta.Faults.Script(ProductOf(channel), fault);
        var at = DateTimeOffset.UtcNow;
        Assert.IsType<SendResult.Uncertain>(await SendAsync(message));
        Assert.Equal(1, Meta.Faults.Exercised(ProductOf(channel), fault));
        Assert.Equal(Meta.Ledger.Read()[^1].Sid, Assert.IsType<SendResult.Accepted>(await Connector().ReconcileAsync(message, at, CancellationToken.None)).ProviderMessageId);
        Assert.Null(await Connector().ReconcileAsync(message with { Text = "never sent" }, at, CancellationToken.None));
        Assert.Null(await Connector().ReconcileAsync(message, at.AddHours(-1), CancellationToken.None));
    }

    [Fact]
    public async Task WhatsApps_history_proves_nothing_and_is_not_asked()
    {
        var message = Message(Channel.WhatsApp, "hello");
        Meta.Faults.Script(MetaProduct.WhatsApp, MetaFault.LoseAnswer);
        Assert.IsType<SendResult.Uncertain>(await SendAsync(message));
        Assert.Null(await Connector().ReconcileAsync(message, DateTimeOffset.UtcNow, CancellationToken.None));
        Assert.Equal(0, Meta.Reads);
    }

    [Fact]
    public async Task An_outage_is_uncertain_and_an_unreachable_host_was_sent_nothing()
    {
        Meta.Faults.Outage = true;
        Assert.IsType<SendResult.Uncertain>(await SendAsync(Message(Channel.Messenger, "hello")));
        Meta.Faults.Outage = false;
        Assert.IsType<SendResult.NotSent>(await new MetaConnector(http, Options.Create(new MetaOptions { BaseUrl = "http://127.0.0.1:1" }), pace).SendAsync(Message(Channel.Messenger, "hello"), CancellationToken.None));
        Assert.Empty(Meta.Ledger.Read());
    }

    [Fact]
    public async Task A_connection_that_is_never_answered_sent_nothing()
    {
        using var slow = new HttpClient(new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromMilliseconds(200),
            ConnectCallback = async (_, cancellationToken) =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
                return Stream.Null;
            },
        });
        var connector = new MetaConnector(slow, Options.Create(new MetaOptions { BaseUrl = simulator.BaseUrl }), pace);
        Assert.IsType<SendResult.NotSent>(await connector.SendAsync(Message(Channel.Messenger, "hello"), CancellationToken.None));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_proof_of_the_app_secret_goes_along_unless_it_is_switched_off(bool proof)
    {
        // The stand-in refuses a wrong proof; with another app's token none may go.
        var message = Message(Channel.Messenger, "hello");
        await OpenWindowAsync(message);
        message = message with { Connection = message.Connection with { AppSecret = "of another app" } };
        var result = await new MetaConnector(http, Options.Create(new MetaOptions { BaseUrl = simulator.BaseUrl, AppSecretProof = proof }), pace).SendAsync(message, CancellationToken.None);
        Assert.Equal(proof, result is SendResult.Refused { Why: Refusal.Setup });
    }

    [Theory]
    [InlineData("""{"recipient":{"id":"2001"},"messaging_type":"UPDATE","message":{"text":"hello"},"extra":1}""")]
    [InlineData("""{"recipient":{"id":2001},"messaging_type":"UPDATE","message":{"text":"hello"}}""")]
    [InlineData("""{"recipient":{"id":"2001"},"messaging_type":"MESSAGE_TAG","tag":"HUMAN_AGENT","message":{"text":"hello"}}""")]
    [InlineData("""{"recipient":{"id":"2001"},"messaging_type":"UPDATE","message":{"text":""}}""")]
    [InlineData("""{"recipient":{"id":"2001"},"messaging_type":"UPDATE","message":{"text":"hello","metadata":7}}""")]
    [InlineData("""{"recipient":{"id":"2001"},"messaging_type":"UPDATE","messaging_type":"UPDATE","message":{"text":"hello"}}""")]
    public async Task The_stand_in_is_as_strict_as_Messenger(string body) => Assert.Equal(400, await PostAsync(MetaAccount.PageId, body));

    [Theory]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"16505551234","type":"text","text":{"body":"hello"}}""")] // no +
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text","text":{"body":7}}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text","text":{"preview_url":"no","body":"hello"}}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"text","text":{"body":"hello"},"metadata":"x"}""")]
    [InlineData("""{"recipient_type":"individual","to":"+16505551234","type":"text","text":{"body":"hello"}}""")]
    [InlineData("""{"messaging_product":"whatsapp","recipient_type":"individual","to":"+16505551234","type":"template","template":{"name":"follow_up_1","language":"en_US"}}""")]
    public async Task The_stand_in_is_as_strict_as_WhatsApp(string body) => Assert.Equal(400, await PostAsync(MetaAccount.PhoneNumberId, body));

    internal static OutboundMessage Message(Channel channel, string text) => new()
    {
        Workspace = "default",
        ConversationId = "c-1",
        ConnectionId = "meta",
        Connection = new Connection
        {
            Kind = ConnectionKind.Meta,
            BotId = "acme",
            AppSecret = MetaAccount.AppSecret,
            VerifyToken = MetaAccount.VerifyToken,
            AccessToken = MetaAccount.AccessToken,
            PageId = MetaAccount.PageId,
            InstagramId = MetaAccount.InstagramId,
            PhoneNumberId = MetaAccount.PhoneNumberId,
        },
        AttemptId = "a-1",
        Channel = channel,
        To = channel is Channel.WhatsApp ? "+16505551234" : "2001",
        Text = text,
    };

    internal static MetaProduct ProductOf(Channel channel) => channel switch { Channel.Messenger => MetaProduct.Messenger, Channel.Instagram => MetaProduct.Instagram, _ => MetaProduct.WhatsApp };

    private async Task<int> PostAsync(string account, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{simulator.BaseUrl}/v25.0/{account}/messages") { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new System.Net.Http.Headers.AuthenticationHeaderValue("Bearer", MetaAccount.AccessToken);
        using var response = await http.SendAsync(request);
        Assert.Empty(Meta.Ledger.Read());
        return (int)response.StatusCode;
    }

    // The webhook goes nowhere; what counts is that the contact wrote.
    private async Task OpenWindowAsync(OutboundMessage message)
    {
        Meta.WebhookUrl = $"{simulator.BaseUrl}/nowhere";
        await Meta.WriteAsync(ProductOf(message.Channel), message.To, "hello");
        Meta.WebhookUrl = null;
    }

    private Task<SendResult> SendAsync(OutboundMessage message) => Connector().SendAsync(message, CancellationToken.None);

    private MetaConnector Connector() => new(http, Options.Create(new MetaOptions { BaseUrl = simulator.BaseUrl }), pace);
}

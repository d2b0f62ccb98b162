using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using FollowUp.Channels;
using FollowUp.Connectors.WebHook;
using FollowUp.Ports;
using FollowUp.WebHooks;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace FollowUp.Silo;

/// <summary>Signed calls to addresses that workspaces choose, and the guard around them. Every target is a listener of our own on the loopback, or nobody.</summary>
public sealed class WebHookTests : IDisposable
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    private readonly Receiver receiver = new();

    public void Dispose() => receiver.Dispose();

    // Standard Webhooks' own example.
    [Fact]
    public void The_signature_is_the_standards() =>
        Assert.Equal("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", WebHookSignature.Of([Secret], "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));

    [Fact]
    public async Task A_message_is_a_signed_call_with_the_attempts_id()
    {
        receiver.Answer = _ => Receiver.Plain(200, "{\"messageId\":\"line-77\"}");
        Assert.Equal(new SendResult.Accepted("line-77"), await SendAsync());
        var request = Assert.Single(receiver.Requests);
        var (head, body) = (request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)], request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        string Header(string name) => head.Split("\r\n").Single(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
        Assert.Equal("a-1", Header("webhook-id"));
        Assert.Equal(WebHookSignature.Of([Secret], "a-1", long.Parse(Header("webhook-timestamp")), Encoding.UTF8.GetBytes(body)), Header("webhook-signature"));
        var data = JsonNode.Parse(body)!["data"]!;
        Assert.Equal(("c-1", "m-1", "sms", "+13035550142", "Still there? \"yes\"\r\n"), ((string)data["conversationId"]!, (string)data["messageId"]!, (string)data["channel"]!, (string)data["to"]!, (string)data["text"]!));
    }

    [Fact]
    public async Task What_the_adapter_answers_says_what_becomes_of_the_message()
    {
        (string? Answer, SendResult Expected)[] cases =
        [
            (Receiver.Plain(204), new SendResult.Accepted("a-1")),
            (Receiver.Plain(200, "not json"), new SendResult.Accepted("a-1")),
            (Receiver.Plain(500), new SendResult.Again("500", null, MayHaveArrived: true)),
            (Receiver.Plain(404), new SendResult.Again("404", null, MayHaveArrived: false)),
            (Receiver.Plain(429, "", "Retry-After: 7\r\n"), new SendResult.Again("429", TimeSpan.FromSeconds(7), MayHaveArrived: false)),
            (Receiver.Plain(302, "", "Location: http://127.0.0.1:1/inner\r\n"), new SendResult.Again("302", null, MayHaveArrived: false)),
            (Receiver.Plain(410), new SendResult.Refused(Refusal.Connection, "410")),
            (Receiver.Plain(422, "{\"refusal\":\"addressDead\",\"code\":\"550\"}"), new SendResult.Refused(Refusal.AddressDead, "550")),
            (Receiver.Plain(422, "{\"refusal\":\"optedOut\"}"), new SendResult.Refused(Refusal.OptedOut, "422")),
            (Receiver.Plain(400), new SendResult.Refused(Refusal.Message, "400")),
            ("", new SendResult.Again("connectionBroke", null, MayHaveArrived: true)),
            (null, new SendResult.Again("timeout", null, MayHaveArrived: true)),
        ];
        foreach (var (answer, expected) in cases)
        {
            receiver.Answer = _ => answer;
            Assert.Equal(expected, await SendAsync());
        }

        Assert.Equal(cases.Length, receiver.Requests.Count);
        Assert.All(receiver.Requests, request => Assert.Contains("webhook-id: a-1\r\n", request, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task An_adapter_that_is_away_got_nothing()
    {
        var url = receiver.Url;
        receiver.Stop();
        Assert.Equal(new SendResult.Again("unreachable", null, MayHaveArrived: false), await SendAsync(url));
    }

    [Fact]
    public async Task Of_an_endless_answer_64_kilobytes_are_read()
    {
        receiver.Answer = _ => Receiver.Plain(200, new string('x', 4 * 1024 * 1024));
        var sender = Sender(Options(allowLoopback: true));
        var before = Stopwatch.StartNew();
        var answer = Assert.IsType<WebHookOutcome.Answered>(await sender.SendAsync(new WebHookCall { Url = receiver.Url, Secrets = [Secret], Id = "x", Body = "{}"u8.ToArray() }, CancellationToken.None));
        Assert.Equal(64 * 1024, answer.Text.Length);
        Assert.InRange(before.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Theory]
    [InlineData("https://adapter.example.com/hook")]
    [InlineData("https://adapter.example.com:443/hook?x=1")]
    [InlineData("https://bücher.example/hook")]
    public void A_public_https_address_may_be_saved(string url) => Assert.Null(Targets(Options(allowLoopback: false)).Problem(url));

    public static TheoryData<string> Inner { get; } =
    [
        "http://adapter.example.com/hook", "ftp://adapter.example.com/", "file:///etc/passwd", "gopher://127.0.0.1:25/", "https://adapter.example.com:8443/", "https://user@adapter.example.com/", "https://user:pw@adapter.example.com/", "https://adapter.example.com@127.0.0.1/", "https://127.0.0.1#@adapter.example.com/",
        "https://127.0.0.1/", "https://127.0.0.1./", "https://127.1/", "https://2130706433/", "https://0x7f000001/", "https://0x7f.1/", "https://017700000001/", "https://0177.0.0.1/", "https://127.0.1.3/", "https://0/", "https://0.0.0.0/", "https://localhost/", "https://LOCALHOST./", "https://localhost.localdomain.localhost/",
        "https://①②⑦.⓪.⓪.⓪/", "https://127。0。0。1/", "https://１２７.0.0.1/", "https://[::1]/", "https://[::]/", "https://[0:0:0:0:0:ffff:127.0.0.1]/", "https://[::ffff:7f00:1]/", "https://[::127.0.0.1]/", "https://[fe80::1%25lo]/", "https://[fe80::1]/", "https://[fc00::1]/", "https://[64:ff9b::7f00:1]/", "https://[2002:7f00:1::]/", "https://[2001::1]/",
        "https://10.0.0.1/", "https://172.16.0.1/", "https://192.168.1.1/", "https://100.64.0.1/", "https://192.0.2.1/", "https://198.18.0.1/", "https://198.51.100.1/", "https://203.0.113.1/", "https://224.0.0.1/", "https://255.255.255.255/", "https://240.0.0.1/", "https://8.8.8.8/", "https://1.1.1.1./",
        "https://metadata/", "https://metadata.internal/", "https://db.local/", "https://intranet/", "https://printer.lan/", "https://x.home.arpa/", "https://adapter.example.com\\@127.0.0.1/", "https:// adapter.example.com/", "https://adapter.example.com\t/", "https://adapter.example.com/\r\nX: y", "https://1.2.3.4.5/", "https://adapter.0x7f/", "//adapter.example.com/", "adapter.example.com", "", "https://engine.example.org/loop",
    ];

    [Theory]
    [MemberData(nameof(Inner))]
    public async Task No_other_address_is_saved_or_called(string url)
    {
        var options = Options(allowLoopback: false);
        var problem = Targets(options).Problem(url);
        Assert.NotNull(problem);
        Assert.DoesNotContain("127", problem, StringComparison.Ordinal);
        Assert.IsType<WebHookOutcome.Blocked>(await Sender(options).SendAsync(new WebHookCall { Url = url, Secrets = [Secret], Id = "x", Body = "{}"u8.ToArray() }, CancellationToken.None));
        Assert.Equal(0, receiver.Hits);
    }

    [Theory]
    [InlineData("0.1.2.3")]
    [InlineData("10.255.255.255")]
    [InlineData("100.127.255.255")]
    [InlineData("127.255.255.254")]
    [InlineData("168.63.129.16")]
    [InlineData("169.254.1.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.0.0.8")]
    [InlineData("192.88.99.1")]
    [InlineData("192.168.0.1")]
    [InlineData("198.19.255.255")]
    [InlineData("239.1.1.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("100::1")]
    [InlineData("2001:0:1::1")]
    [InlineData("2001:db8::1")]
    [InlineData("3fff::1")]
    [InlineData("5f00::1")]
    [InlineData("fd12::1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    [InlineData("fe80::1%1")]
    public void Special_addresses_are_not_public(string address) => Assert.False(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    [Theory]
    [InlineData("93.184.216.34")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("2606:4700::1111")]
    public void Others_are(string address) => Assert.True(PublicAddresses.IsPublic(IPAddress.Parse(address)));

    // What a name leads to is judged at the connection itself: the guard is asked with a name that passed every check of its text.
    [Fact]
    public async Task A_name_that_leads_inside_is_refused_at_the_connection()
    {
        using var http = new HttpClient(GuardedHandler.Create(Targets(Options(allowLoopback: false))));
        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync($"http://localhost:{receiver.Port}/"));
        Assert.IsType<TargetBlockedException>(failure.InnerException);
        Assert.Equal(0, receiver.Hits);
    }

    [Fact]
    public async Task A_proxy_of_the_environment_is_not_used()
    {
        using var handler = GuardedHandler.Create(Targets(Options(allowLoopback: true)));
        Assert.False(handler.UseProxy);
        Assert.False(handler.AllowAutoRedirect);
        using var http = new HttpClient(handler);
        receiver.Answer = _ => Receiver.Plain(302, "", $"Location: {receiver.Url}/inner\r\n");
        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync(receiver.Url)).StatusCode);
        Assert.Equal(1, receiver.Hits);
    }

    private Task<SendResult> SendAsync(string? url = null)
    {
        var message = new OutboundMessage
        {
            Workspace = "default",
            ConversationId = "c-1",
            ConnectionId = "line",
            Connection = new Connection { Kind = ConnectionKind.Webhook, BotId = "acme", Channel = Channel.Sms, Url = url ?? receiver.Url, Secret = Secret },
            AttemptId = "a-1",
            MessageId = "m-1",
            Channel = Channel.Sms,
            To = "+13035550142",
            Text = "Still there? \"yes\"\r\n",
        };
        return new WebHookConnector(Sender(Options(allowLoopback: true))).SendAsync(message, CancellationToken.None);
    }

    private static WebHookOptions Options(bool allowLoopback) => new() { AllowedNetworks = allowLoopback ? ["127.0.0.0/8"] : [], Timeout = TimeSpan.FromSeconds(2) };

    private static WebHookTargets Targets(WebHookOptions options) =>
        new(Microsoft.Extensions.Options.Options.Create(options), new ConfigurationBuilder().AddInMemoryCollection([new("Gateway:PublicBaseUrl", "https://engine.example.org")]).Build());

    private static IWebHookSender Sender(WebHookOptions options)
    {
        var targets = Targets(options);
        return new WebHookSender(new HttpClient(GuardedHandler.Create(targets)) { Timeout = Timeout.InfiniteTimeSpan }, targets, Microsoft.Extensions.Options.Options.Create(options));
    }
}

using System.Collections.Concurrent;
using System.Net;
using System.Net.WebSockets;
using FollowUp.ProviderSimulator;
using FollowUp.Testing;
using Xunit;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace FollowUp.EndToEnd.Cluster;

/// <summary>Silos and gateways as processes of their own, on PostgreSQL.</summary>
public sealed class ClusterTests(PostgreSqlServer postgres, ITestOutputHelper output) : IAsyncLifetime
{
    private ProviderSimulatorHost twilio = null!;
    private EngineCluster cluster = null!;
    private string ledger = "";

    public async ValueTask InitializeAsync()
    {
        ledger = Path.GetTempFileName();
        twilio = await ProviderSimulatorHost.StartAsync("http://127.0.0.1:0", ledger);
        cluster = new EngineCluster("PostgreSql", await postgres.NewDatabaseAsync(), silos: 2, gateways: 2, twilio.BaseUrl);
    }

    public async ValueTask DisposeAsync()
    {
        await cluster.DisposeAsync();
        await twilio.DisposeAsync();
        File.Delete(ledger);
    }

    [Fact]
    public async Task A_gateway_without_silos_answers_503_and_recovers_by_itself_and_sign_in_and_chat_are_good_at_every_gateway()
    {
        var (one, two) = (cluster.Gateways[0], cluster.Gateways[1]);
        one.Process.Start();
        await EngineApi.UntilAsync(async () => await StatusAsync(one, "/health/live") is HttpStatusCode.OK, "the gateway to live", TimeSpan.FromSeconds(90));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(one, "/health/ready"));
        using (var away = await GetAsync(one, "/api/v1/bots"))
        {
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "application/problem+json", "1"), (away.StatusCode, away.Content.Headers.ContentType?.MediaType, away.Headers.GetValues("Retry-After").Single()));
        }

        await Task.WhenAll(cluster.Silos.Select(silo => silo.StartAsync()).Append(two.StartAsync()));
        await EngineApi.UntilAsync(async () => await StatusAsync(one, "/api/v1/bots") is HttpStatusCode.OK, "the gateway to recover", TimeSpan.FromSeconds(60));
        await SignInAsync(one, two);
        await ChatAsync(one, two);

        // All silos die: 503 again, and back.
        await Task.WhenAll(cluster.Silos.Select(silo => silo.Process.KillAsync()));
        await EngineApi.UntilAsync(async () => await StatusAsync(one, "/api/v1/bots") is HttpStatusCode.ServiceUnavailable, "the gateway to notice");
        await Task.WhenAll(cluster.Silos.Select(silo => silo.StartAsync()));
        await EngineApi.UntilAsync(async () => await StatusAsync(one, "/api/v1/bots") is HttpStatusCode.OK && await StatusAsync(two, "/api/v1/bots") is HttpStatusCode.OK, "both gateways to recover", TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task A_rolling_restart_loses_no_message_and_leaves_nothing_uncertain()
    {
        await cluster.StartAsync();
        await Setup.AcmeAsync(cluster);
        using var done = new CancellationTokenSource();
        var acked = new ConcurrentQueue<string>();
        var refused = 0;
        var talking = Task.WhenAll(Enumerable.Range(0, 4).Select(async talker =>
        {
            for (var i = 0; !done.IsCancellationRequested; i++)
            {
                var id = $"m-{talker}-{i}";

                // 503 means: not done, again.
                while (await PostAsync($"c-{talker}-{i % 10}", id) is not HttpStatusCode.Accepted)
                {
                    refused++;
                }

                acked.Enqueue($"c-{talker}-{i % 10}/{id}");
                await Task.Delay(20);
            }
        }));
        foreach (var node in cluster.Silos.Concat(cluster.Gateways))
        {
            await node.Process.TerminateAsync();
            Assert.Equal(0, node.Process.ExitCode);
            await node.StartAsync();
        }

        await done.CancelAsync();
        await talking;
        var stored = new HashSet<string>();
        foreach (var conversation in acked.Select(entry => entry.Split('/')[0]).Distinct())
        {
            stored.UnionWith((await Transcript.ReadAsync(cluster, conversation)).Select(id => $"{conversation}/{id}"));
        }

        output.WriteLine($"restarts={cluster.Silos.Count + cluster.Gateways.Count} acked={acked.Count} stored={acked.Count(stored.Contains)} refused={refused}");
        Assert.All(acked, entry => Assert.Contains(entry, stored));
    }

    [Fact]
    public async Task A_process_that_cannot_belong_to_the_cluster_says_why_and_ends()
    {
        await cluster.Silos[0].StartAsync();
        await RefusedAsync("silo", "Security:AddressKey", "--Security:AddressKey=");
        await RefusedAsync("client-gateway", "Security:AddressKey", "--Security:AddressKey=");
        await RefusedAsync("silo", "Clock:Speed", "--Clock:Speed=60");
        await RefusedAsync("silo", "ConnectionStrings:FollowUp", "--ConnectionStrings:FollowUp=");
        await RefusedAsync("client-gateway", "Storage:Provider", "--Storage:Provider=Embedded");
        await RefusedAsync("client-gateway", "Security:AddressKey is not the one", $"--Security:AddressKey={Convert.ToBase64String(new byte[32])}");
        await RefusedAsync("silo", "Security:AddressKey is not the one", $"--Security:AddressKey={Convert.ToBase64String(new byte[32])}");
        await RefusedAsync("silo", "Cluster:ServiceId", "--Cluster:ServiceId=other");
    }

    private static async Task SignInAsync(ClusterNode one, ClusterNode two)
    {
        string? link = null;
        await EngineApi.UntilAsync(() => Task.FromResult((link = LinkOf(one)) is not null), "the sign-in link");
        using var http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        using var signedIn = await http.GetAsync(new Uri(new Uri(two.BaseUrl), $"/sign-in?{link}"));
        Assert.Equal(HttpStatusCode.Redirect, signedIn.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await http.GetAsync(new Uri(new Uri(one.BaseUrl), $"/sign-in?{link}"))).StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(one.BaseUrl), "/api/v1/bots"));
        request.Headers.Add("Cookie", signedIn.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await http.SendAsync(request)).StatusCode);
    }

    // The visitor sits at the second gateway with a session of the first; the shop speaks at the first.
    private async Task ChatAsync(ClusterNode one, ClusterNode two)
    {
        await Setup.AcmeAsync(cluster);
        Assert.Equal(HttpStatusCode.Created, (await cluster.PutAsync("connections/chat", new { kind = "liveChat", botId = "acme", origins = Array.Empty<string>() })).Status);
        var session = await ChatClient.OpenSessionAsync(one.BaseUrl, new { widgetId = "chat" });
        var id = (string)session["conversationId"]!;
        using var visitor = new ChatClient();
        await visitor.ConnectAsync(two.BaseUrl, session);
        await visitor.SendAsync(new { type = "message", clientMessageId = "hello", text = "how much is it?" });
        Assert.Equal("how much is it?", (string?)(await visitor.ReadAsync("message", TimeSpan.FromSeconds(20)))!["text"]);
        await SayAsync(one, id, "From 40.");
        Assert.Equal("From 40.", (string?)(await visitor.ReadAsync("message", TimeSpan.FromSeconds(5)))!["text"]);

        // The silo of the conversation dies, whichever it is; the socket stays.
        foreach (var silo in cluster.Silos)
        {
            await silo.Process.KillAsync();
            var text = $"Still there? {silo.BaseUrl}";
            await EngineApi.UntilAsync(async () => await SayAsync(one, id, text) is HttpStatusCode.Accepted, "the cluster to go on", TimeSpan.FromSeconds(60));
            Assert.Equal(text, (string?)(await visitor.ReadAsync("message", TimeSpan.FromSeconds(20)))!["text"]);
            await silo.StartAsync();
        }

        // The gateway ends: the visitor is told to come back, and misses nothing elsewhere.
        await Task.WhenAll(two.Process.TerminateAsync(), visitor.ReadAsync("never", TimeSpan.FromSeconds(20)));
        Assert.Equal(WebSocketCloseStatus.EndpointUnavailable, visitor.CloseStatus);
        using var again = new ChatClient();
        await again.ConnectAsync(one.BaseUrl, session, lastSeq: 3);
        Assert.Equal(4, (long)(await again.ReadAsync("message", TimeSpan.FromSeconds(20)))!["seq"]!);
        await two.StartAsync();
    }

    private async Task RefusedAsync(string project, string because, string setting)
    {
        // The last one said counts.
        await using var process = new EngineProcess(project, [.. cluster.Settings, $"--Urls=http://127.0.0.1:{EngineProcess.FreePort()}", $"--Cluster:SiloPort={EngineProcess.FreePort()}", $"--Cluster:GatewayPort={EngineProcess.FreePort()}", setting]);
        process.Start();
        await process.WaitForExitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(1, process.ExitCode);
        await EngineApi.UntilAsync(() => Task.FromResult(process.LastWords().Contains(because, StringComparison.Ordinal)), $"'{because}' in: {process.LastWords()}", TimeSpan.FromSeconds(5));
    }

    private async Task<HttpStatusCode> PostAsync(string conversation, string id)
    {
        try
        {
            var (status, body) = await cluster.PostAsync($"conversations/{conversation}/messages", new { messageId = id, botId = "acme", author = "contact", channel = "sms", text = "how much is it?", contact = new { name = "Dana" } });
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.ServiceUnavailable, $"{body?.ToJsonString()} {string.Join('\n', cluster.Gateways.Select(gateway => gateway.Process.LastWords()))}");
            return status;
        }
        catch (HttpRequestException)
        {
            return default(HttpStatusCode);
        }
    }

    private static async Task<HttpStatusCode> SayAsync(ClusterNode gateway, string conversation, string text)
    {
        using var http = new HttpClient { BaseAddress = new Uri(gateway.BaseUrl), Timeout = TimeSpan.FromSeconds(40) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", EngineApi.AdminKey);
        using var answer = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(http, $"/api/v1/conversations/{conversation}/messages", new { messageId = $"b-{text.GetHashCode(StringComparison.Ordinal)}", author = "bot", channel = "liveChat", text });
        return answer.StatusCode;
    }

    private static async Task<HttpStatusCode> StatusAsync(ClusterNode node, string path)
    {
        using var answer = await GetAsync(node, path);
        return answer.StatusCode;
    }

    private static async Task<HttpResponseMessage> GetAsync(ClusterNode node, string path)
    {
        using var http = new HttpClient { BaseAddress = new Uri(node.BaseUrl), Timeout = TimeSpan.FromSeconds(40) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", EngineApi.AdminKey);
        return await http.GetAsync(path);
    }

    private static string? LinkOf(ClusterNode gateway)
    {
        lock (gateway.Process.Output)
        {
            return gateway.Process.Output.Find(line => line.StartsWith("Sign in:", StringComparison.Ordinal))?.Split('?')[1];
        }
    }
}

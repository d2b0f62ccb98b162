using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FollowUp.ProviderSimulator;

/// <summary>One call that the adapter got.</summary>
public sealed record AdapterCall(string WebhookId, bool SignatureFits, JsonNode Body);

/// <summary>A business's own channel adapter: checks Standard Webhooks signatures and knows repeats by their id.</summary>
public sealed class AdapterStandIn : IAsyncDisposable
{
    public const string Secret = "whsec_dGhlLXNlY3JldC1vZi10aGUtYWRhcHRlcg==";

    private readonly ConcurrentQueue<int> answers = new();
    private readonly ConcurrentQueue<AdapterCall> calls = new();
    private readonly WebApplication app;

    private AdapterStandIn(WebApplication app) => this.app = app;

    public string Url { get; private set; } = "";

    public IReadOnlyList<AdapterCall> Calls => [.. calls];

    public static async Task<AdapterStandIn> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var adapter = new AdapterStandIn(builder.Build());
        adapter.app.MapPost("/hook", (Delegate)adapter.TakeAsync);
        await adapter.app.StartAsync();
        adapter.Url = $"{adapter.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()}/hook";
        return adapter;
    }

    /// <summary>The statuses of the next answers; then 200.</summary>
    public void Script(params IEnumerable<int> statuses)
    {
        foreach (var status in statuses)
        {
            answers.Enqueue(status);
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpContext context)
    {
        using var memory = new MemoryStream();
        await context.Request.Body.CopyToAsync(memory);
        var headers = context.Request.Headers;
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{headers["webhook-id"]}.{headers["webhook-timestamp"]}."), .. memory.ToArray()];
        var expected = $"v1,{Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Secret["whsec_".Length..]), signed))}";
        var age = DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture);
        calls.Enqueue(new AdapterCall(headers["webhook-id"].ToString(), headers["webhook-signature"] == expected && Math.Abs(age) < 300, JsonNode.Parse(memory.ToArray())!));
        return answers.TryDequeue(out var status) ? Results.StatusCode(status) : Results.Json(new { messageId = $"adapter-{calls.Count}" });
    }
}

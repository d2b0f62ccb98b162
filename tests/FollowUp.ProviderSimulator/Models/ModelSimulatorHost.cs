using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace FollowUp.ProviderSimulator.Models;

/// <summary>A language model, played over real HTTP in the wire formats of OpenAI and of Azure OpenAI: strict requests, scripted answers, faults, and everything it was ever asked.</summary>
public sealed class ModelSimulatorHost : IAsyncDisposable
{
    /// <summary>The key that both wire formats take.</summary>
    public const string ApiKey = "stand-in-model-key";

    private readonly WebApplication app;
    private readonly ConcurrentQueue<ModelRequest> requests = new();
    private readonly ConcurrentQueue<ModelFault> next = new();
    private readonly ConcurrentDictionary<ModelFault, int> exercised = new();

    private ModelSimulatorHost(WebApplication app) => this.app = app;

    public string BaseUrl { get; private set; } = "";

    /// <summary>What it answers; text of the assistant's message.</summary>
    public Func<ModelRequest, string> Answer { get; set; } = GoodModel.Answer;

    /// <summary>The fault of every request that no scripted one is left for.</summary>
    public ModelFault Always { get; set; }

    public TimeSpan Delay { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Of <see cref="ModelFault.RateLimit"/>, as the header has it.</summary>
    public string RetryAfter { get; set; } = "1";

    /// <summary>Requests that came, refused ones too.</summary>
    public IReadOnlyCollection<ModelRequest> Requests => requests;

    public static async Task<ModelSimulatorHost> StartAsync(string urls = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(urls);
        var simulator = new ModelSimulatorHost(builder.Build());
        simulator.app.MapPost("/v1/chat/completions", context => simulator.CompleteAsync(context, "openai", model: null));
        simulator.app.MapPost("/openai/deployments/{deployment}/chat/completions", context => simulator.CompleteAsync(context, "azure", (string)context.GetRouteValue("deployment")!));
        await simulator.app.StartAsync();
        simulator.BaseUrl = simulator.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return simulator;
    }

    public void Script(params IEnumerable<ModelFault> faults)
    {
        foreach (var fault in faults)
        {
            next.Enqueue(fault);
        }
    }

    /// <summary>How often a fault really happened.</summary>
    public int Exercised(ModelFault fault) => exercised.GetValueOrDefault(fault);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task CompleteAsync(HttpContext context, string wire, string? model)
    {
        var body = await JsonNode.ParseAsync(context.Request.Body);
        var key = wire == "azure" ? context.Request.Headers["api-key"].ToString() : context.Request.Headers.Authorization.ToString().Replace("Bearer ", "", StringComparison.Ordinal);
        if (key != ApiKey || (wire == "azure" && context.Request.Query["api-version"].Count != 1))
        {
            await ErrorAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
            return;
        }

        if (ModelRules.Refusal(body) is { } refusal)
        {
            await ErrorAsync(context, 400, "invalid_request_error", refusal);
            return;
        }

        var messages = body!["messages"]!.AsArray();
        var request = new ModelRequest(
            wire,
            model ?? (string)body["model"]!,
            (string)body["response_format"]!["json_schema"]!["name"]!,
            ModelRules.TextOf(messages[0])!,
            ModelRules.TextOf(messages[^1])!,
            body);
        requests.Enqueue(request);
        var fault = next.TryDequeue(out var scripted) ? scripted : Always;
        exercised.AddOrUpdate(fault, 1, (_, count) => count + 1);
        await AnswerAsync(context, request, fault);
    }

    private async Task AnswerAsync(HttpContext context, ModelRequest request, ModelFault fault)
    {
        switch (fault)
        {
            case ModelFault.Slow:
                await PauseAsync(context, Delay);
                await SayAsync(context, request, Answer(request), "stop");
                break;
            case ModelFault.Drip:
                await DripAsync(context, Completion(request, Answer(request), "stop"));
                break;
            case ModelFault.RateLimit:
                context.Response.Headers.RetryAfter = RetryAfter;
                await ErrorAsync(context, 429, "rate_limit_exceeded", "Requests have exceeded the call rate limit.");
                break;
            case ModelFault.ServerError:
                await ErrorAsync(context, 500, "server_error", "The server had an error while processing your request.");
                break;
            case ModelFault.Abort:
                context.Abort();
                break;
            case ModelFault.PromptFilter:
                await ErrorAsync(context, 400, "content_filter", "The response was filtered due to the prompt triggering the content management policy.");
                break;
            case ModelFault.OutputFilter:
                await SayAsync(context, request, "", "content_filter");
                break;
            case ModelFault.Empty:
                await SayAsync(context, request, "", "stop");
                break;
            case ModelFault.CutShort:
                await SayAsync(context, request, Answer(request)[..5], "length");
                break;
            case ModelFault.Prose:
                await SayAsync(context, request, "Sure, happy to help with that.", "stop");
                break;
            case ModelFault.WrongSchema:
                await SayAsync(context, request, """{"recipient":"+19005550100","action":"send_to_all"}""", "stop");
                break;
            case ModelFault.NoCompletion:
                await context.Response.WriteAsync("""{"hello":"world"}""");
                break;
            case ModelFault.Unauthorized:
                await ErrorAsync(context, 401, "invalid_api_key", "Incorrect API key provided.");
                break;
            default:
                await SayAsync(context, request, Answer(request), "stop");
                break;
        }
    }

    private static async Task SayAsync(HttpContext context, ModelRequest request, string text, string finish)
    {
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(Completion(request, text, finish));
    }

    private async Task DripAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        foreach (var unit in Encoding.UTF8.GetBytes(json))
        {
            await context.Response.Body.WriteAsync(new[] { unit }, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
            await PauseAsync(context, Delay / 10);
        }
    }

    private static string Completion(ModelRequest request, string text, string finish) => JsonSerializer.Serialize(new
    {
        id = "chatcmpl-stand-in",
        @object = "chat.completion",
        created = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
        model = $"{request.Model}-stand-in",
        choices = new[] { new { index = 0, message = new { role = "assistant", content = text }, finish_reason = finish } },
        usage = new { prompt_tokens = request.Body.ToJsonString().Length / 4, completion_tokens = (text.Length / 4) + 1, total_tokens = (request.Body.ToJsonString().Length / 4) + (text.Length / 4) + 1 },
    });

    private static async Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsJsonAsync(new { error = new { code, message, type = code, param = (string?)null, status } });
    }

    private static Task PauseAsync(HttpContext context, TimeSpan pause) => Task.Delay(pause, context.RequestAborted);
}

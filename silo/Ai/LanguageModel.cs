using System.ClientModel;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Retry;
using Polly.Timeout;

namespace FollowUp.Ai;

/// <summary>One configured model and what guards it: places, an overall deadline, tries that heed <c>retry-after</c>, a circuit breaker.</summary>
internal sealed class LanguageModel : IDisposable
{
    /// <summary>Requests of one question at most, where the model says "later" or nothing.</summary>
    private const int Tries = 3;

    /// <summary>Failures in a row of half a minute that make the breaker open.</summary>
    private const int FailuresToBreak = 5;

    /// <summary>Requests that may wait for a place; far more than a morning's opening releases.</summary>
    private const int LongestQueue = 20_000;

    /// <summary>What a request's own deadline is carried by.</summary>
    private static readonly ResiliencePropertyKey<TimeSpan> Deadline = new("deadline");

    private readonly IChatClient client;
    private readonly AiOptions options;
    private readonly ResiliencePipeline<ChatResponse> pipeline;

    public LanguageModel(ModelOptions model, AiOptions options)
        : this(ChatClients.Make(model, options.Timeout), model.Name, options)
    {
    }

    private LanguageModel(IChatClient client, string name, AiOptions options)
    {
        this.client = client;
        this.options = options;
        Name = name;
        pipeline = Guard(options);
    }

    public string Name { get; }

    /// <summary>Asks once, with a JSON schema for the answer. Never throws but for the caller's cancellation.</summary>
    public async Task<(ModelAnswer Answer, long Tokens)> AskAsync(IReadOnlyList<ChatMessage> messages, ChatResponseFormat format, TimeSpan deadline, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Deadline, deadline);
        try
        {
            var response = await pipeline.ExecuteAsync(
                static async (context, state) => await state.Client.GetResponseAsync(state.Messages, state.Options, context.CancellationToken),
                context,
                (Client: client, Messages: messages, Options: Options(format)));
            var tokens = response.Usage?.TotalTokenCount ?? Estimate(messages, response.Text);
            return (AnswerOf(response), tokens);
        }
        catch (ClientResultException refused)
        {
            return (IsFilter(refused) ? new ModelAnswer.Filtered(Request: true) : new ModelAnswer.Failed($"status {refused.Status}"), 0);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
        {
            return (new ModelAnswer.Failed(Words(failure)), 0);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    public void Dispose() => client.Dispose();

    private ChatOptions Options(ChatResponseFormat format) => new()
    {
        ResponseFormat = format,
        MaxOutputTokens = options.MaximumOutputTokens,
        AdditionalProperties = new AdditionalPropertiesDictionary { ["strict"] = true },
    };

    private ModelAnswer AnswerOf(ChatResponse response) =>
        response.FinishReason == ChatFinishReason.ContentFilter ? new ModelAnswer.Filtered(Request: false)
        : response.FinishReason == ChatFinishReason.Length ? new ModelAnswer.Failed("the answer was cut short")
        : string.IsNullOrWhiteSpace(response.Text) ? new ModelAnswer.Failed("the answer was empty")
        : new ModelAnswer.Said(response.Text, response.ModelId ?? Name);

    private static ResiliencePipeline<ChatResponse> Guard(AiOptions options) => new ResiliencePipelineBuilder<ChatResponse>()
        .AddConcurrencyLimiter(options.Concurrency, LongestQueue)
        .AddTimeout(new TimeoutStrategyOptions { TimeoutGenerator = arguments => new ValueTask<TimeSpan>(arguments.Context.Properties.GetValue(Deadline, options.Timeout)) })
        .AddRetry(new RetryStrategyOptions<ChatResponse>
        {
            MaxRetryAttempts = Tries - 1,
            Delay = TimeSpan.FromMilliseconds(500),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => new ValueTask<bool>(IsTransient(arguments.Outcome.Exception) && !(RetryAfter(arguments.Outcome.Exception) > options.LongestRetryAfter)),
            DelayGenerator = arguments => new ValueTask<TimeSpan?>(RetryAfter(arguments.Outcome.Exception)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ChatResponse>
        {
            FailureRatio = 0.9,
            MinimumThroughput = FailuresToBreak,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = options.BreakDuration,
            ShouldHandle = arguments => new ValueTask<bool>(IsTransient(arguments.Outcome.Exception) || arguments.Outcome.Exception is OperationCanceledException && arguments.Context.CancellationToken.IsCancellationRequested),
        })
        .Build();

    // A cancellation that nobody asked for is the library's network time-out.
    private static bool IsTransient(Exception? failure) => failure switch
    {
        ClientResultException refused => refused.Status is 0 or 408 or 409 or 429 or >= 500,
        HttpRequestException or IOException or SocketException => true,
        TaskCanceledException => true,
        AggregateException several => several.InnerExceptions.All(IsTransient),
        _ => false,
    };

    /// <summary><c>retry-after-ms</c> (Azure), or <c>retry-after</c> in seconds or as a date.</summary>
    private static TimeSpan? RetryAfter(Exception? failure)
    {
        if ((failure as ClientResultException)?.GetRawResponse()?.Headers is not { } headers)
        {
            return null;
        }

        if (headers.TryGetValue("retry-after-ms", out var milliseconds) && double.TryParse(milliseconds, NumberStyles.Float, CultureInfo.InvariantCulture, out var ms) && ms is >= 0 and <= 86_400_000)
        {
            return TimeSpan.FromMilliseconds(ms);
        }

        if (!headers.TryGetValue("retry-after", out var value) || value is null)
        {
            return null;
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds is >= 0 and <= 86_400 ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromDays(1);
        }

        return DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at - DateTimeOffset.UtcNow is var wait && wait > TimeSpan.Zero ? wait : null;
    }

    // {"error":{"code":"content_filter","status":400,…}}, or an inner error that says so.
    private static bool IsFilter(ClientResultException refused)
    {
        if (refused.Status != 400 || refused.GetRawResponse()?.Content is not { } content)
        {
            return false;
        }

        try
        {
            using var body = JsonDocument.Parse(content);
            return body.RootElement.TryGetProperty("error", out var error) && error.TryGetProperty("code", out var code) && code.ValueKind is JsonValueKind.String
                && code.GetString() is "content_filter" or "ResponsibleAIPolicyViolation" or "content_policy_violation";
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Types and our own words only: messages of exceptions may hold a text.
    private static string Words(Exception failure) => failure switch
    {
        BrokenCircuitException => "the model keeps failing and is left alone for a while",
        TimeoutRejectedException => "no answer in time",
        RateLimiterRejectedException => "too many requests wait for it",
        TaskCanceledException => "no answer in time",
        JsonException => "the answer was no chat completion",
        _ => failure.GetType().Name,
    };

    private static long Estimate(IReadOnlyList<ChatMessage> messages, string answer) => (messages.Sum(message => message.Text.Length) + answer.Length) / 4;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using FollowUp.Ai;
using FollowUp.ProviderSimulator.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace FollowUp.Silo.Ai;

/// <summary>What guards a model, and what is told of it.</summary>
public sealed class LanguageModelTests : IAsyncLifetime
{
    private static readonly ChatResponseFormat Format = ChatResponseFormat.ForJsonSchema(AiJson.Schema("""{"type":"object","additionalProperties":false,"required":["text","reason"],"properties":{"text":{"type":["string","null"]},"reason":{"type":["string","null"]}}}"""), "answer");

    private ModelSimulatorHost model = null!;

    public async ValueTask InitializeAsync() => model = await ModelSimulatorHost.StartAsync();

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Fact]
    public async Task Retry_after_is_heeded()
    {
        model.Script(ModelFault.RateLimit);
        var elapsed = Stopwatch.StartNew();
        Assert.IsType<ModelAnswer.Said>(await AskAsync(ModelSetup.Options(model)));
        Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(0.95), TimeSpan.FromSeconds(5));
        Assert.Equal((1, 2), (model.Exercised(ModelFault.RateLimit), model.Requests.Count));
    }

    [Theory]
    [InlineData("3600")]
    [InlineData("99999999999999999999")]
    [InlineData("Fri, 31 Dec 2100 23:59:59 GMT")]
    public async Task A_retry_after_beyond_the_cap_is_not_waited_for(string retryAfter)
    {
        model.Always = ModelFault.RateLimit;
        model.RetryAfter = retryAfter;
        var elapsed = Stopwatch.StartNew();
        Assert.IsType<ModelAnswer.Failed>(await AskAsync(ModelSetup.Options(model)));
        Assert.True(elapsed.Elapsed < TimeSpan.FromSeconds(2.5), $"{elapsed.Elapsed}");
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_model_that_keeps_failing_is_left_alone_and_then_asked_again()
    {
        model.Always = ModelFault.ServerError;
        var options = ModelSetup.Options(model);
        var questions = ModelSetup.Questions(options);
        for (var i = 0; i < 4; i++)
        {
            Assert.IsType<ModelAnswer.Failed>(await AskAsync(options, questions));
        }

        var asked = model.Requests.Count;
        for (var i = 0; i < 20; i++)
        {
            Assert.IsType<ModelAnswer.Failed>(await AskAsync(options, questions));
        }

        // Only when the break was over one request was let through, if at all.
        Assert.InRange(model.Requests.Count - asked, 0, 3);
        Assert.InRange(asked, 5, 12);
        model.Always = ModelFault.None;
        var patience = Stopwatch.StartNew();
        while (await AskAsync(options, questions) is not ModelAnswer.Said)
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(10), "The breaker never closed.");
        }
    }

    [Fact]
    public async Task No_more_requests_than_places_are_under_way()
    {
        // The first three are held until all three are there: a fourth would be seen beside them.
        var (inside, most) = (0, 0);
        using var full = new CountdownEvent(3);
        using var goOn = new ManualResetEventSlim();
        model.Answer = _ =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref inside));
            if (!full.IsSet)
            {
                full.Signal();
            }

            goOn.Wait(TimeSpan.FromSeconds(20));
            Interlocked.Decrement(ref inside);
            return GoodModel.Text("Hi?");
        };
        var options = ModelSetup.Options(model);
        options.Concurrency = 3;
        options.Timeout = TimeSpan.FromSeconds(20);
        var questions = ModelSetup.Questions(options);
        var asking = Task.WhenAll(Enumerable.Range(0, 30).Select(_ => AskAsync(options, questions)));
        Assert.True(await Task.Run(() => full.Wait(TimeSpan.FromSeconds(20))));
        goOn.Set();
        Assert.All(await asking, answer => Assert.IsType<ModelAnswer.Said>(answer));
        Assert.Equal(3, most);
    }

    [Fact]
    public async Task A_contact_costs_no_more_than_its_tokens_of_the_day_and_others_go_on()
    {
        var options = ModelSetup.Options(model);
        options.TokensPerContact = 50;
        var questions = ModelSetup.Questions(options);
        Assert.IsType<ModelAnswer.Said>(await AskAsync(options, questions));
        Assert.Contains("contact", Assert.IsType<ModelAnswer.Failed>(await AskAsync(options, questions)).Because, StringComparison.Ordinal);
        Assert.IsType<ModelAnswer.Said>(await AskAsync(options, questions, "c-2"));
        Assert.Equal(2, model.Requests.Count);
    }

    [Fact]
    public async Task Telemetry_follows_the_conventions_and_holds_no_text()
    {
        var activities = new ConcurrentQueue<Activity>();
        using var traces = new ActivityListener { ShouldListenTo = source => source.Name == ChatClients.TelemetryName, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded, ActivityStopped = activities.Enqueue };
        ActivitySource.AddActivityListener(traces);
        var measured = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => { if (instrument.Meter.Name == ChatClients.TelemetryName) { listener.EnableMeasurementEvents(instrument); } } };
        meters.SetMeasurementEventCallback<int>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, before) => before + value));
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, before) => before + value));
        meters.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, before) => before + value));
        meters.Start();

        model.Answer = _ => GoodModel.Text("the canary sings");

        // Other tests ask their models at the same time: this one has a name of its own.
        var options = ModelSetup.Options(model);
        options.Model = "told-model";
        await AskAsync(options);

        var activity = Assert.Single(activities, candidate => candidate.TagObjects.Any(tag => tag is { Key: "gen_ai.request.model", Value: "told-model" }));
        Assert.Contains(activity.TagObjects, tag => tag.Key == "gen_ai.usage.input_tokens");
        Assert.Contains("gen_ai.client.token.usage", measured.Keys);
        Assert.Contains("gen_ai.client.operation.duration", measured.Keys);
        var told = string.Join('\n', activity.TagObjects.Select(tag => $"{tag.Key}={tag.Value}").Concat(activity.Events.SelectMany(@event => @event.Tags.Select(tag => $"{tag.Key}={tag.Value}"))));
        Assert.DoesNotContain("canary", told, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(AiProvider.AzureOpenAI, null, "m", "k", "Ai:Endpoint")]
    [InlineData(AiProvider.AzureOpenAI, "https://a.example", null, "k", "Ai:Deployment")]
    [InlineData(AiProvider.OpenAI, null, "m", null, "Ai:ApiKey")]
    [InlineData(AiProvider.OpenAI, "not an address", "m", null, "Ai:Endpoint")]
    [InlineData(AiProvider.OpenAI, "https://a.example/v1", null, null, "Ai:Model")]
    internal void A_model_configured_by_half_is_refused_by_name(AiProvider provider, string? endpoint, string? name, string? key, string setting)
    {
        var options = new AiOptions { Provider = provider, Endpoint = endpoint, Model = name, ApiKey = key };
        Assert.Contains(setting, new AiOptionsCheck().Validate(null, options).FailureMessage, StringComparison.Ordinal);
        Assert.Null(new AiOptionsCheck().Validate(null, new AiOptions()).FailureMessage);
    }

    private static Task<ModelAnswer> AskAsync(AiOptions options, ModelQuestions? questions = null, string conversation = "c-1") =>
        (questions ?? ModelSetup.Questions(options)).AskAsync("default", conversation, [new ChatMessage(ChatRole.System, "the canary waits"), new ChatMessage(ChatRole.User, "the canary listens")], Format, options.Timeout, CancellationToken.None);

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

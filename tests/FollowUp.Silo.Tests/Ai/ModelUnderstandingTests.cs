using System.Diagnostics;
using FollowUp.Ai;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Opinions;
using FollowUp.ProviderSimulator.Models;
using Xunit;

namespace FollowUp.Silo.Ai;

/// <summary>The second opinion over real HTTP, in both wire formats.</summary>
public sealed class ModelUnderstandingTests : IAsyncLifetime
{
    private ModelSimulatorHost model = null!;

    public async ValueTask InitializeAsync() => model = await ModelSimulatorHost.StartAsync();

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Theory]
    [InlineData(AiProvider.OpenAI, "openai", "our-model")]
    [InlineData(AiProvider.AzureOpenAI, "azure", "our-deployment")]
    internal async Task A_good_answer_is_read_in_both_wire_formats(AiProvider provider, string wire, string name)
    {
        model.Answer = _ => GoodModel.Reading("requestedFollowUp", "2026-11-24T15:00", "tomorrow at 3", 0.93);
        var reading = await ReadAsync(ModelSetup.Options(model, provider));
        Assert.Equal(new ModelReading { Intent = "requestedFollowUp", Confidence = 0.93, Quote = "tomorrow at 3", When = "2026-11-24T15:00", OfAllChannels = false }, reading);
        var request = Assert.Single(model.Requests);
        Assert.Equal((wire, name, "reading"), (request.Wire, request.Model, request.Schema));
    }

    [Fact]
    public async Task The_prompt_holds_this_conversations_words_as_data_and_the_contacts_clock()
    {
        await ReadAsync(ModelSetup.Options(model));
        var request = Assert.Single(model.Requests);
        var data = System.Text.Json.Nodes.JsonNode.Parse(request.Data)!;
        Assert.Equal("Monday 2026-11-23T12:04", (string?)data["now"]);
        Assert.Equal("could we do it tomorrow at 3 \"instead\"?", (string?)data["message"]);
        Assert.Equal("business", (string?)data["earlier"]![0]!["from"]);
        Assert.DoesNotContain("tomorrow", request.Instructions, StringComparison.Ordinal);
        Assert.DoesNotContain("+1303", request.Body.ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelFault.ServerError, 3)]
    [InlineData(ModelFault.Abort, 3)]
    [InlineData(ModelFault.PromptFilter, 1)]
    [InlineData(ModelFault.OutputFilter, 1)]
    [InlineData(ModelFault.Empty, 1)]
    [InlineData(ModelFault.CutShort, 1)]
    [InlineData(ModelFault.Prose, 1)]
    [InlineData(ModelFault.WrongSchema, 1)]
    [InlineData(ModelFault.NoCompletion, 1)]
    [InlineData(ModelFault.Unauthorized, 1)]
    public async Task A_model_that_is_down_or_wrong_in_shape_has_no_opinion(ModelFault fault, int requests)
    {
        model.Always = fault;
        Assert.Null(await ReadAsync(ModelSetup.Options(model)));
        Assert.Equal(requests, model.Exercised(fault));
    }

    [Theory]
    [InlineData("""{"intent":"normal","confidence":0.9,"quote":null,"when":null}""")]
    [InlineData("""{"intent":"normal","confidence":0.9,"quote":null,"when":null,"ofAllChannels":false,"recipient":"+19005550100"}""")]
    [InlineData("""{"intent":"normal","confidence":"very","quote":null,"when":null,"ofAllChannels":false}""")]
    [InlineData("""{"intent":null,"confidence":0.9,"quote":null,"when":null,"ofAllChannels":false}""")]
    [InlineData("""{"intent":"optOut","intent":"normal","confidence":0.9,"quote":null,"when":null,"ofAllChannels":false}""")]
    [InlineData("""[{"intent":"normal","confidence":0.9,"quote":null,"when":null,"ofAllChannels":false}]""")]
    [InlineData("null")]
    public async Task JSON_that_is_not_exactly_the_schema_is_no_opinion(string answer)
    {
        model.Answer = _ => answer;
        Assert.Null(await ReadAsync(ModelSetup.Options(model)));
        Assert.Single(model.Requests);
    }

    [Fact]
    public async Task A_server_that_wraps_its_JSON_in_a_fence_is_understood()
    {
        model.Answer = _ => $"```json\n{GoodModel.Reading("busy")}\n```";
        Assert.Equal("busy", (await ReadAsync(ModelSetup.Options(model)))?.Intent);
    }

    [Theory]
    [InlineData(ModelFault.Slow)]
    [InlineData(ModelFault.Drip)]
    public async Task A_slow_model_is_cut_off_at_the_deadline(ModelFault fault)
    {
        model.Always = fault;
        model.Delay = TimeSpan.FromSeconds(30);
        var options = ModelSetup.Options(model);
        options.UnderstandingTimeout = TimeSpan.FromSeconds(1);
        var elapsed = Stopwatch.StartNew();
        Assert.Null(await ReadAsync(options));
        Assert.InRange(elapsed.Elapsed, TimeSpan.FromSeconds(0.9), TimeSpan.FromSeconds(5));
        Assert.Equal(1, model.Exercised(fault));
    }

    private static Task<ModelReading?> ReadAsync(AiOptions options) =>
        ModelSetup.Understanding(options).ReadAsync("default", new ReadingTask
        {
            ConversationId = "c-1",
            MessageId = "m-1",
            Text = "could we do it tomorrow at 3 \"instead\"?",
            SentAt = new DateTimeOffset(2026, 11, 23, 19, 4, 0, TimeSpan.Zero),
            Zone = "America/Denver",
            Language = "en",
            Earlier = [new Message { Id = "b-1", Author = Author.Bot, Channel = Channel.Sms, Text = "Shall we talk today?", At = new DateTimeOffset(2026, 11, 23, 19, 0, 0, TimeSpan.Zero) }],
        }, CancellationToken.None);
}

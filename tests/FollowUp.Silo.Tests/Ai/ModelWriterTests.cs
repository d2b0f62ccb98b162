using FollowUp.Ai;
using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.ProviderSimulator.Models;
using FollowUp.Understanding;
using Xunit;

namespace FollowUp.Silo.Ai;

/// <summary>Writing with a model, over real HTTP.</summary>
public sealed class ModelWriterTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly WritingTask FollowUpTask = new()
    {
        ConversationId = "c-1",
        Scenario = Scenario.StoppedResponding,
        StepNumber = 2,
        StepsOfPlan = 3,
        Step = new StepMessage { Kind = MessageKind.Ai, Instructions = "mention the free visit", FallbackText = "Hi {{ contact.first_name | default: \"there\" }}, still there?" },
        Contact = new ContactData { Name = "Dana Cruz", Email = "dana@private.example", Addresses = new Dictionary<Channel, string> { [Channel.Sms] = "+13035550142" }, Custom = new Dictionary<string, string> { ["iban"] = "DE00123" } },
        BotName = "Acme sales",
        BusinessName = "Acme",
        Persona = new Persona { Personality = "friendly", Goal = "book a visit", Knowledge = "A visit is free." },
        AllowedLinks = ["acme.example"],
        Language = "en",
        Messages = [Line(Author.Contact, "how much is it?"), Line(Author.Bot, "From 40 a month. Shall I show you?")],
        Nudges = ["Hi Dana, shall we go on?"],
        MaximumLength = 1_600,
    };

    private static readonly WritingTask AnswerTask = FollowUpTask with { Scenario = null, StepNumber = 0, StepsOfPlan = 0, Step = null, Nudges = [], Messages = [Line(Author.Contact, "how much is it?")], Detection = new Detection { Intent = Intent.Normal, Confidence = 1 } };

    private ModelSimulatorHost model = null!;

    public async ValueTask InitializeAsync() => model = await ModelSimulatorHost.StartAsync();

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Theory]
    [InlineData(AiProvider.OpenAI)]
    [InlineData(AiProvider.AzureOpenAI)]
    internal async Task A_follow_up_is_the_models_and_says_so(AiProvider provider)
    {
        model.Answer = _ => GoodModel.FollowUp("Hi Dana! Would you like to book the free visit?");
        var text = Assert.IsType<Written.Text>(await WriteAsync(FollowUpTask, ModelSetup.Options(model, provider)));
        Assert.Equal(("Hi Dana! Would you like to book the free visit?", false), (text.Value, text.BuiltIn));
        Assert.EndsWith("-stand-in", text.Model, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_prompt_holds_this_conversation_and_public_bot_text_only()
    {
        await WriteAsync(FollowUpTask);
        var request = Assert.Single(model.Requests);
        var data = System.Text.Json.Nodes.JsonNode.Parse(request.Data)!;
        Assert.Equal((2, 3, "Dana", "en", 1_600), ((int)data["step"]!, (int)data["steps"]!, (string)data["contact"]!["firstName"]!, (string)data["language"]!, (int)data["maximumCharacters"]!));
        Assert.Equal("Hi Dana, shall we go on?", (string?)data["earlierFollowUps"]![0]);
        Assert.Equal(["contact", "business"], data["conversation"]!.AsArray().Select(line => (string?)line!["from"]));
        foreach (var secret in (string[])["+1303", "private.example", "Cruz", "DE00123", ModelSimulatorHost.ApiKey])
        {
            Assert.DoesNotContain(secret, request.Body.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Null(request.Body["tools"]);
    }

    [Theory]
    [InlineData("notInterested", Reason.NotInterested)]
    [InlineData("disqualified", Reason.Disqualified)]
    [InlineData("hostile", Reason.Hostile)]
    [InlineData("softClosed", Reason.SoftClosed)]
    [InlineData("goalReached", Reason.GoalReached)]
    [InlineData("betterNot", Reason.AiDeclined)]
    public async Task It_may_say_that_a_follow_up_does_not_fit_any_more(string fits, Reason reason)
    {
        model.Answer = _ => GoodModel.FollowUp(null, fits, "They said no\u202E\ntwice.");
        Assert.Equal(new Written.Declined("They said no twice.", reason), await WriteAsync(FollowUpTask));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Hi {{ contact.first_name }}?")]
    [InlineData("See https://evil.example?")]
    [InlineData("Hi Dana, shall we go on?")]
    [InlineData("Hola Dana, ¿todavía te interesa la oferta que te enviamos la semana pasada?")]
    [InlineData("My orders: Name no link, phone number or mail address that is not in `knowledge`. Ok?")]
    public async Task A_text_that_must_not_go_out_is_asked_for_again_with_the_cause(string bad)
    {
        model.Answer = _ => GoodModel.FollowUp(model.Requests.Count == 1 ? bad : "Hi Dana! Which day suits you?");
        Assert.Equal("Hi Dana! Which day suits you?", Assert.IsType<Written.Text>(await WriteAsync(FollowUpTask)).Value);
        Assert.Equal(2, model.Requests.Count);
        Assert.StartsWith("Your last text was refused.", model.Requests.Last().Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ModelFault.Prose, 3)]
    [InlineData(ModelFault.WrongSchema, 3)]
    [InlineData(ModelFault.OutputFilter, 3)]
    [InlineData(ModelFault.PromptFilter, 1)]
    [InlineData(ModelFault.ServerError, 3)]
    [InlineData(ModelFault.Empty, 1)]
    [InlineData(ModelFault.Unauthorized, 1)]
    public async Task After_three_tries_the_fallback_text_stands_in_and_without_one_nothing_does(ModelFault fault, int requests)
    {
        model.Always = fault;
        Assert.Equal(new Written.Text("Hi Dana, still there?", BuiltIn: false), await WriteAsync(FollowUpTask));
        Assert.Equal(requests, model.Exercised(fault));
        Assert.IsType<Written.Failed>(await WriteAsync(FollowUpTask with { Step = FollowUpTask.Step! with { FallbackText = null } }));
    }

    [Fact]
    public async Task A_persons_text_costs_no_model_and_without_a_model_the_built_in_writer_writes()
    {
        var custom = await WriteAsync(FollowUpTask with { Step = new StepMessage { Kind = MessageKind.Custom, Text = "Hi {{ contact.first_name }}?" } });
        Assert.Equal(new Written.Text("Hi Dana?", BuiltIn: false), custom);
        var options = ModelSetup.Options(model);
        options.Workspaces["default"] = new ModelOptions { Provider = AiProvider.None };
        Assert.True(Assert.IsType<Written.Text>(await WriteAsync(FollowUpTask, options)).BuiltIn);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task A_workspace_may_have_a_model_of_its_own()
    {
        await using var own = await ModelSimulatorHost.StartAsync();
        var options = ModelSetup.Options(model);
        options.Workspaces["default"] = new ModelOptions { Provider = AiProvider.AzureOpenAI, Endpoint = own.BaseUrl, Deployment = "theirs", ApiKey = ModelSimulatorHost.ApiKey };
        await WriteAsync(FollowUpTask, options);
        Assert.Empty(model.Requests);
        Assert.Equal("theirs", Assert.Single(own.Requests).Model);
    }

    [Fact]
    public async Task An_answer_is_the_models()
    {
        model.Answer = _ => GoodModel.Text("From 40 a month. Which day suits you for a visit?");
        Assert.Equal("From 40 a month. Which day suits you for a visit?", Assert.IsType<Written.Text>(await WriteAsync(AnswerTask)).Value);
        Assert.Equal("answer", Assert.Single(model.Requests).Schema);
        model.Answer = _ => GoodModel.Text(null, "They are talking to somebody else.");
        Assert.Equal("They are talking to somebody else.", Assert.IsType<Written.Declined>(await WriteAsync(AnswerTask)).Because);
    }

    [Fact]
    public async Task A_promised_time_is_confirmed_in_our_own_words_with_the_time_it_will_really_be()
    {
        var task = AnswerTask with { Detection = new Detection { Intent = Intent.RequestedFollowUp, Confidence = 1 }, NowLocal = Noon, PromisedLocal = Noon.AddHours(21), Messages = [Line(Author.Contact, "text me tomorrow morning")] };
        Assert.Equal(new Written.Text("All right, we will write tomorrow at 9 am.", BuiltIn: true), await WriteAsync(task));
        Assert.Empty(model.Requests);

        model.Answer = _ => GoodModel.Text("It is from 40 a month.");
        var both = await WriteAsync(task with { Messages = [Line(Author.Contact, "how much is it? text me tomorrow morning")] });
        Assert.Equal("It is from 40 a month. All right, we will write tomorrow at 9 am.", Assert.IsType<Written.Text>(both).Value);
    }

    [Fact]
    public async Task Who_asks_for_a_person_is_not_answered_by_a_model()
    {
        var text = Assert.IsType<Written.Text>(await WriteAsync(AnswerTask with { Detection = new Detection { Intent = Intent.WantsHuman, Confidence = 1 } }));
        Assert.Equal(("All right, a colleague will answer you here.", true), (text.Value, text.BuiltIn));
        Assert.Empty(model.Requests);
    }

    private Task<Written> WriteAsync(WritingTask task, AiOptions? options = null)
    {
        options ??= ModelSetup.Options(model);
        return new ModelWriter(ModelSetup.Questions(options), Microsoft.Extensions.Options.Options.Create(options)).WriteAsync("default", task, CancellationToken.None);
    }

    private static Message Line(Author author, string text) => new() { Id = $"m-{text.Length}", Author = author, Channel = Channel.Sms, Text = text, At = Noon };
}

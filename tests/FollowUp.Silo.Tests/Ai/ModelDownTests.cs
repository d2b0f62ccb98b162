using FollowUp.Ai;
using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.ProviderSimulator.Models;
using Microsoft.Extensions.AI;
using Xunit;

namespace FollowUp.Silo.Ai;

/// <summary>A model that is down for an hour of the engine's time; answered over real HTTP.</summary>
public sealed class ModelDownTests(ITestOutputHelper output) : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private ModelSimulatorHost model = null!;

    public async ValueTask InitializeAsync() => model = await ModelSimulatorHost.StartAsync();

    public ValueTask DisposeAsync() => model.DisposeAsync();

    [Fact]
    public async Task No_step_is_used_up_none_is_late_beyond_the_rules_and_other_bots_go_on()
    {
        var options = ModelSetup.Options(model);
        var questions = ModelSetup.Questions(options);
        var talks = Enumerable.Range(0, 6).Select(i => Talk(i, MessageKind.Ai, options, questions)).ToList();
        var others = Enumerable.Range(0, 6).Select(i => Talk(i + 6, MessageKind.Custom, options, questions)).ToList();

        // Due at 12:30; the model is down from 12:20 to 13:20.
        foreach (var talk in talks.Concat(others))
        {
            await talk.ContactAsync(Noon, "how much is it?");
            await talk.BotAsync(Noon, "From 40 a month. Shall I show you?");
        }

        model.Always = ModelFault.ServerError;
        foreach (var talk in talks.Concat(others))
        {
            await talk.UntilAsync(Noon.AddMinutes(80));
        }

        var down = model.Exercised(ModelFault.ServerError);
        Assert.All(others, talk => Assert.Equal(Noon.AddMinutes(30), Assert.Single(talk.Sent).At));
        Assert.All(talks, talk =>
        {
            Assert.Empty(talk.Sent);
            Assert.Equal((StepState.Held, Reason.AiFailed), (talk.Conversation.Plan!.Steps[0].State, talk.Conversation.Plan.Steps[0].Reason!.Value));
            Assert.Single(talk.History, line => line is { Kind: HistoryKind.Held, Reason: Reason.AiFailed });
        });

        model.Always = ModelFault.None;
        await RecoveredAsync(questions, options);
        foreach (var talk in talks)
        {
            await talk.UntilAsync(Noon.AddMinutes(100));
        }

        var late = talks.Max(talk => Assert.Single(talk.Sent).At - Noon.AddMinutes(80));
        Assert.All(talks, talk => Assert.Equal("n1", talk.Sent[0].Attempt.StepId));
        Assert.True(late <= TimeSpan.FromMinutes(15), $"The last one went {late} after the model was back.");
        Assert.True(down >= 5, "The model was never asked while it was down.");
        output.WriteLine($"down_answers={down} steps_used_up=0 latest_after_recovery={late} others_on_time={others.Count}");
    }

    // The breaker stays open for a second of real time, which virtual time does not know.
    private static async Task RecoveredAsync(ModelQuestions questions, AiOptions options)
    {
        var format = ChatResponseFormat.ForJsonSchema(AiJson.Schema("""{"type":"object","additionalProperties":false,"required":["text","reason"],"properties":{"text":{"type":["string","null"]},"reason":{"type":["string","null"]}}}"""), "answer");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (await questions.AskAsync("default", "probe", [new ChatMessage(ChatRole.System, "probe"), new ChatMessage(ChatRole.User, "probe")], format, options.Timeout, patience.Token) is not ModelAnswer.Said)
        {
            patience.Token.ThrowIfCancellationRequested();
        }
    }

    private static PlayedConversation Talk(int number, MessageKind kind, AiOptions options, ModelQuestions questions)
    {
        var configured = Microsoft.Extensions.Options.Options.Create(options);
        var bot = new Bot
        {
            Name = "Acme",
            TimeZone = "UTC",
            OwnAnswers = OwnAnswers.External,
            FollowUp = new FollowUpSettings
            {
                Scenarios = new Scenarios
                {
                    StoppedResponding = new ScenarioSettings { Steps = [new FollowUpStep { Id = "n1", Delay = Delay.Of(30, DelayUnit.Minutes), Message = new StepMessage { Kind = kind, Text = kind is MessageKind.Custom ? "Still there?" : null } }] },
                },
            },
        };
        var contact = new ContactData { Addresses = new Dictionary<Channel, string> { [Channel.WhatsApp] = $"+1303555{number:0000}" } };
        return new PlayedConversation($"down-{number}", bot, contact, Channel.WhatsApp, new ModelUnderstanding(questions, configured), new ModelWriter(questions, configured));
    }
}

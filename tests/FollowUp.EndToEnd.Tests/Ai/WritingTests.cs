using System.Net;
using System.Text.Json.Nodes;
using FollowUp.ProviderSimulator.Models;
using Xunit;

namespace FollowUp.EndToEnd.Ai;

/// <summary>Writing, the bot's own answers, drafts and previews in the real process, over real HTTP to the stand-in model.</summary>
public sealed class WritingTests : IClassFixture<ModelFixture>
{
    private static int phones;

    private readonly ModelSimulatorHost model;
    private readonly Engine engine;

    public WritingTests(ModelFixture fixture)
    {
        (model, engine) = (fixture.Model, fixture.Engine);
        model.Always = ModelFault.None;
        model.Answer = GoodModel.Answer;
    }

    [Fact]
    public async Task The_bot_answers_with_the_model_several_messages_once()
    {
        model.Answer = request => request.Schema == "answer" ? GoodModel.Text("From 40 a month. Which day suits you?") : GoodModel.Answer(request);
        await BotAsync("answers", "autoPilot");
        await ContactAsync("answers-1", "answers", "hello there");
        await ContactAsync("answers-1", "answers", "how much is it?");
        await Engine.UntilAsync(async () => (await OursAsync("answers-1")).Count > 0, "the answer");
        Assert.Equal(["From 40 a month. Which day suits you?"], await OursAsync("answers-1"));
        var info = await engine.GetAsync("conversations/answers-1/response-info");
        Assert.Equal(("model", "our-model-stand-in"), ((string?)info["answers"]![0]!["writer"], (string?)info["answers"]![0]!["model"]));
        Assert.Equal("stoppedResponding", (string?)info["plan"]!["scenario"]);
    }

    [Fact]
    public async Task A_promised_time_is_confirmed_and_a_person_is_called()
    {
        var tomorrow = $"{DateTime.UtcNow.AddDays(1):yyyy-MM-dd}T15:00";
        model.Answer = request => request.Schema == "reading" && request.Data.Contains("tomorrow", StringComparison.Ordinal) ? GoodModel.Reading("requestedFollowUp", tomorrow, "tomorrow at 3pm") : GoodModel.Answer(request);
        await BotAsync("promises", "autoPilot");
        await ContactAsync("promises-1", "promises", "text me tomorrow at 3pm");
        await ContactAsync("promises-2", "promises", "can I talk to a real person please");
        await Engine.UntilAsync(async () => (await OursAsync("promises-1")).Count + (await OursAsync("promises-2")).Count == 2, "both answers");
        Assert.Equal(["All right, we will write tomorrow at 3 pm."], await OursAsync("promises-1"));
        Assert.Equal(["All right, a colleague will answer you here."], await OursAsync("promises-2"));
        Assert.Equal("humanInCharge", (string?)(await engine.GetAsync("conversations/promises-2"))["status"]);
        Assert.Contains((await engine.GetAsync("conversations/promises-2/notes"))["items"]!.AsArray(), note => (string?)note!["reason"] == "handedOver");
    }

    [Fact]
    public async Task A_suggestive_bots_answers_and_follow_ups_wait_for_a_person_one_by_one_or_all_at_once()
    {
        model.Answer = request => request.Schema switch
        {
            "answer" => GoodModel.Text("From 40 a month. Which day suits you?"),
            "followUp" => GoodModel.FollowUp("Hi! Shall we find a day for your visit?"),
            _ => GoodModel.Answer(request),
        };
        await BotAsync("drafts", "suggestive");
        for (var i = 1; i <= 4; i++)
        {
            await ContactAsync($"drafts-{i}", "drafts", "how much is it?");
        }

        await Engine.UntilAsync(async () => (await ApprovalsAsync("drafts")).Count == 4, "four drafted answers");
        var drafts = await ApprovalsAsync("drafts");
        Assert.All(drafts, draft => Assert.Equal(("answer", "From 40 a month. Which day suits you?", false), ((string?)draft!["kind"], (string?)draft["text"], (bool)draft["builtIn"]!)));
        Assert.Empty(await OursAsync("drafts-1"));

        // Edited and approved, refused, dead with a reply, and the last one with all the rest.
        await PostAsync($"conversations/drafts-1/follow-ups/{StepOf(drafts, "drafts-1")}:edit", new { text = "40 a month. Monday?" });
        await PostAsync($"conversations/drafts-1/follow-ups/{StepOf(drafts, "drafts-1")}:approve");
        Assert.Equal(["40 a month. Monday?"], await OursAsync("drafts-1"));
        await PostAsync($"conversations/drafts-2/follow-ups/{StepOf(drafts, "drafts-2")}:refuse");
        await ContactAsync("drafts-3", "drafts", "STOP");
        Assert.Equal(HttpStatusCode.Conflict, (await engine.PostAsync($"conversations/drafts-3/follow-ups/{StepOf(drafts, "drafts-3")}:approve")).Status);
        var all = await PostAsync("approvals:approve", new { botId = "drafts", by = "user-7" });
        Assert.Equal((1, 0), ((int)all["done"]!, all["failed"]!.AsArray().Count));
        Assert.Equal(["From 40 a month. Which day suits you?"], await OursAsync("drafts-4"));
        Assert.Empty(await ApprovalsAsync("drafts"));

        // The follow-up of the answered one is drafted when it is due.
        var plan = (await engine.GetAsync("conversations/drafts-4/response-info"))["plan"]!;
        var due = DateTimeOffset.Parse((string)plan["steps"]![0]!["dueAt"]!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(due > DateTimeOffset.UtcNow);
        await PostAsync("conversations/drafts-4/follow-ups/n1:move", new { dueAt = DateTimeOffset.UtcNow.AddSeconds(2) });
        await Engine.UntilAsync(async () => (await ApprovalsAsync("drafts")).Count == 1, "the drafted follow-up");
        Assert.Equal(("followUp", "Hi! Shall we find a day for your visit?"), ((string?)(await ApprovalsAsync("drafts"))[0]!["kind"], (string?)(await ApprovalsAsync("drafts"))[0]!["text"]));
        await PostAsync("conversations/drafts-4/follow-ups/n1:approve");
        await Engine.UntilAsync(async () => (await OursAsync("drafts-4")).Count == 2, "the approved follow-up");
    }

    [Fact]
    public async Task A_preview_shows_what_would_be_written_now_and_stores_nothing()
    {
        model.Answer = request => request.Schema == "followUp" ? GoodModel.FollowUp("Hi! Shall we find a day for your visit?") : GoodModel.Answer(request);
        await BotAsync("previews", "autoPilot", ownAnswers: "external");
        await ContactAsync("previews-1", "previews", "how much is it?");
        var preview = await PostAsync("conversations/previews-1/follow-ups/n1:preview");
        Assert.Equal(("Hi! Shall we find a day for your visit?", "our-model-stand-in"), ((string?)preview["text"], (string?)preview["model"]));
        Assert.Equal(HttpStatusCode.NotFound, (await engine.PostAsync("conversations/previews-1/follow-ups/nothing:preview")).Status);
        Assert.Null((await engine.GetAsync("conversations/previews-1/response-info"))["plan"]);
        model.Answer = request => request.Schema == "followUp" ? GoodModel.FollowUp(null, "notInterested", "They said no.") : GoodModel.Answer(request);
        preview = await PostAsync("conversations/previews-1/follow-ups/n1:preview");
        Assert.Equal(("They said no.", "notInterested"), ((string?)preview["declined"], (string?)preview["reason"]));
    }

    [Fact]
    public async Task No_text_of_a_contact_or_a_model_is_in_the_metrics_or_the_log()
    {
        model.Answer = request => request.Schema == "answer" ? GoodModel.Text("the canary sings of 40 a month. Ok?") : GoodModel.Answer(request);
        await BotAsync("quiet", "autoPilot");
        await ContactAsync("quiet-1", "quiet", "does the canary sing here, Dana?");
        await Engine.UntilAsync(async () => (await OursAsync("quiet-1")).Count > 0, "the answer");
        var metrics = await engine.Http.GetStringAsync("/metrics");
        Assert.Contains("gen_ai_client_token_usage", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", metrics + string.Join('\n', engine.Output.ToArray()), StringComparison.OrdinalIgnoreCase);
    }

    private async Task BotAsync(string id, string mode, string ownAnswers = "builtIn")
    {
        var (status, body) = await engine.PutAsync($"bots/{id}", new
        {
            name = "Acme",
            mode,
            ownAnswers,
            waitBeforeAnswering = new { value = 1, unit = "seconds" },
            followUp = new { scenarios = new { stoppedResponding = new { steps = new[] { new { id = "n1", delay = new { value = 2, unit = "hours" }, message = new { kind = "ai" } } } }, requestedFollowUp = new { steps = new[] { new { id = "a1", message = new { kind = "ai" } } } } } },
        });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
    }

    private async Task ContactAsync(string id, string bot, string text)
    {
        var contact = text.Length == 0 ? null : new { addresses = new { liveChat = $"visitor-{id}-{++phones}" } };
        var (status, body) = await engine.PostAsync($"conversations/{id}/messages", new { author = "contact", channel = "liveChat", text, botId = bot, contact });
        Assert.True(status is HttpStatusCode.Accepted, body?.ToJsonString());
    }

    private async Task<JsonNode> PostAsync(string path, object? body = null)
    {
        var (status, answer) = await engine.PostAsync(path, body);
        Assert.True(status is HttpStatusCode.OK, answer?.ToJsonString());
        return answer!;
    }

    private async Task<List<string>> OursAsync(string id) =>
        [.. (await engine.GetAsync($"conversations/{id}/messages"))["items"]!.AsArray().Where(line => (string?)line!["author"] is "bot" or "followUp").Select(line => (string)line!["text"]!)];

    private async Task<JsonArray> ApprovalsAsync(string bot) => (await engine.GetAsync($"approvals?botId={bot}"))["items"]!.AsArray();

    private static string StepOf(JsonArray drafts, string conversation) => (string)drafts.Single(draft => (string?)draft!["conversationId"] == conversation)!["stepId"]!;
}

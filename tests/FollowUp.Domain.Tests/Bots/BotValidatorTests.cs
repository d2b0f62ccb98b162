using Xunit;

namespace FollowUp.Bots;

public sealed class BotValidatorTests
{
    private const string Steps = "followUp.scenarios.stoppedResponding.steps";
    private const string Asked = "followUp.scenarios.requestedFollowUp.steps";
    private const string Weekly = "followUp.activeHours.weekly";
    private const string Order = "followUp.channelSwitching.order";
    private const string Limits = "followUp.limits";

    private static readonly BotValidationContext Empty = new();

    private static string[] BadFields(Bot bot) => [.. BotValidator.Validate(bot, Empty).Keys.Order(StringComparer.Ordinal)];

    [Fact]
    public void The_example_of_the_contract_is_valid() => Assert.Empty(BotValidator.Validate(ExampleBot.With(), Empty));

    [Fact]
    public void A_name_and_scenarios_are_enough() =>
        Assert.Empty(BotValidator.Validate(new Bot { Name = "Acme", FollowUp = new FollowUpSettings { Scenarios = new Scenarios() } }, Empty));

    [Theory]
    [InlineData("name", "\"  \"")]
    [InlineData("name", "null")]
    [InlineData("persona", "null")]
    [InlineData("persona.language", "\"it\"")]
    [InlineData("persona.language", "null")]
    [InlineData("timeZone", "\"America/Nowhere\"")]
    [InlineData("timeZone", "\"UTC+5\"")]
    [InlineData("timeZone", "\"Eastern Standard Time\"")]
    [InlineData("timeZone", "\"\"")]
    [InlineData("waitBeforeAnswering", "null")]
    [InlineData("waitBeforeAnswering.value", "0")]
    [InlineData("waitBeforeAnswering.value", "301")]
    [InlineData("waitBeforeAnswering.unit", "\"forever\"")]
    [InlineData("sleepAfterHuman", "null")]
    [InlineData("sleepAfterHuman.value", "0")]
    [InlineData("sleepAfterHuman.value", "8761")]
    [InlineData("allowedLinks", "null")]
    [InlineData("allowedLinks[0]", "null")]
    [InlineData("allowedLinks[0]", "\"https://acme.example\"")]
    [InlineData("allowedLinks[0]", "\"acme.example/path\"")]
    [InlineData("allowedLinks[0]", "\"acme\"")]
    [InlineData("allowedLinks[0]", "\"acme.example:8080\"")]
    [InlineData("followUp", "null")]
    [InlineData("followUp.scenarios", "null")]
    [InlineData("followUp.scenarios.busy.steps", "null")]
    [InlineData("followUp.scenarios.busy.steps[0]", "null")]
    [InlineData("followUp.activeHours", "null")]
    [InlineData("followUp.channelSwitching", "null")]
    [InlineData("followUp.whatsAppTemplate.name", "\"\"")]
    [InlineData("followUp.whatsAppTemplate.language", "null")]
    [InlineData("followUp.limits", "null")]
    public void A_bad_field_is_named(string path, string json) => Assert.Equal([path], BadFields(ExampleBot.With(path, json)));

    [Theory]
    [InlineData(Steps + "[0].id", "null")]
    [InlineData(Steps + "[0].id", "\"\"")]
    [InlineData(Steps + "[0].id", "\"-x\"")]
    [InlineData(Steps + "[0].id", "\"a/b\"")]
    [InlineData(Steps + "[0].id", "\"nudge-1\\n\"")]
    [InlineData("followUp.scenarios.busy.steps[0].id", "\"nudge-1\"")] // taken in another scenario
    [InlineData(Steps + "[0].delay", "null")]
    [InlineData(Steps + "[0].delay.value", "0")]
    [InlineData(Steps + "[0].delay.value", "-2")]
    [InlineData(Steps + "[0].delay.value", "721")]
    [InlineData(Steps + "[0].delay.value", "2147483647")]
    [InlineData(Steps + "[0].delay.unit", "\"forever\"")]
    [InlineData(Steps + "[0].message", "null")]
    [InlineData(Steps + "[1].message.text", "null")]
    [InlineData(Steps + "[1].message.text", "\" \"")]
    [InlineData(Steps + "[1].message.text", "\"Hi {{ contact.nick }}\"")]
    [InlineData(Steps + "[1].message.text", "\"{% if %}\"")]
    [InlineData(Steps + "[0].message.fallbackText", "\"{{ nope }}\"")]
    [InlineData(Steps + "[2].variants[1].id", "\"a\"")]
    [InlineData(Steps + "[2].variants[1].share", "0")]
    [InlineData(Steps + "[2].variants[1].share", "101")]
    [InlineData(Steps + "[2].variants[1].message", "null")]
    [InlineData(Steps + "[2].variants[1].message.text", "\"{{\"")]
    [InlineData(Steps + "[2].variants[1]", "null")]
    [InlineData(Asked + "[0].delay", "{\"value\":1,\"unit\":\"days\"}")]
    [InlineData(Asked + "[1].delay", "null")]
    public void A_bad_field_of_a_step_is_named(string path, string json) => Assert.Equal([path], BadFields(ExampleBot.With(path, json)));

    [Theory]
    [InlineData(Steps + "[0].delay", "{\"value\":1,\"unit\":\"minutes\"}")]
    [InlineData(Steps + "[0].delay", "{\"value\":30,\"unit\":\"days\"}")]
    [InlineData(Steps + "[0].delay", "{\"value\":720,\"unit\":\"hours\"}")]
    [InlineData("sleepAfterHuman", "{\"value\":0,\"unit\":\"forever\"}")]
    [InlineData("sleepAfterHuman", "{\"value\":365,\"unit\":\"days\"}")]
    [InlineData("waitBeforeAnswering", "{\"value\":5,\"unit\":\"minutes\"}")]
    [InlineData("timeZone", "\"Antarctica/Troll\"")]
    [InlineData("timeZone", "null")]
    [InlineData("timeZone", "\"UTC\"")]
    [InlineData(Weekly + ".monday", "[{\"from\":\"00:00\",\"to\":\"00:00\"}]")]
    [InlineData(Weekly + ".monday", "[{\"from\":\"22:00\",\"to\":\"06:00\"}]")]
    [InlineData(Weekly + ".monday", "[{\"from\":\"09:00\",\"to\":\"13:00\"},{\"from\":\"12:00\",\"to\":\"18:00\"}]")]
    [InlineData(Weekly, "{\"sunday\":[{\"from\":\"09:00\",\"to\":\"10:00\"}]}")]
    [InlineData("followUp.scenarios.busy", "null")]
    [InlineData("followUp.scenarios.busy.steps", "[]")]
    [InlineData("followUp.whatsAppTemplate", "null")]
    [InlineData(Order, "[]")]
    [InlineData(Limits + ".maximumMessages", "10000")]
    [InlineData(Steps + "[0].variants", "[]")]
    [InlineData(Steps + "[0].message.text", "\"kept {{ from.before }}\"")] // not used by an ai message
    public void The_bounds_belong_to_it(string path, string json) => Assert.Empty(BadFields(ExampleBot.With(path, json)));

    [Theory]
    [InlineData(Weekly + ".monday", "null", Weekly + ".monday")]
    [InlineData(Weekly + ".monday", "[null]", Weekly + ".monday[0]")]
    [InlineData(Weekly + ".monday", "[{\"from\":\"09:00\",\"to\":\"18:00\"},{\"from\":\"12:00\",\"to\":\"12:00\"}]", Weekly + ".monday[1].to")]
    [InlineData(Weekly, "null", Weekly)]
    [InlineData(Weekly, "{}", Weekly)] // never opens
    [InlineData("followUp.activeHours.exceptions", "null", "followUp.activeHours.exceptions")]
    [InlineData("followUp.activeHours.exceptions[0].windows", "null", "followUp.activeHours.exceptions[0].windows")]
    [InlineData("followUp.activeHours.exceptions[0].windows", "[{\"from\":\"09:00\",\"to\":\"09:00\"}]", "followUp.activeHours.exceptions[0].windows[0].to")]
    [InlineData("followUp.activeHours.exceptions[+]", "{\"date\":\"2026-12-25\",\"windows\":[]}", "followUp.activeHours.exceptions[1].date")]
    [InlineData(Order, "null", Order)]
    [InlineData(Order, "[\"sms\",\"liveChat\"]", Order + "[1]")]
    [InlineData(Order, "[\"sms\",\"whatsApp\",\"sms\"]", Order + "[2]")]
    [InlineData(Limits + ".perContact", "null", Limits + ".perContact")]
    [InlineData(Limits + ".perContact[1]", "null", Limits + ".perContact[1]")]
    [InlineData(Limits + ".perContact[1].count", "0", Limits + ".perContact[1].count")]
    [InlineData(Limits + ".perContact[1].count", "1001", Limits + ".perContact[1].count")]
    [InlineData(Limits + ".perContact[1].per", "null", Limits + ".perContact[1].per")]
    [InlineData(Limits + ".perContact[1].per", "{\"value\":59,\"unit\":\"seconds\"}", Limits + ".perContact[1].per.value")]
    [InlineData(Limits + ".perContact[1].per.value", "366", Limits + ".perContact[1].per.value")]
    [InlineData(Limits + ".staleAfter.value", "31", Limits + ".staleAfter.value")]
    [InlineData(Limits + ".promiseLateness.value", "0", Limits + ".promiseLateness.value")]
    [InlineData(Limits + ".maximumMessages", "0", Limits + ".maximumMessages")]
    [InlineData("sleepAfterHuman", "{\"value\":1,\"unit\":\"forever\"}", "sleepAfterHuman.value")]
    [InlineData(Steps + "[0].variants", "[{\"id\":\"a\",\"share\":1,\"message\":{\"kind\":\"ai\"}}]", Steps + "[0].variants")] // and a message too
    [InlineData(Steps + "[2].variants", "[]", Steps + "[2].message")]
    [InlineData(Steps + "[0].workflow", "{\"id\":\"tag-quiet\"}", Steps + "[0].workflow")]
    [InlineData(Steps + "[0].workflow", "{\"id\":null}", Steps + "[0].workflow.id")]
    public void A_bad_part_is_named(string path, string json, string bad) => Assert.Equal([bad], BadFields(ExampleBot.With(path, json)));

    [Theory]
    [InlineData("name", 200)]
    [InlineData("persona.businessName", 200)]
    [InlineData("persona.personality", 2_000)]
    [InlineData("persona.goal", 2_000)]
    [InlineData("persona.knowledge", 50_000)]
    [InlineData(Steps + "[0].message.instructions", 4_096)]
    [InlineData(Steps + "[0].message.fallbackText", 4_096)]
    [InlineData(Steps + "[0].message.text", 4_096)]
    [InlineData(Steps + "[1].message.text", 4_096)]
    [InlineData(Steps + "[0].id", 128)]
    [InlineData("followUp.whatsAppTemplate.name", 512)]
    [InlineData("followUp.whatsAppTemplate.language", 20)]
    public void A_text_has_its_length(string path, int length)
    {
        Assert.Empty(BadFields(ExampleBot.With(path, $"\"{new string('x', length)}\"")));
        Assert.Equal([path], BadFields(ExampleBot.With(path, $"\"{new string('x', length + 1)}\"")));
    }

    [Theory]
    [InlineData("allowedLinks", 50, "\"acme.example\"")]
    [InlineData("followUp.scenarios.busy.steps", 5, "{\"id\":\"s#\",\"delay\":{\"value\":1,\"unit\":\"hours\"},\"message\":{\"kind\":\"ai\"}}")]
    [InlineData(Steps + "[2].variants", 5, "{\"id\":\"v#\",\"share\":1,\"message\":{\"kind\":\"ai\"}}")]
    [InlineData(Weekly + ".monday", 24, "{\"from\":\"09:00\",\"to\":\"10:00\"}")]
    [InlineData(Limits + ".perContact", 10, "{\"count\":1,\"per\":{\"value\":1,\"unit\":\"days\"}}")]
    public void A_list_has_its_length(string path, int length, string item)
    {
        string List(int count) => "[" + string.Join(',', Enumerable.Range(0, count).Select(i => item.Replace("#", $"{i}", StringComparison.Ordinal))) + "]";

        Assert.Empty(BadFields(ExampleBot.With(path, List(length))));
        Assert.Equal([path], BadFields(ExampleBot.With(path, List(length + 1))));
    }

    [Fact]
    public void There_are_at_most_400_exceptions()
    {
        string List(int count) => "[" + string.Join(',', Enumerable.Range(0, count).Select(i => $"{{\"date\":\"{new DateOnly(2026, 1, 1).AddDays(i):yyyy-MM-dd}\",\"windows\":[]}}")) + "]";

        Assert.Empty(BadFields(ExampleBot.With("followUp.activeHours.exceptions", List(400))));
        Assert.Equal(["followUp.activeHours.exceptions"], BadFields(ExampleBot.With("followUp.activeHours.exceptions", List(401))));
    }

    [Fact]
    public void Hours_that_are_off_need_not_open() =>
        Assert.Empty(BadFields(ExampleBot.With("followUp.activeHours", "{\"enabled\":false}")));

    [Fact]
    public void Hours_open_on_a_single_date_do_open() =>
        Assert.Empty(BadFields(ExampleBot.With(Weekly, "{}", "followUp.activeHours.exceptions[0].windows", "[{\"from\":\"09:00\",\"to\":\"10:00\"}]")));

    [Fact]
    public void Words_outside_their_list_are_named()
    {
        var bot = ExampleBot.With() with { Mode = (BotMode)9, OwnAnswers = (OwnAnswers)9, SleepAfterHuman = Delay.Of(1, (DelayUnit)9) };

        Assert.Equal(["mode", "ownAnswers", "sleepAfterHuman.unit"], BadFields(bot));
    }

    [Fact]
    public void Every_bad_field_is_named_at_once()
    {
        var bot = ExampleBot.With("name", "\"\"", "timeZone", "\"Mars\"", Steps + "[0].delay.value", "0", Steps + "[1].message.text", "\"{{ x }}\"", Limits + ".maximumMessages", "0", Weekly, "{}");

        Assert.Equal([Weekly, Limits + ".maximumMessages", Steps + "[0].delay.value", Steps + "[1].message.text", "name", "timeZone"], BadFields(bot));
    }

    [Fact]
    public void An_unknown_merge_field_is_named_in_the_error()
    {
        var errors = BotValidator.Validate(ExampleBot.With(Steps + "[1].message.text", "\"Hi {{ custom_values.offer }} {{ contact.nick }}\""), new() { CustomValueNames = ["offer"] });

        Assert.Contains("contact.nick", Assert.Single(errors[Steps + "[1].message.text"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_known_workflow_is_taken()
    {
        var bot = ExampleBot.With(Steps + "[0].workflow", "{\"id\":\"tag-quiet\",\"evenIfNotSent\":true}");

        Assert.Empty(BotValidator.Validate(bot, new() { WorkflowIds = ["tag-quiet"] }));
        Assert.Contains("no such", Assert.Single(BotValidator.Validate(bot, new() { WorkflowIds = ["other"] })).Value[0], StringComparison.Ordinal);
        Assert.Contains("not available yet", Assert.Single(BotValidator.Validate(bot, Empty)).Value[0], StringComparison.Ordinal);
    }
}

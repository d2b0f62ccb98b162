using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>The HTTP contract and its answers to bad input, against the real process.</summary>
public sealed class ApiTests(ApiTests.Running running) : IClassFixture<ApiTests.Running>
{
    private Engine Engine => running.Engine;

    [Theory]
    [InlineData("$.name", "", "name")]
    [InlineData("$.timeZone", "Mars/Phobos", "timeZone")]
    [InlineData("$.waitBeforeAnswering.value", 0, "waitBeforeAnswering")]
    [InlineData("$.followUp.scenarios.stoppedResponding.steps[1].delay.value", 0, "followUp.scenarios.stoppedResponding.steps[1].delay")]
    [InlineData("$.followUp.scenarios.stoppedResponding.steps[1].id", "n1", "followUp.scenarios.stoppedResponding.steps[1].id")]
    [InlineData("$.followUp.scenarios.stoppedResponding.steps[1].message.text", "Hi {{ contact.password }}", "followUp.scenarios.stoppedResponding.steps[1].message.text")]
    [InlineData("$.followUp.limits.maximumMessages", 0, "followUp.limits.maximumMessages")]
    [InlineData("$.followUp.colour", "red", "followUp.colour")]
    [InlineData("$.mode", "loud", "mode")]
    [InlineData("$.followUp.activeHours.weekly.funday", "x", "followUp.activeHours.weekly.funday")]
    public async Task A_bad_field_of_a_bot_is_named_and_nothing_is_stored(string path, object value, string field)
    {
        var bot = Example();
        Set(bot, path, JsonValue.Create(value));
        var (status, body) = await Engine.PutAsync("bots/bad", bot);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(body!["errors"]!.AsObject(), error => error.Key.StartsWith(field, StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await Engine.Http.GetAsync("/api/v1/bots/bad")).StatusCode);
    }

    [Fact]
    public async Task Several_bad_fields_are_all_named()
    {
        var bot = Example();
        Set(bot, "$.name", JsonValue.Create(""));
        Set(bot, "$.timeZone", JsonValue.Create("Mars/Phobos"));
        var steps = bot["followUp"]!["scenarios"]!["stoppedResponding"]!["steps"]!.AsArray();
        for (var i = 3; i <= 6; i++)
        {
            steps.Add(JsonNode.Parse($$$"""{"id":"n{{{i}}}","delay":{"value":1,"unit":"hours"},"message":{"kind":"ai"}}"""));
        }

        var errors = (await Engine.PutAsync("bots/bad", bot)).Body!["errors"]!.AsObject();
        Assert.Equal(["followUp.scenarios.stoppedResponding.steps", "name", "timeZone"], errors.Select(error => error.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_workflow_is_refused_until_there_are_workflows()
    {
        var bot = Example();
        bot["followUp"]!["scenarios"]!["stoppedResponding"]!["steps"]![0]!["workflow"] = JsonNode.Parse("""{"id":"tag-quiet"}""");
        var (status, body) = await Engine.PutAsync("bots/bad", bot);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("workflow", body!["errors"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_save_answers_an_etag_and_a_stale_or_missing_one_is_refused()
    {
        Assert.Equal(HttpStatusCode.Created, (await Engine.PutAsync("bots/etag", Example())).Status);
        Assert.Equal((HttpStatusCode)428, (await Engine.PutAsync("bots/etag", Example())).Status);
        Assert.Equal(HttpStatusCode.PreconditionFailed, (await Engine.PutAsync("bots/etag", Example(), "\"9\"")).Status);
        Assert.Equal(HttpStatusCode.OK, (await Engine.PutAsync("bots/etag", Example(), "\"1\"")).Status);
        var read = await Engine.GetAsync("bots/etag");
        Assert.Equal(HttpStatusCode.OK, (await Engine.PutAsync("bots/etag", read, "\"2\"")).Status);
    }

    [Theory]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","colour":"red"}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","text":"ho"}""", 400)]
    [InlineData("""{"author":"contact","channel":"pigeon","text":"hi"}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms"}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","sentAt":"2026-11-22T19:04:00"}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","botId":"nobody","contact":{}}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","botId":"etag","contact":{"timeZone":"Mars/Phobos"}}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","text":"hi","botId":"etag","contact":{"addresses":{"sms":"0303"}}}""", 400)]
    [InlineData("""{"author":"Contact","channel":"sms","text":"hi"}""", 400)]
    [InlineData("""{"author":"contact, bot","channel":"sms","text":"hi"}""", 400)]
    [InlineData("""{"author":"contact","channel":"sms","sentAt":"9999-12-31T23:59:59Z","text":"hi"}""", 400)]
    [InlineData("""{"author":"contact","channel":"liveChat","attachments":[null],"botId":"demo","contact":{}}""", 400)]
    [InlineData("""{"author":"contact","channel":"liveChat","attachments":[{"url":"javascript:alert(1)"}],"botId":"demo","contact":{}}""", 400)]
    [InlineData("[", 400)]
    [InlineData("null", 400)]
    public async Task A_bad_message_is_refused_and_nothing_is_stored(string json, int expected)
    {
        using var response = await Engine.Http.PostAsync("/api/v1/conversations/bad-1/messages", new StringContent(json, Encoding.UTF8, "application/json"));
        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotFound, (await Engine.Http.GetAsync("/api/v1/conversations/bad-1")).StatusCode);
    }

    [Fact]
    public async Task Nulls_in_lists_far_years_and_ids_that_are_none_are_named()
    {
        var (status, body) = await Engine.PostAsync("simulations", new { bot = Example(), script = new object?[] { null }, until = "2026-12-01T00:00:00Z" });
        Assert.Equal((HttpStatusCode.BadRequest, true), (status, body!["errors"]!["script"] is not null));
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.PostAsync("detect", new { text = "tomorrow", sentAt = "9999-12-31T00:00:00Z" })).Status);
        await Engine.PutAsync("bots/merging", Example());
        await Engine.PostAsync("conversations/merge-1/messages", new { author = "contact", channel = "liveChat", text = "hello there", botId = "merging", contact = new { } });
        Assert.Equal(HttpStatusCode.BadRequest, (await Engine.PostAsync("conversations/merge-1:merge", new { into = "a|b" })).Status);
    }

    [Fact]
    public async Task Sizes_are_bounded()
    {
        var (status, _) = await Engine.PostAsync("conversations/bad-2/messages", new { author = "contact", channel = "sms", text = new string('x', 100_000), botId = "etag", contact = new { } });
        Assert.Equal(HttpStatusCode.BadRequest, status);
        (status, _) = await Engine.PostAsync("conversations/bad-2/messages", new { author = "contact", channel = "sms", text = new string('x', 300_000) });
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, status);
        using var deep = await Engine.Http.PostAsync("/api/v1/detect", new StringContent(new string('[', 100_000), Encoding.UTF8, "application/json"));
        Assert.Equal(HttpStatusCode.BadRequest, deep.StatusCode);
    }

    [Fact]
    public async Task Keys_are_checked_roles_hold_and_another_workspaces_things_are_not_there()
    {
        using var stranger = new HttpClient { BaseAddress = new Uri(Engine.BaseUrl) };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/bots")).StatusCode);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"{Engine.AdminKey[..^1]}x");
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/bots")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync($"/api/v1/bots?api_key={Engine.AdminKey}")).StatusCode);

        var (status, made) = await Engine.PostAsync("api-keys", new { role = "reader", name = "reports" });
        Assert.Equal(HttpStatusCode.Created, status);
        stranger.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)made!["key"]!);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/api/v1/bots")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.PostAsync("/api/v1/bots/etag:activate", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await stranger.GetAsync("/api/v1/connections")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Engine.Http.DeleteAsync($"/api/v1/api-keys/{made["keyId"]}")).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync("/api/v1/bots")).StatusCode);
    }

    [Fact]
    public async Task An_idempotency_key_gets_the_same_answer_once()
    {
        await Engine.PutAsync("bots/twice", Example());
        async Task<(HttpStatusCode, string)> SendAsync(string text)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/conversations/twice-1/messages")
            {
                Content = new StringContent($$$"""{"author":"contact","channel":"liveChat","text":"{{{text}}}","botId":"twice","contact":{}}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", "the-same");
            using var response = await Engine.Http.SendAsync(request);
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        var first = await SendAsync("hello there");
        Assert.Equal(HttpStatusCode.Accepted, first.Item1);
        Assert.Equal(first, await SendAsync("hello there"));
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync("something else")).Item1);
        Assert.Single((await Engine.GetAsync("conversations/twice-1/messages"))["items"]!.AsArray());
    }

    [Fact]
    public async Task Detect_answers_as_the_contract_shows()
    {
        var (status, body) = await Engine.PostAsync("detect", new { text = "hit me up nxt tues after lunch", sentAt = "2026-11-22T10:00:00-07:00", timeZone = "America/Denver" });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("requestedFollowUp", "2026-11-24T20:30:00Z", "2026-11-24T13:30:00-07:00", "builtIn", "en"), ((string?)body!["intent"], (string?)body["dueAt"], (string?)body["dueLocal"], (string?)body["judge"], (string?)body["language"]));
        var (_, many) = await Engine.PostAsync("detect", new { items = new[] { new { text = "STOP" }, new { text = "I'm driving" } } });
        Assert.Equal(["optOut", "busy"], many!["items"]!.AsArray().Select(item => (string)item!["intent"]!));
    }

    [Fact]
    public async Task A_simulation_answers_a_timeline_and_stores_nothing()
    {
        var (status, body) = await Engine.PostAsync("simulations", new
        {
            bot = Example(),
            contact = new { timeZone = "America/Denver", addresses = new { liveChat = "visitor-1" } },
            script = new object[]
            {
                new { at = "2026-11-20T16:00:00Z", @do = "message", author = "contact", channel = "liveChat", text = "how much is it?" },
                new { at = "2026-11-20T16:00:20Z", @do = "message", author = "bot", channel = "liveChat", text = "From 40 a month. Shall I show you?" },
            },
            until = "2026-12-01T00:00:00Z",
        });
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["planned", "sent", "sent"], body!["timeline"]!.AsArray().Select(entry => (string)entry!["kind"]!));
        Assert.Equal("2026-11-20T18:00:20Z", (string?)body["timeline"]![0]!["dueAt"]);
    }

    [Fact]
    public async Task Malformed_json_of_the_suite_is_always_a_400()
    {
        if (Corpora.Read("json-test-suite.json") is not { } suite)
        {
            return;
        }

        var tried = 0;
        foreach (var file in suite.AsArray().Where(file => ((string)file!["name"]!).StartsWith("n_", StringComparison.Ordinal)))
        {
            var bytes = Convert.FromBase64String((string)(file!["base64"] ?? file["bytes"] ?? file["content"])!);
            using var content = new ByteArrayContent(bytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await Engine.Http.PostAsync("/api/v1/detect", content);
            Assert.True(response.StatusCode is HttpStatusCode.BadRequest, $"{file["name"]} answered {response.StatusCode}");
            tried++;
        }

        Assert.InRange(tried, 180, 200);
    }

    [Fact]
    public async Task Naughty_strings_are_taken_as_they_are()
    {
        if (Corpora.Read("naughty-strings.json") is not { } strings)
        {
            return;
        }

        await Engine.PutAsync("bots/naughty", Example());
        var sent = new List<string>();
        foreach (var text in strings.AsArray().Select(node => (string?)node ?? "").Where(text => text.Length > 0 && !text.Any(char.IsSurrogate)).Take(100))
        {
            var (status, _) = await Engine.PostAsync("conversations/naughty-1/messages", new { author = "contact", channel = "liveChat", text, botId = "naughty", contact = new { name = text[..Math.Min(text.Length, 100)] } });
            Assert.Equal(HttpStatusCode.Accepted, status);
            sent.Add(text);
        }

        var last = (await Engine.GetAsync("conversations/naughty-1/messages"))["items"]!.AsArray();
        Assert.Equal(sent[^1], (string?)last[^1]!["text"]);
    }

    [Fact]
    public async Task Operations_answer()
    {
        using var open = new HttpClient { BaseAddress = new Uri(Engine.BaseUrl) };
        foreach (var path in (string[])["/health/live", "/health/ready", "/metrics", "/openapi/v1.json", "/", "/live-chat/widget.js"])
        {
            Assert.True((await open.GetAsync(path)).IsSuccessStatusCode, path);
        }

        var api = JsonNode.Parse(await open.GetStringAsync("/openapi/v1.json"))!;
        Assert.Contains(api["paths"]!.AsObject(), path => path.Key.StartsWith("/api/v1/conversations/{id}/response-info", StringComparison.Ordinal));
        Assert.Contains("followup_", await open.GetStringAsync("/metrics"), StringComparison.Ordinal);
        Assert.True((await open.GetStringAsync("/live-chat/widget.js")).Length < 30_000);
    }

    private static JsonNode Example() => JsonNode.Parse("""
        {"name":"Acme sales","active":true,"mode":"autoPilot","ownAnswers":"external",
         "persona":{"businessName":"Acme","personality":"friendly, brief","goal":"book a visit","knowledge":"…","language":"en"},
         "timeZone":"America/New_York","waitBeforeAnswering":{"value":5,"unit":"seconds"},"sleepAfterHuman":{"value":12,"unit":"hours"},"allowedLinks":["acme.example"],
         "followUp":{"scenarios":{
           "stoppedResponding":{"enabled":true,"steps":[
             {"id":"n1","delay":{"value":2,"unit":"hours"},"message":{"kind":"ai","instructions":"mention the free visit","fallbackText":"Still there?"}},
             {"id":"n2","delay":{"value":1,"unit":"days"},"message":{"kind":"custom","text":"Hi {{ contact.first_name | default: \"there\" }}, shall we keep your slot?"}}]},
           "busy":{"enabled":true,"steps":[{"id":"busy-1","delay":{"value":45,"unit":"minutes"},"message":{"kind":"ai"}}]},
           "requestedFollowUp":{"enabled":true,"steps":[{"id":"asked-1","message":{"kind":"ai"}},{"id":"asked-2","delay":{"value":1,"unit":"days"},"message":{"kind":"ai"}}]}},
          "activeHours":{"enabled":false,"zone":"contact","honourRequestedTime":false,"weekly":{"monday":[{"from":"09:00","to":"18:00"}],"friday":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}]},"exceptions":[{"date":"2026-12-25","windows":[]}]},
          "channelSwitching":{"enabled":true,"order":["sms","whatsApp","messenger","instagram"]},
          "whatsAppTemplate":{"name":"follow_up_1","language":"en_US"},
          "limits":{"perContact":[{"count":5,"per":{"value":1,"unit":"days"}},{"count":20,"per":{"value":30,"unit":"days"}}],"staleAfter":{"value":3,"unit":"days"},"promiseLateness":{"value":1,"unit":"days"},"maximumMessages":25}}}
        """)!;

    private static void Set(JsonNode node, string path, JsonNode? value)
    {
        var parts = path[2..].Replace("[", ".[", StringComparison.Ordinal).Split('.');
        foreach (var part in parts[..^1])
        {
            node = part[0] == '[' ? node[int.Parse(part[1..^1])]! : node[part]!;
        }

        node[parts[^1]] = value;
    }

    public sealed class Running : IAsyncLifetime
    {
        public Engine Engine { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Engine = await Engine.StartNewAsync(speed: 1);

        public async ValueTask DisposeAsync() => await Engine.DisposeAsync();
    }
}

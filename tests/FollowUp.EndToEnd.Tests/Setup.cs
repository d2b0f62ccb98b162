using System.Net;
using FollowUp.ProviderSimulator;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>A bot that talks elsewhere and follows up here, around the clock of a business in UTC; its SMS go out by the stand-in.</summary>
internal static class Setup
{
    public static async Task AcmeAsync(EngineApi engine, string unit = "minutes", int first = 10, int? second = 120)
    {
        // The stand-in's contacts have no zone: the business's counts. Its zone is chosen so that the quiet hours of SMS are open now.
        var zone = await NoonZoneAsync(engine);
        var (status, body) = await engine.PutAsync("bots/acme", new
        {
            name = "Acme",
            ownAnswers = "external",
            timeZone = zone,
            followUp = new
            {
                scenarios = new
                {
                    stoppedResponding = new { steps = second is { } then ? new[] { Step("n1", first, unit), Step("n2", then, unit) } : [Step("n1", first, unit)] },
                    busy = new { steps = new[] { Step("b1", 45, "minutes") } },
                    requestedFollowUp = new { steps = new object[] { new { id = "a1", message = new { kind = "ai" } } } },
                },
            },
        });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
        (status, body) = await engine.PutAsync("connections/sms", new { kind = "twilio", botId = "acme", accountSid = TwilioAccount.Sid, authToken = TwilioAccount.AuthToken, from = TwilioAccount.Number });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());

        // Thousands of messages a day are what these tests are for.
        (status, body) = await engine.PutAsync("settings", new { breaker = new { floor = 1_000_000 } });
        Assert.True(status is HttpStatusCode.OK, body?.ToJsonString());
    }

    /// <summary>A zone in which the engine's now is about noon: the quiet hours of SMS are open.</summary>
    public static async Task<string> NoonZoneAsync(EngineApi engine)
    {
        var now = DateTimeOffset.Parse((string)(await engine.GetAsync("clock"))["now"]!);
        var offset = (12 - now.UtcDateTime.Hour + 24) % 24;
        var zone = offset <= 12 ? $"Etc/GMT-{offset}" : $"Etc/GMT+{24 - offset}";
        return zone.Replace("-0", "", StringComparison.Ordinal);
    }

    /// <summary>A live chat and a bot of the same name that says nothing by itself.</summary>
    public static async Task ChatAsync(EngineApi engine, string id, string? identitySecret = null, bool requireIdentity = false, string[]? origins = null)
    {
        var (status, body) = await engine.PutAsync($"bots/{id}", new
        {
            name = "Acme",
            ownAnswers = "none",
            followUp = new { scenarios = new { requestedFollowUp = new { steps = new object[] { new { id = "a1", message = new { kind = "ai" } } } } } },
        });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
        (status, body) = await engine.PutAsync($"connections/{id}", new { kind = "liveChat", botId = id, origins = origins ?? [], identitySecret, requireIdentity });
        Assert.True(status is HttpStatusCode.Created, body?.ToJsonString());
    }

    private static object Step(string id, int value, string unit) => new { id, delay = new { value, unit }, message = new { kind = "ai" } };
}

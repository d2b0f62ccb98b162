using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace FollowUp.Bots;

/// <summary>The bot of the HTTP contract, with single fields changed as a caller's JSON would.</summary>
internal static class ExampleBot
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private const string Text = """
        {"name":"Acme sales","active":true,"mode":"autoPilot","ownAnswers":"builtIn",
         "persona":{"businessName":"Acme","personality":"friendly, brief","goal":"book a visit","knowledge":"…","language":"en"},
         "timeZone":"America/New_York","waitBeforeAnswering":{"value":5,"unit":"seconds"},"sleepAfterHuman":{"value":12,"unit":"hours"},"allowedLinks":["acme.example"],
         "followUp":{
          "scenarios":{
           "stoppedResponding":{"enabled":true,"steps":[
             {"id":"nudge-1","delay":{"value":2,"unit":"hours"},"message":{"kind":"ai","instructions":"mention the free visit","fallbackText":"Still there?"}},
             {"id":"nudge-2","delay":{"value":1,"unit":"days"},"message":{"kind":"custom","text":"Hi {{ contact.first_name | default: \"there\" }}, shall we keep your slot?"}},
             {"id":"nudge-3","delay":{"value":3,"unit":"days"},"variants":[{"id":"a","share":50,"message":{"kind":"ai"}},{"id":"b","share":50,"message":{"kind":"custom","text":"Still there?"}}]}]},
           "busy":{"enabled":true,"steps":[{"id":"busy-1","delay":{"value":45,"unit":"minutes"},"message":{"kind":"ai"}}]},
           "requestedFollowUp":{"enabled":true,"steps":[{"id":"asked-1","message":{"kind":"ai"}},{"id":"asked-2","delay":{"value":1,"unit":"days"},"message":{"kind":"ai"}}]}},
          "activeHours":{"enabled":true,"zone":"contact","honourRequestedTime":false,
           "weekly":{"monday":[{"from":"09:00","to":"18:00"}],"friday":[{"from":"09:00","to":"12:00"},{"from":"13:00","to":"18:00"}]},
           "exceptions":[{"date":"2026-12-25","windows":[]}]},
          "channelSwitching":{"enabled":true,"order":["sms","whatsApp","messenger","instagram"]},
          "whatsAppTemplate":{"name":"follow_up_1","language":"en_US"},
          "limits":{"perContact":[{"count":5,"per":{"value":1,"unit":"days"}},{"count":20,"per":{"value":30,"unit":"days"}}],"staleAfter":{"value":3,"unit":"days"},"promiseLateness":{"value":1,"unit":"days"},"maximumMessages":25}}}
        """;

    /// <param name="changes">A path and the JSON that takes its place, by turns; <c>steps[+]</c> appends.</param>
    public static Bot With(params string[] changes)
    {
        var bot = JsonNode.Parse(Text)!;
        for (var i = 0; i < changes.Length; i += 2)
        {
            Set(bot, changes[i].Replace("[", ".[", StringComparison.Ordinal).Split('.'), JsonNode.Parse(changes[i + 1]));
        }

        return bot.Deserialize<Bot>(Json)!;
    }

    private static void Set(JsonNode node, string[] path, JsonNode? value)
    {
        foreach (var name in path[..^1])
        {
            node = name[0] == '[' ? node[int.Parse(name[1..^1], null)]! : node[name] ??= new JsonObject();
        }

        var last = path[^1];
        if (last == "[+]")
        {
            node.AsArray().Add(value);
        }
        else if (last[0] == '[')
        {
            node[int.Parse(last[1..^1], null)] = value;
        }
        else
        {
            node[last] = value;
        }
    }
}

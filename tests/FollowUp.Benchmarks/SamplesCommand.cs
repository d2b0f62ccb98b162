using FollowUp.Conversations;
using FollowUp.Writing;

namespace FollowUp.Benchmarks;

/// <summary>Prints a page of the built-in writer's texts, for a person to read.</summary>
internal static class SamplesCommand
{
    private static readonly (string Language, string Name, string Question)[] Contacts =
    [
        ("en", "Dana Cruz", "How much is the annual plan?"),
        ("es", "Lucía Ortega", "¿Cuánto cuesta el plan anual?"),
        ("fr", "Chloé Martin", "Combien coûte la formule annuelle ?"),
        ("de", "Jonas Weber", "Was kostet der Jahrestarif?"),
        ("pt", "Rafael Souza", "Quanto custa o plano anual?"),
    ];

    public static async Task<int> RunAsync(TextWriter output)
    {
        await output.WriteLineAsync("# What the built-in writer says");
        await output.WriteLineAsync();
        await output.WriteLineAsync("Two conversations in each of its languages, five steps each, as a contact would get them when no language model is configured. Made by `dotnet run --project tests/FollowUp.Benchmarks -- samples > docs/built-in-writer.md`.");
        foreach (var (language, name, question) in Contacts)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync($"## {language}");
            foreach (var scenario in (Scenario[])[Scenario.StoppedResponding, Scenario.Busy, Scenario.RequestedFollowUp])
            {
                await output.WriteLineAsync();
                await output.WriteLineAsync($"{scenario}:");
                await output.WriteLineAsync();
                foreach (var conversation in (string[])["c-1", "c-2"])
                {
                    var said = new List<string>();
                    for (var step = 1; step <= 5; step++)
                    {
                        said.Add(BuiltInWriter.Nudge(new NudgeRequest
                        {
                            Scenario = scenario,
                            StepNumber = step,
                            Language = language,
                            ContactName = conversation == "c-1" ? name : null,
                            BusinessName = "Acme",
                            LastContactText = scenario is Scenario.StoppedResponding ? question : null,
                            ConversationId = conversation,
                            EarlierNudges = said,
                        }));
                        await output.WriteLineAsync($"{step}. {said[^1]}");
                    }

                    await output.WriteLineAsync();
                }
            }
        }

        return 0;
    }
}

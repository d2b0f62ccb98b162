using System.Text.Json;
using Xunit;

namespace FollowUp.Writing;

/// <summary>Strings that others collected; they stand beside the project, not in it.</summary>
internal static class Corpus
{
    public static string[] NaughtyStrings() => JsonSerializer.Deserialize<string[]>(Read("naughty-strings.json"))!;

    public static string[] PromptAttacks() =>
        [.. JsonDocument.Parse(Read("prompt-attacks.json")).RootElement.EnumerateArray().Select(attack => attack.GetProperty("text").GetString()!)];

    private static string Read(string file)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "corpora", file);
            if (File.Exists(path))
            {
                return File.ReadAllText(path);
            }
        }

        // Where every change is judged the corpora must be there; on a laptop they may be missing.
        Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", $"../shared/corpora/{file} is not there");
        Assert.Fail($"../shared/corpora/{file} is missing");
        return "";
    }
}

using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.EndToEnd;

/// <summary>Bad input that others wrote, beside the repository; not part of it.</summary>
internal static class Corpora
{
    /// <summary>Skips the test where the folder is missing; in CI that is a failure.</summary>
    public static JsonNode? Read(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "corpora", name);
            if (File.Exists(file))
            {
                return JsonNode.Parse(File.ReadAllText(file));
            }
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", $"shared/corpora/{name} is missing.");
        Assert.Skip($"shared/corpora/{name} is not here.");
        return null;
    }
}

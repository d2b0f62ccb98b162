using System.Text.Json.Nodes;
using Xunit;

namespace FollowUp.ClientGateway;

/// <summary>The signature vectors that others wrote; they are no part of the project and stand beside it.</summary>
internal static class SharedVectors
{
    public static JsonNode Read()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "shared", "signature-vectors.json");
            if (File.Exists(file))
            {
                return JsonNode.Parse(File.ReadAllText(file))!;
            }
        }

        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "shared/signature-vectors.json is missing.");
        Assert.Skip("shared/signature-vectors.json is not here.");
        throw new InvalidOperationException();
    }
}

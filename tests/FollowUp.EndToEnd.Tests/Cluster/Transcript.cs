namespace FollowUp.EndToEnd.Cluster;

/// <summary>A conversation's transcript, all pages.</summary>
internal static class Transcript
{
    /// <summary>The ids of its messages, each as often as it stands there.</summary>
    public static async Task<List<string>> ReadAsync(EngineApi engine, string conversation)
    {
        var ids = new List<string>();
        for (string? before = ""; before is not null;)
        {
            var page = await engine.GetAsync($"conversations/{conversation}/messages{(before.Length == 0 ? "" : $"?before={before}")}");
            ids.AddRange(page["items"]!.AsArray().Select(line => (string)line!["messageId"]!));
            before = (string?)page["next"];
        }

        return ids;
    }
}

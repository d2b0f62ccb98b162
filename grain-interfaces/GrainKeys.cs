namespace FollowUp;

/// <summary>Grain keys are <c>workspace|id</c>; neither part holds a bar.</summary>
public static class GrainKeys
{
    public static string Of(string workspace, string id) => $"{workspace}|{id}";

    public static (string Workspace, string Id) Parse(string key)
    {
        var bar = key.IndexOf('|', StringComparison.Ordinal);
        return bar < 0 ? throw new ArgumentException("A grain key is workspace|id.", nameof(key)) : (key[..bar], key[(bar + 1)..]);
    }
}

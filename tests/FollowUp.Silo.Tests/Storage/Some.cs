using Orleans.Storage;

namespace FollowUp.Storage;

/// <summary>What the suites store.</summary>
internal static class Some
{
    /// <summary>A grain of its own with every call, so that tests share a storage without seeing each other.</summary>
    public static GrainId Grain(string key = "k") => GrainId.Create("conversation", $"{Guid.NewGuid():n}|{key}");

    public static async Task<GrainState<T>> ReadBackAsync<T>(this IGrainStorage storage, GrainId grain, string name = "note")
        where T : new()
    {
        // What the runtime hands in before a read: nothing but the type.
        var read = new GrainState<T>(new T()) { ETag = "stale", RecordExists = true };
        await storage.ReadStateAsync(name, grain, read);
        return read;
    }
}

/// <summary>A state whose members differ from their initial values in tests: serializers that leave out default values are found out.</summary>
public sealed class Note
{
    public string Text { get; set; } = "";

    public bool Flag { get; set; } = true;

    public int Retries { get; set; } = 3;

    public IReadOnlyList<string> Tags { get; set; } = ["new"];
}

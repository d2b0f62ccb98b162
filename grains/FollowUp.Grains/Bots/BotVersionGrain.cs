namespace FollowUp.Bots;

/// <summary>One version of a bot's settings, kept as it was. Key: <c>workspace|botId~vN</c>.</summary>
[Alias("followup.IBotVersionGrain")]
internal interface IBotVersionGrain : IGrainWithStringKey
{
    [Alias("Keep")]
    Task KeepAsync(BotVersion version);

    [Alias("Get")]
    Task<BotVersion?> GetAsync();
}

internal sealed class BotVersionGrain([PersistentState("botVersion", StorageNames.FollowUp)] IPersistentState<BotVersionState> stored) : Grain, IBotVersionGrain
{
    public static string KeyOf(string botKey, int version) => $"{botKey}~v{version}";

    public async Task KeepAsync(BotVersion version)
    {
        stored.State.Version = version;
        await stored.WriteStateAsync();
    }

    public Task<BotVersion?> GetAsync() => Task.FromResult(stored.State.Version);
}

namespace FollowUp.Webhooks;

/// <summary>Providers tell real time; the engine's own clock may run ahead of it (<c>Clock:Speed</c>).</summary>
internal static class EngineTime
{
    /// <summary>Ahead of the real clock by more than this, a time can only have been read from the engine's.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>An instant by the engine's clock, as long ago as it is by the real one.</summary>
    public static DateTimeOffset Of(DateTimeOffset told, TimeProvider engine)
    {
        var real = TimeProvider.System.GetUtcNow();
        var ahead = engine.GetUtcNow() - real;
        return ahead < TimeSpan.FromSeconds(1) || told > real + Skew ? told : told + ahead;
    }
}

using FollowUp.Conversations;
using FollowUp.Planning;

namespace FollowUp.Bots;

/// <summary>The history of a bot's saves, as decisions see it.</summary>
public static class BotSaves
{
    /// <summary>Periods of inactivity that are remembered.</summary>
    private const int PeriodsKept = 20;

    /// <summary>A new bot.</summary>
    public static BotSnapshot New(string id, Bot settings, DateTimeOffset at) => new()
    {
        Id = id,
        Settings = settings,
        Version = 1,
        Inactive = settings.Active ? [] : [new InactivePeriod { From = at }],
    };

    /// <summary>The bot after a save: a scenario that went off gets a new generation, and off-times are kept.</summary>
    public static BotSnapshot Saved(this BotSnapshot before, Bot settings, DateTimeOffset at) => before with
    {
        Settings = settings,
        Version = before.Version + 1,
        Inactive = (before.Settings.Active, settings.Active) switch
        {
            (true, false) => [.. before.Inactive.TakeLast(PeriodsKept - 1), new InactivePeriod { From = at }],
            (false, true) => [.. before.Inactive.Select(period => period.To is null ? period with { To = at } : period)],
            _ => before.Inactive,
        },
        Generations = new ScenarioGenerations
        {
            StoppedResponding = Next(before, settings, Scenario.StoppedResponding),
            Busy = Next(before, settings, Scenario.Busy),
            RequestedFollowUp = Next(before, settings, Scenario.RequestedFollowUp),
        },
    };

    private static int Next(BotSnapshot before, Bot settings, Scenario scenario) =>
        before.Generations.Of(scenario) + (before.Steps(scenario) is not null && (before with { Settings = settings }).Steps(scenario) is null ? 1 : 0);
}

using FollowUp.Bots;
using FollowUp.Channels;

namespace FollowUp.Simulation;

/// <summary>Bots for scripts.</summary>
internal static class Some
{
    /// <summary>Two nudges (2 hours, 1 day), busy after 45 minutes, requested with a reminder a day later; any time; business in UTC.</summary>
    public static Bot Bot { get; } = new()
    {
        Name = "Acme sales",
        TimeZone = "UTC",
        FollowUp = new FollowUpSettings
        {
            Scenarios = new Scenarios
            {
                StoppedResponding = Scenario(Step("nudge-1", 2, DelayUnit.Hours), Step("nudge-2", 1, DelayUnit.Days)),
                Busy = Scenario(Step("busy-1", 45, DelayUnit.Minutes)),
                RequestedFollowUp = Scenario(Step("asked-1", 0, null), Step("asked-2", 1, DelayUnit.Days)),
            },
        },
    };

    public static HoursWindow Window(int from, int to) => new() { From = new TimeOnly(from, 0), To = new TimeOnly(to % 24, 0) };

    public static ScenarioSettings Scenario(params FollowUpStep[] steps) => new() { Steps = steps };

    public static FollowUpStep Step(string id, int value, DelayUnit? unit, string text = "Hi {{ contact.first_name | default: \"there\" }}, still interested?") => new()
    {
        Id = id,
        Delay = unit is { } of ? Delay.Of(value, of) : null,
        Message = new StepMessage { Kind = MessageKind.Custom, Text = text },
    };

    public static Bot With(this Bot bot, Func<FollowUpSettings, FollowUpSettings> change) => bot with { FollowUp = change(bot.FollowUp) };

    public static Bot Nudging(this Bot bot, params FollowUpStep[] steps) =>
        bot.With(settings => settings with { Scenarios = settings.Scenarios with { StoppedResponding = Scenario(steps) } });

    public static Bot Without(this Bot bot, bool stopped = false, bool busy = false, bool requested = false) => bot.With(settings => settings with
    {
        Scenarios = settings.Scenarios with
        {
            StoppedResponding = stopped ? settings.Scenarios.StoppedResponding! with { Enabled = false } : settings.Scenarios.StoppedResponding,
            Busy = busy ? settings.Scenarios.Busy! with { Enabled = false } : settings.Scenarios.Busy,
            RequestedFollowUp = requested ? settings.Scenarios.RequestedFollowUp! with { Enabled = false } : settings.Scenarios.RequestedFollowUp,
        },
    });

    /// <summary>Open on every day from nine to six, in the contact's zone.</summary>
    public static Bot NineToSix(this Bot bot, bool honour = false, HoursZone zone = HoursZone.Contact)
    {
        IReadOnlyList<HoursWindow> day = [Window(9, 18)];
        return bot.With(settings => settings with
        {
            ActiveHours = new ActiveHours
            {
                Enabled = true,
                Zone = zone,
                HonourRequestedTime = honour,
                Weekly = new WeeklyHours { Monday = day, Tuesday = day, Wednesday = day, Thursday = day, Friday = day, Saturday = day, Sunday = day },
            },
        });
    }

    public static Bot Switching(this Bot bot, params Channel[] order) =>
        bot.With(settings => settings with { ChannelSwitching = order.Length == 0 ? new ChannelSwitching { Enabled = true } : new ChannelSwitching { Enabled = true, Order = order } });
}

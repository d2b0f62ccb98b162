using FollowUp.Hosting;
using FollowUp.Ports;
using Orleans.Reminders;

namespace FollowUp.Clock;

/// <summary>One clock for decisions and reminders; Orleans' own areas, sessions and time-outs keep real time.</summary>
internal static class ClockServices
{
    public static void AddEngineClock(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(ClockOptions.Section).Get<ClockOptions>() ?? new ClockOptions();
        if (options.Speed is < 1 or > 600)
        {
            throw new InvalidSettingsException("Clock:Speed has to be from 1 to 600.");
        }

        if (!ClusterStorage.Of(builder.Configuration).IsStandalone)
        {
            if (options.Speed != 1)
            {
                throw new InvalidSettingsException("Clock:Speed other than 1 is for standalone runs: the processes of a cluster share no clock but the real one.");
            }

            builder.Services.AddSingleton(TimeProvider.System);
            builder.Services.AddSingleton<IEngineSpeed>(new Speed(1));
            builder.Services.AddKeyedSingleton(ReminderTimeProviderNames.Reminders, TimeProvider.System);
            return;
        }

        Directory.CreateDirectory(builder.DataFolder);
        var clock = new EngineClock(TimeProvider.System, options.Speed, ClockMemory.Read(builder.DataFolder));
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddSingleton<IEngineSpeed>(new Speed(clock.Speed));
        builder.Services.AddKeyedSingleton<TimeProvider>(ReminderTimeProviderNames.Reminders, clock);
        foreach (var area in RealAreas)
        {
            builder.Services.AddKeyedSingleton(area, TimeProvider.System);
        }

        builder.Services.AddHostedService(_ => new ClockMemory(clock, builder.DataFolder));
    }

    private static readonly string[] RealAreas =
    [
        Orleans.Runtime.TimeProviderNames.Grains,
        Orleans.Runtime.TimeProviderNames.Messaging,
        Orleans.Runtime.TimeProviderNames.SystemTimers,
        Orleans.Runtime.TimeProviderNames.Membership,
        Orleans.Runtime.TimeProviderNames.ActivationManagement,
        Orleans.Runtime.TimeProviderNames.GrainDirectory,
    ];

    private sealed record Speed(double Value) : IEngineSpeed;
}

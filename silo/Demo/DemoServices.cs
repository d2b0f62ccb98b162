using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Hosting;

namespace FollowUp.Demo;

/// <summary>A bot and a live chat to try things with, made on first start.</summary>
internal static class DemoServices
{
    public static void AddDemo(this IServiceCollection services, IConfiguration configuration)
    {
        if (configuration.GetValue("Demo:Enabled", true))
        {
            services.AddHostedService<DemoSetup>();
        }
    }
}

/// <summary>Makes the demo bot and its connection when they are not there; what a person changed stays.</summary>
internal sealed class DemoSetup(IGrainFactory grains, IHostApplicationLifetime lifetime) : BackgroundService
{
    private const string Id = "demo";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await lifetime.StartedAsync(stoppingToken);
        var key = GrainKeys.Of("default", Id);
        var bot = grains.GetGrain<IBotGrain>(key);
        if ((await bot.GetAsync()).Value is null)
        {
            await bot.SaveAsync(Bot, new SaveOptions { By = "demo" });
        }

        var connection = grains.GetGrain<IConnectionGrain>(key);
        if ((await connection.GetAsync()).Value is null)
        {
            await connection.SaveAsync(new Connection { Kind = ConnectionKind.LiveChat, BotId = Id, Origins = [] }, ifMatch: null);
        }
    }

    private static Bot Bot => new()
    {
        Name = "Demo",
        WaitBeforeAnswering = Delay.Of(2, DelayUnit.Seconds),
        Persona = new Persona { BusinessName = "Acme", Goal = "book a visit" },
        FollowUp = new FollowUpSettings
        {
            Scenarios = new Scenarios
            {
                StoppedResponding = Steps(("nudge-1", 10, DelayUnit.Minutes), ("nudge-2", 2, DelayUnit.Hours), ("nudge-3", 1, DelayUnit.Days)),
                Busy = Steps(("busy-1", 45, DelayUnit.Minutes), ("busy-2", 1, DelayUnit.Days)),
                RequestedFollowUp = Steps(("asked-1", 0, DelayUnit.Minutes), ("asked-2", 1, DelayUnit.Days)),
            },
        },
    };

    private static ScenarioSettings Steps(params (string Id, int Value, DelayUnit Unit)[] steps) => new()
    {
        Steps = [.. steps.Select(step => new FollowUpStep
        {
            Id = step.Id,
            Delay = step.Value == 0 ? null : Delay.Of(step.Value, step.Unit),
            Message = new StepMessage { Kind = MessageKind.Ai },
        })],
    };
}

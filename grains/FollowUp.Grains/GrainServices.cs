using FollowUp.Bots;
using FollowUp.Channels;
using FollowUp.Conversations;
using FollowUp.Effects;
using FollowUp.Ports;
using FollowUp.Workspaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace FollowUp;

/// <summary>What the grains need beside storage, connectors and a clock.</summary>
public static class GrainServices
{
    public static IServiceCollection AddFollowUpGrains(this IServiceCollection services)
    {
        services.AddSingleton<SettingsCache>();
        services.AddSingleton<ProactiveBudget>();
        services.AddSingleton<TokenBudget>();
        services.AddSingleton<CircumstancesSource>();
        services.AddSingleton<ContactAddresses>();
        services.AddOptions<SendingOptions>().BindConfiguration(SendingOptions.Section);
        services.AddSingleton<CatchUps>();
        services.AddSingleton<ConnectorSends>();
        services.AddSingleton<EffectRunner>();
        services.AddSingleton<IWorkUnderWay>(provider => provider.GetRequiredService<EffectRunner>());
        services.AddSingleton<BotBacklog>();
        services.AddSingleton<EngineMetrics>();
        services.TryAddSingleton<IUnderstanding, NoModel>();
        services.TryAddSingleton<IMessageWriter, PlainWriter>();
        services.TryAddSingleton<ISendPace, NoPace>();
        services.TryAddSingleton<IWebHookTargets, HttpsTargets>();
        return services;
    }
}

using FollowUp.Channels;
using FollowUp.Connectors.WebHook;
using FollowUp.Ports;

namespace FollowUp.WebHooks;

public static class WebHookServices
{
    /// <summary>Signed, guarded calls to addresses that workspaces choose, and the connections that carry a channel's messages by them.</summary>
    public static IServiceCollection AddWebHooks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebHookOptions>().BindConfiguration(WebHookOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<WebHookTargets>();
        services.AddSingleton<IWebHookTargets>(provider => provider.GetRequiredService<WebHookTargets>());

        // The exchange has its own deadline, which covers the body too.
        services.AddHttpClient<IWebHookSender, WebHookSender>(http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(provider => GuardedHandler.Create(provider.GetRequiredService<WebHookTargets>()));
        return services.AddKeyedTransient<IChannelConnector, WebHookConnector>(ConnectionKind.Webhook);
    }
}

using FollowUp.Channels;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors.Meta;

public static class MetaServices
{
    private const int LargestAnswer = 1024 * 1024;

    public static IServiceCollection AddMeta(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<MetaOptions>().BindConfiguration(MetaOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<MetaPace>();
        services.AddHttpClient<MetaConnector>((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<MetaOptions>>().Value.Timeout;
                http.MaxResponseContentBufferSize = LargestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) });
        return services.AddKeyedTransient<IChannelConnector>(ConnectionKind.Meta, (provider, _) => provider.GetRequiredService<MetaConnector>());
    }
}

using FollowUp.Channels;
using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Connectors.Twilio;

public static class TwilioServices
{
    /// <summary>A page of 1,000 messages of 1,600 characters with their fields.</summary>
    private const int LargestAnswer = 16 * 1024 * 1024;

    public static IServiceCollection AddTwilio(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TwilioOptions>().BindConfiguration(TwilioOptions.Section).ValidateDataAnnotations();
        services.AddHttpClient<TwilioConnector>((provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<TwilioOptions>>().Value.Timeout;
                http.MaxResponseContentBufferSize = LargestAnswer;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(5) });
        services.AddKeyedTransient<IMissedInbound>(ConnectionKind.Twilio, (provider, _) => provider.GetRequiredService<TwilioConnector>());
        return services.AddKeyedTransient<IChannelConnector>(ConnectionKind.Twilio, (provider, _) => provider.GetRequiredService<TwilioConnector>());
    }
}

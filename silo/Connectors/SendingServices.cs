using FollowUp.Effects;
using FollowUp.Ports;

namespace FollowUp.Connectors;

public static class SendingServices
{
    /// <summary>How messages are handed to providers, and the pace at which they leave.</summary>
    public static IServiceCollection AddSendPace(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SendingOptions>().ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<PaceOptions>().BindConfiguration(PaceOptions.Section).ValidateDataAnnotations();
        return services.AddSingleton<ISendPace, SendPace>();
    }
}

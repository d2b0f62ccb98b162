using FollowUp.Ports;
using Microsoft.Extensions.Options;

namespace FollowUp.Ai;

public static class AiServices
{
    /// <summary>The language model, by <c>Ai:…</c>; with <c>Ai:Provider</c> None the built-in judge and writer do it alone.</summary>
    public static IServiceCollection AddLanguageModels(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AiOptions>().BindConfiguration(AiOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<IValidateOptions<AiOptions>, AiOptionsCheck>();
        services.AddSingleton<LanguageModels>();
        services.AddSingleton<ModelQuestions>();
        services.AddSingleton<IMessageWriter, ModelWriter>();
        return services.AddSingleton<IUnderstanding, ModelUnderstanding>();
    }
}

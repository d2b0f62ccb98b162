using FollowUp.Ai;
using FollowUp.ProviderSimulator.Models;
using FollowUp.Workspaces;

namespace FollowUp.Silo.Ai;

/// <summary>The engine's model code over the real client libraries, against the stand-in.</summary>
internal static class ModelSetup
{
    public static AiOptions Options(ModelSimulatorHost model, AiProvider provider = AiProvider.OpenAI) => new()
    {
        Provider = provider,
        Endpoint = provider is AiProvider.AzureOpenAI ? model.BaseUrl : $"{model.BaseUrl}/v1",
        Deployment = provider is AiProvider.AzureOpenAI ? "our-deployment" : null,
        Model = provider is AiProvider.OpenAI ? "our-model" : null,
        ApiKey = ModelSimulatorHost.ApiKey,
        Timeout = TimeSpan.FromSeconds(3),
        UnderstandingTimeout = TimeSpan.FromSeconds(3),
        LongestRetryAfter = TimeSpan.FromSeconds(2),
        BreakDuration = TimeSpan.FromSeconds(1),
        TokensPerContact = 0,
    };

    public static ModelQuestions Questions(AiOptions options, IGrainFactory? grains = null)
    {
        var configured = Microsoft.Extensions.Options.Options.Create(options);
        return new ModelQuestions(new LanguageModels(configured), new TokenBudget(grains!), configured);
    }

    public static ModelUnderstanding Understanding(AiOptions options) => new(Questions(options), Microsoft.Extensions.Options.Options.Create(options));
}

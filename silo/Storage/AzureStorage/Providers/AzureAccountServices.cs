using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace FollowUp.Storage.AzureStorage;

public static class AzureAccountServices
{
    /// <summary>The account of the settings. A registered <see cref="TokenCredential"/> or <see cref="HttpPipelineTransport"/> is used in place of the environment's.</summary>
    public static IServiceCollection AddAzureAccount(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AzureAccountOptions>().BindConfiguration(AzureAccountOptions.Section).ValidateDataAnnotations();
        services.TryAddSingleton(provider => new AzureAccount(
            provider.GetRequiredService<IConfiguration>(),
            provider.GetRequiredService<IOptions<AzureAccountOptions>>(),
            provider.GetService<TokenCredential>(),
            provider.GetService<HttpPipelineTransport>()));
        return services;
    }
}

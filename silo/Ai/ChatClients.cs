using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.AI.OpenAI;
using Azure.Identity;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;

namespace FollowUp.Ai;

/// <summary>Makes chat clients. Retries are ours (<see cref="LanguageModel"/>): the libraries' would know no overall deadline and no cap on <c>retry-after</c>.</summary>
internal static class ChatClients
{
    /// <summary>Source and meter of the generative-AI conventions.</summary>
    public const string TelemetryName = "FollowUp.Ai";

    public static IChatClient Make(ModelOptions model, TimeSpan timeout) =>
        (model.Provider is AiProvider.AzureOpenAI ? Azure(model, timeout) : Plain(model, timeout)).AsIChatClient()
            .AsBuilder()
            .UseOpenTelemetry(sourceName: TelemetryName, configure: telemetry => telemetry.EnableSensitiveData = false)
            .Build();

    private static ChatClient Azure(ModelOptions model, TimeSpan timeout)
    {
        var endpoint = new Uri(model.Endpoint!);
        var options = With(new AzureOpenAIClientOptions(), timeout);
        var client = string.IsNullOrEmpty(model.ApiKey)
            ? new AzureOpenAIClient(endpoint, new DefaultAzureCredential(), options)
            : new AzureOpenAIClient(endpoint, new ApiKeyCredential(model.ApiKey), options);
        return client.GetChatClient(model.Name);
    }

    private static ChatClient Plain(ModelOptions model, TimeSpan timeout)
    {
        var options = With(new OpenAIClientOptions(), timeout);
        if (model.Endpoint is { } endpoint)
        {
            options.Endpoint = new Uri(endpoint);
        }

        // The library wants a key; endpoints of one's own often want none.
        return new ChatClient(model.Name, new ApiKeyCredential(string.IsNullOrEmpty(model.ApiKey) ? "none" : model.ApiKey), options);
    }

    // A redirect would carry the key to another host.
    private static T With<T>(T options, TimeSpan timeout)
        where T : ClientPipelineOptions
    {
        options.RetryPolicy = new ClientRetryPolicy(0);
        options.NetworkTimeout = timeout;
#pragma warning disable CA2000 // Lives as long as the client, which lives as long as the process.
        options.Transport = new HttpClientPipelineTransport(new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = System.Threading.Timeout.InfiniteTimeSpan });
#pragma warning restore CA2000
        return options;
    }
}

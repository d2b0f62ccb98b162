using Microsoft.Extensions.Options;

namespace FollowUp.Ai;

/// <summary>A model that is configured by half is refused at the start, by the name of the missing setting.</summary>
internal sealed class AiOptionsCheck : IValidateOptions<AiOptions>
{
    public ValidateOptionsResult Validate(string? name, AiOptions options)
    {
        var errors = Errors(AiOptions.Section, options).ToList();
        foreach (var (workspace, model) in options.Workspaces)
        {
            errors.AddRange(Errors($"{AiOptions.Section}:Workspaces:{workspace}", model));
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(string section, ModelOptions model)
    {
        if (model.Provider is AiProvider.None)
        {
            yield break;
        }

        if (model.Name.Length == 0)
        {
            yield return model.Provider is AiProvider.AzureOpenAI ? $"{section}:Deployment is missing." : $"{section}:Model is missing.";
        }

        if (model.Endpoint is null ? model.Provider is AiProvider.AzureOpenAI : !Uri.TryCreate(model.Endpoint, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("https" or "http"))
        {
            yield return $"{section}:Endpoint has to be an http or https address.";
        }

        if (model is { Provider: AiProvider.OpenAI, Endpoint: null, ApiKey: null or "" })
        {
            yield return $"{section}:ApiKey is missing.";
        }
    }
}

using Microsoft.Extensions.Options;

namespace FollowUp.Ai;

/// <summary>The model of each workspace: its own, or everybody's.</summary>
internal sealed class LanguageModels : IDisposable
{
    private readonly LanguageModel? shared;
    private readonly Dictionary<string, LanguageModel?> own;

    public LanguageModels(IOptions<AiOptions> options)
    {
        shared = Make(options.Value, options.Value);
        own = options.Value.Workspaces.ToDictionary(entry => entry.Key, entry => Make(entry.Value, options.Value), StringComparer.Ordinal);
    }

    /// <summary>Null: none.</summary>
    public LanguageModel? Of(string workspace) => own.TryGetValue(workspace, out var model) ? model : shared;

    public void Dispose()
    {
        shared?.Dispose();
        foreach (var model in own.Values)
        {
            model?.Dispose();
        }
    }

    private static LanguageModel? Make(ModelOptions model, AiOptions options) => model.Provider is AiProvider.None ? null : new LanguageModel(model, options);
}

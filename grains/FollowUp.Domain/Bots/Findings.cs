namespace FollowUp.Bots;

/// <summary>What is wrong with settings, by JSON path (<c>followUp.scenarios.busy.steps[2].delay.value</c>).</summary>
public sealed class Findings
{
    private readonly Dictionary<string, IReadOnlyList<string>> _byPath = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IReadOnlyList<string>> ByPath => _byPath;

    public void Add(string path, string error) =>
        _byPath[path] = _byPath.TryGetValue(path, out var errors) ? [.. errors, error] : [error];
}

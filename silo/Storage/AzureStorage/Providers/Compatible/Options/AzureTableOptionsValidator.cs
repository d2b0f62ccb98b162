using System.Text.RegularExpressions;

namespace FollowUp.Storage.AzureStorage;

/// <summary>A table provider needs an account and a table's name.</summary>
public abstract partial class AzureTableOptionsValidator<TOptions>(TOptions options, string? name) : IConfigurationValidator
    where TOptions : AzureTableOptions
{
    public TOptions Options { get; } = options ?? throw new ArgumentNullException(nameof(options));

    /// <summary>Of the provider; null with those that have none.</summary>
    public string? Name { get; } = name;

    /// <exception cref="OrleansConfigurationException">Says what is missing or wrong.</exception>
    public virtual void ValidateConfiguration()
    {
        var where = $"{typeof(TOptions).Name}{(string.IsNullOrEmpty(Name) ? "" : $" of '{Name}'")}";
        if (!Options.HasClient)
        {
            throw new OrleansConfigurationException($"{where}: {nameof(Options.TableServiceClient)} is not set.");
        }

        if (!TableName().IsMatch(Options.TableName ?? ""))
        {
            throw new OrleansConfigurationException($"{where}: {nameof(Options.TableName)} '{Options.TableName}' is no name of a table: a letter, then 2 to 62 letters and digits.");
        }
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9]{2,62}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex TableName();
}

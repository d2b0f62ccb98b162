using System.Buffers;

namespace FollowUp.Writing;

/// <summary>The closed list of fields a template may name.</summary>
internal static class TemplateFields
{
    public const string ContactCustom = "contact.custom.";
    public const string CustomValues = "custom_values.";

    private const string NameCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

    private static readonly SearchValues<char> InNames = SearchValues.Create(NameCharacters);
    private static readonly SearchValues<char> InFields = SearchValues.Create(NameCharacters + ".");

    private static readonly string[] Fixed =
    [
        "contact.first_name", "contact.last_name", "contact.name", "contact.phone", "contact.email", "contact.language",
        "bot.name", "bot.goal", "business.name", "user.name",
    ];

    /// <summary>For the message of a refusal.</summary>
    public static string Known { get; } = string.Join(", ", Fixed) + ", contact.custom.<name>, custom_values.<name>";

    public static bool IsKnown(string field, IReadOnlyCollection<string> customValueNames) =>
        Fixed.Contains(field, StringComparer.Ordinal)
        || (field.StartsWith(ContactCustom, StringComparison.Ordinal) && IsName(field.AsSpan(ContactCustom.Length)))
        || (field.StartsWith(CustomValues, StringComparison.Ordinal) && IsName(field.AsSpan(CustomValues.Length))
            && customValueNames.Contains(field[CustomValues.Length..], StringComparer.Ordinal));

    /// <summary>Whether it could be a field's path at all.</summary>
    public static bool IsPath(string text) => text.Length > 0 && !text.AsSpan().ContainsAnyExcept(InFields);

    private static bool IsName(ReadOnlySpan<char> name) => name.Length is > 0 and <= 64 && !name.ContainsAnyExcept(InNames);
}

namespace FollowUp.Writing;

/// <summary>The values a template may reach; nothing else is reachable from one.</summary>
public sealed record MergeFields
{
    /// <summary>The whole name. Its first word is <c>contact.first_name</c>, the rest <c>contact.last_name</c>.</summary>
    public string? ContactName { get; init; }
    public string? ContactPhone { get; init; }
    public string? ContactEmail { get; init; }
    public string? ContactLanguage { get; init; }

    /// <summary><c>contact.custom.name</c>.</summary>
    public IReadOnlyDictionary<string, string>? ContactCustom { get; init; }
    public string? BotName { get; init; }
    public string? BotGoal { get; init; }
    public string? BusinessName { get; init; }

    /// <summary>The user the contact is assigned to.</summary>
    public string? UserName { get; init; }

    /// <summary><c>custom_values.name</c>: the workspace's.</summary>
    public IReadOnlyDictionary<string, string>? CustomValues { get; init; }

    /// <summary>The first word of a name, without the commas around it; empty if there is none.</summary>
    public static string FirstName(string? name) => Split(name).First;

    /// <summary>The value of a field as the template writes it; null: no such field, or no value.</summary>
    internal string? Read(string field) => field switch
    {
        "contact.first_name" => Split(ContactName).First,
        "contact.last_name" => Split(ContactName).Last,
        "contact.name" => ContactName,
        "contact.phone" => ContactPhone,
        "contact.email" => ContactEmail,
        "contact.language" => ContactLanguage,
        "bot.name" => BotName,
        "bot.goal" => BotGoal,
        "business.name" => BusinessName,
        "user.name" => UserName,
        _ when field.StartsWith(TemplateFields.ContactCustom, StringComparison.Ordinal) => ContactCustom?.GetValueOrDefault(field[TemplateFields.ContactCustom.Length..]),
        _ when field.StartsWith(TemplateFields.CustomValues, StringComparison.Ordinal) => CustomValues?.GetValueOrDefault(field[TemplateFields.CustomValues.Length..]),
        _ => null,
    };

    private static (string First, string Last) Split(string? name)
    {
        var line = PlainText.OneLine(name, 200).Trim(' ', ',');
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (line, "") : (line[..space].TrimEnd(','), line[(space + 1)..]);
    }
}

using System.Text;

namespace FollowUp.Writing;

/// <summary>What is wrong with a template; nothing: it may be saved.</summary>
public sealed record TemplateCheck(IReadOnlyList<string> Errors)
{
    public bool IsValid => Errors.Count == 0;
}

/// <summary>
/// Texts with merge fields: <c>{{ contact.first_name | default: "there" }}</c>. A template reaches the fields of <see cref="MergeFields"/> and nothing else;
/// it is read in one pass, so a value is never read as a template again: a contact named <c>{{system_prompt}}</c> is greeted by exactly that name.
/// Braces of the template itself never reach a contact. Time and length are bounded; nothing throws.
/// </summary>
public static class MessageTemplate
{
    /// <summary>Of a template and of what it makes, in UTF-16 units.</summary>
    public const int MaximumLength = 4_096;

    private const int LongestValue = 2_000;

    /// <summary>Names every unknown field, unknown filter, tag and stray brace. The length is the caller's to check.</summary>
    /// <param name="text">The template.</param>
    /// <param name="customValueNames">The names behind <c>custom_values.</c> in this workspace.</param>
    public static TemplateCheck Check(string text, IReadOnlyCollection<string> customValueNames)
    {
        return new TemplateCheck([.. TemplateParser.Parse(text)
            .Select(part => part switch
            {
                TemplatePart.Mistake mistake => mistake.Error,
                TemplatePart.Field field when !TemplateFields.IsKnown(field.Name, customValueNames) => $"Unknown field \"{field.Name}\"; known are {TemplateFields.Known}.",
                _ => null,
            })
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>
    /// The text with its values. A value is one line without control and hidden characters, printed literally. A field without value and fallback
    /// goes with the words around it tidied; so does what would be refused by <see cref="Check"/> (a custom value may be gone since the save).
    /// At most <see cref="MaximumLength"/>, cut between characters; empty when nothing is left.
    /// </summary>
    public static string Render(string text, MergeFields fields)
    {
        var written = new TidyText();
        foreach (var part in TemplateParser.Parse(text.Length <= MaximumLength ? text : PlainText.Cut(text, MaximumLength)))
        {
            switch (part)
            {
                case TemplatePart.Words words:
                    written.AddWords(WithoutControls(words.Text));
                    break;
                case TemplatePart.Field field:
                    written.AddValue(Value(field, fields));
                    break;
                default:
                    written.AddValue("");
                    break;
            }
        }

        return PlainText.Cut(written.ToString(), MaximumLength).TrimEnd();
    }

    private static string Value(TemplatePart.Field field, MergeFields fields) =>
        field.Filters.Aggregate(PlainText.OneLine(fields.Read(field.Name), LongestValue), (value, filter) => filter.Apply(value));

    private static string WithoutControls(string words)
    {
        if (!words.Any(char.IsControl))
        {
            return words;
        }

        var text = new StringBuilder(words.Length);
        foreach (var c in words.Where(c => c == '\n' || !char.IsControl(c)))
        {
            text.Append(c);
        }

        return text.ToString();
    }
}

using System.Globalization;

namespace FollowUp.Writing;

/// <summary>
/// Reads <c>Hi {{ contact.first_name | default: "there" }}</c> in one pass. The language is Liquid's output tag and no more:
/// <code>
/// placeholder = "{{" field { "|" filter } "}}"
/// filter      = "default:" text | "truncate:" number [ "," text ] | "capitalize" | "upcase" | "downcase" | "strip"
/// text        = quoted by ' or ", without { } and control characters
/// </code>
/// Why not an engine: a general one reaches members by name, and passes unknown filters over in silence; here what is not on the list is a mistake.
/// </summary>
internal static class TemplateParser
{
    /// <summary>Whether the two characters, side by side, would read as a template's brace.</summary>
    public static bool IsTag(char first, char second) => (first, second) is ('{', '{' or '%') or ('}' or '%', '}');

    public static IEnumerable<TemplatePart> Parse(string text)
    {
        var at = 0;
        while (at < text.Length)
        {
            var (tag, found) = NextTag(text, at);
            if (found > at)
            {
                yield return new TemplatePart.Words(text[at..found]);
            }

            if (tag is null)
            {
                yield break;
            }

            var closing = tag == "{%" ? "%}" : "}}";
            var end = tag[0] == '{' ? text.IndexOf(closing, found + 2, StringComparison.Ordinal) : -1;
            yield return (tag, end) switch
            {
                ("{{", >= 0) => Placeholder(text[(found + 2)..end].Trim()),
                ("{%", >= 0) => new TemplatePart.Mistake("Tags ({% … %}) are not allowed; use {{ field }}."),
                _ => new TemplatePart.Mistake($"\"{tag}\" at character {found + 1} has no counterpart."),
            };
            at = (end < 0 ? found : end) + 2;
        }
    }

    private static (string? Tag, int At) NextTag(string text, int from)
    {
        for (var at = text.AsSpan(from).IndexOfAny('{', '}', '%'); at >= 0;)
        {
            var here = from + at;
            if (here + 1 < text.Length && IsTag(text[here], text[here + 1]))
            {
                return (text.Substring(here, 2), here);
            }

            from = here + 1;
            at = text.AsSpan(from).IndexOfAny('{', '}', '%');
        }

        return (null, text.Length);
    }

    private static TemplatePart Placeholder(string inner)
    {
        if (inner.AsSpan().IndexOfAny('{', '}') >= 0)
        {
            return new TemplatePart.Mistake("Braces are not allowed inside {{ … }}.");
        }

        var pieces = SplitUnquoted(inner, '|');
        var field = pieces[0].Trim();
        if (!TemplateFields.IsPath(field))
        {
            return new TemplatePart.Mistake($"\"{Shown(field)}\" is not a field; known are {TemplateFields.Known}.");
        }

        var filters = new List<TemplateFilter>();
        foreach (var piece in pieces.Skip(1))
        {
            if (Filter(piece.Trim()) is not { } filter)
            {
                return new TemplatePart.Mistake($"\"{Shown(piece.Trim())}\" is not a filter; use default: \"…\", truncate: 20, capitalize, upcase, downcase or strip.");
            }

            filters.Add(filter);
        }

        return new TemplatePart.Field(field, filters);
    }

    private static TemplateFilter? Filter(string piece)
    {
        var colon = piece.IndexOf(':', StringComparison.Ordinal);
        var name = (colon < 0 ? piece : piece[..colon]).TrimEnd();
        var arguments = colon < 0 ? [] : SplitUnquoted(piece[(colon + 1)..], ',').ConvertAll(argument => argument.Trim());
        return (name, arguments.Count) switch
        {
            ("capitalize" or "upcase" or "downcase" or "strip", 0) => new TemplateFilter(name),
            ("default", 1) when Quoted(arguments[0]) is { } text => new TemplateFilter(name, text),
            ("truncate", 1) when Number(arguments[0]) is { } length => new TemplateFilter(name, null, length),
            ("truncate", 2) when Number(arguments[0]) is { } length && Quoted(arguments[1]) is { } ellipsis => new TemplateFilter(name, ellipsis, length),
            _ => null,
        };
    }

    private static string? Quoted(string argument) =>
        argument.Length >= 2 && argument[0] is '"' or '\'' && argument[^1] == argument[0]
        && argument.IndexOf(argument[0], 1) == argument.Length - 1 && !argument.Any(char.IsControl)
            ? argument[1..^1]
            : null;

    private static int? Number(string argument) =>
        int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= MessageTemplate.MaximumLength ? number : null;

    private static List<string> SplitUnquoted(string text, char separator)
    {
        var pieces = new List<string>();
        var (start, quote) = (0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == separator)
            {
                pieces.Add(text[start..i]);
                start = i + 1;
            }
        }

        pieces.Add(text[start..]);
        return pieces;
    }

    private static string Shown(string text) => PlainText.OneLine(text, 60);
}

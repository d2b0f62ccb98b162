using System.Text;

namespace FollowUp.Writing;

/// <summary>Picks from what others wrote only what can stand in a sentence of ours.</summary>
internal static class SafeWords
{
    private const int LongestName = 30;
    private const int LongestBusiness = 60;
    private const int LongestTopic = 60;

    private static readonly HashSet<string> NotNames = new(StringComparer.OrdinalIgnoreCase)
        { "null", "undefined", "undef", "nil", "none", "nan", "true", "false", "unknown", "anonymous", "guest", "visitor", "test", "n/a" };

    /// <summary>A first name that looks like one; else null and the greeting does without.</summary>
    public static string? Name(string? contactName)
    {
        var name = MergeFields.FirstName(contactName).TrimEnd('.');
        return name.Length is > 0 and <= LongestName
            && name.EnumerateRunes().All(rune => IsWordPart(rune) || rune.Value is '-' or '\'' or '’')
            && Rune.IsLetter(name.EnumerateRunes().First())
            && !NotNames.Contains(name)
                ? TemplateFilter.Capitalized(name)
                : null;
    }

    /// <summary>The business's name on one line, without braces and question marks; null if nothing is left.</summary>
    public static string? Business(string? businessName)
    {
        var name = PlainText.OneLine(string.Concat((businessName ?? "").Where(c => c is not ('{' or '}' or '%' or '?'))), LongestBusiness).TrimEnd('.');
        return name.EnumerateRunes().Any(Rune.IsLetterOrDigit) ? name : null;
    }

    /// <summary>The contact's first sentence, shortened at a word, without its closing mark; null if it is too little to quote or holds what is better not repeated: addresses, long numbers, code.</summary>
    public static string? Topic(string? text)
    {
        var line = PlainText.OneLine(text, 500);
        var end = line.AsSpan().IndexOfAny(".!?…");
        var sentence = end < 0 ? line : line[..end];
        sentence = sentence[(sentence.AsSpan().LastIndexOfAny('¿', '¡') + 1)..].Trim(' ', ',', ';', ':', '-');
        if (sentence.Count(char.IsLetter) < 8
            || !sentence.Contains(' ', StringComparison.Ordinal)
            || sentence.EnumerateRunes().Any(rune => !IsWordPart(rune) && rune.Value is not (' ' or '-' or '\'' or '’' or ',' or '(' or ')' or '&' or '€' or '$'))
            || LongestNumber(sentence) > 4)
        {
            return null;
        }

        if (sentence.Length <= LongestTopic)
        {
            return sentence;
        }

        var cut = PlainText.Cut(sentence, LongestTopic - 3);
        var space = cut.LastIndexOf(' ');
        return (space > LongestTopic / 2 ? cut[..space] : cut).TrimEnd(' ', ',') + "...";
    }

    private static bool IsWordPart(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark;

    // "+1 303 555 0142": digits count together over what people set between them.
    private static int LongestNumber(string text)
    {
        var (longest, run) = (0, 0);
        foreach (var c in text)
        {
            run = char.IsDigit(c) ? run + 1 : c is ' ' or '-' or '(' or ')' ? run : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }
}

namespace FollowUp.Writing;

/// <summary>A template, taken apart.</summary>
internal abstract record TemplatePart
{
    private TemplatePart()
    {
    }

    public sealed record Words(string Text) : TemplatePart;

    public sealed record Field(string Name, IReadOnlyList<TemplateFilter> Filters) : TemplatePart;

    /// <summary>What no template may hold; it prints nothing.</summary>
    public sealed record Mistake(string Error) : TemplatePart;
}

/// <summary>A filter and what follows its colon; <paramref name="Length"/> is truncate's number.</summary>
internal sealed record TemplateFilter(string Name, string? Text = null, int Length = 0)
{
    public string Apply(string value) => Name switch
    {
        "default" => value.Length > 0 ? value : PlainText.OneLine(Text, MessageTemplate.MaximumLength),
        "capitalize" => Capitalized(value),
        "upcase" => value.ToUpperInvariant(),
        "downcase" => value.ToLowerInvariant(),
        "truncate" => Truncated(value, Length, Text ?? "..."),
        _ => value.Trim(),
    };

    public static string Capitalized(string text) =>
        text.Length > 0 && System.Text.Rune.TryGetRuneAt(text, 0, out var first)
            ? System.Text.Rune.ToUpperInvariant(first) + text[first.Utf16SequenceLength..]
            : text;

    // As in Liquid, the length counts the ellipsis too.
    private static string Truncated(string text, int length, string ellipsis) =>
        text.Length <= length ? text : PlainText.Cut(text, Math.Max(0, length - ellipsis.Length)) + ellipsis;
}

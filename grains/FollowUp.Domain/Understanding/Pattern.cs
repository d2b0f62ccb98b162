namespace FollowUp.Understanding;

/// <summary>A phrase over folded words: <c>a|b</c> alternatives, <c>c?</c> optional, <c>_</c> any word, <c>..</c> up to four words, <c>^</c> the beginning of a sentence, <c>$</c> its end. Matching goes forward only, with a bounded gap: no blow-ups.</summary>
internal sealed class Pattern
{
    private const int Gap = 4;

    private readonly (string[] Words, bool Optional)[] parts;

    public Pattern(string phrase) =>
        parts = [.. phrase.Split(' ').Select(part => (part.TrimEnd('?').Split('|'), part.Length > 1 && part.EndsWith('?')))];

    /// <summary>Each line one phrase.</summary>
    public static Pattern[] List(string lines) =>
        [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => new Pattern(line))];

    /// <summary>The first of the patterns' matches at all; null: none.</summary>
    public static (int Start, int End)? First(Pattern[] patterns, IReadOnlyList<Word> words)
    {
        foreach (var pattern in patterns)
        {
            for (var start = 0; start < words.Count; start++)
            {
                if (pattern.Match(words, start, 0) is { } end)
                {
                    return (start, end);
                }
            }
        }

        return null;
    }

    /// <summary>Where a match that begins at <paramref name="at"/> ends; null: none does.</summary>
    public int? MatchAt(IReadOnlyList<Word> words, int at) => Match(words, at, 0);

    private int? Match(IReadOnlyList<Word> words, int at, int part)
    {
        if (part == parts.Length)
        {
            return at;
        }

        var (alternatives, optional) = parts[part];
        switch (alternatives[0])
        {
            case "..":
                for (var skip = 0; skip <= Gap && at + skip <= words.Count; skip++)
                {
                    if (skip > 0 && IsEnd(words[at + skip - 1].Text))
                    {
                        return null;
                    }

                    if (Match(words, at + skip, part + 1) is { } end)
                    {
                        return end;
                    }
                }

                return null;
            case "^":
                return at == 0 || IsBreak(words[at - 1].Text) ? Match(words, at, part + 1) : null;
            case "$":
                return at == words.Count || IsBreak(words[at].Text) ? Match(words, at, part + 1) : null;
        }

        if (at < words.Count && (alternatives[0] == "_" || alternatives.Contains(words[at].Text)) && Match(words, at + 1, part + 1) is { } found)
        {
            return found;
        }

        return optional ? Match(words, at, part + 1) : null;
    }

    private static bool IsEnd(string word) => word is "." or "!" or "?" or ";";

    private static bool IsBreak(string word) => word is "." or "!" or "?" or ";" or "," or "-" or "(";
}

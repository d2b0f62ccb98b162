namespace FollowUp.Understanding;

/// <summary>
/// A phrase over folded words: <c>a|b</c> alternatives, <c>c?</c> optional, <c>_</c> any word, <c>#</c> a number in digits, <c>..</c> up to four words of the same sentence,
/// <c>^</c> the beginning of a clause, <c>$</c> its end. Matching goes forward only with a bounded gap: no blow-ups.
/// </summary>
internal sealed class Phrase
{
    private const int Gap = 4;

    private readonly Part[] parts;

    public Phrase(string phrase) => parts = [.. phrase.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Part.Read)];

    /// <summary>The words one of which a match begins with; null: any word may begin it.</summary>
    public IReadOnlyCollection<string>? Beginnings()
    {
        var words = new HashSet<string>();
        foreach (var part in parts)
        {
            switch (part.Kind)
            {
                case PartKind.Beginning:
                    continue;
                case PartKind.Words:
                    words.UnionWith(part.Words);
                    break;
                default:
                    return null;
            }

            if (!part.IsOptional)
            {
                return words;
            }
        }

        return null;
    }

    /// <summary>Where a match that begins at <paramref name="at"/> ends; -1: none does.</summary>
    public int MatchAt(List<Word> words, int at) => Match(words, at, 0);

    private int Match(List<Word> words, int at, int index)
    {
        for (; index < parts.Length; index++)
        {
            var part = parts[index];
            switch (part.Kind)
            {
                case PartKind.Beginning when at == 0 || words[at - 1].IsBreak:
                case PartKind.End when at == words.Count || words[at].IsBreak:
                    continue;
                case PartKind.Beginning or PartKind.End:
                    return -1;
                case PartKind.Gap:
                    return Skip(words, at, index + 1);
            }

            if (part.Fits(words, at))
            {
                if (part.IsOptional && Match(words, at + 1, index + 1) is var taken)
                {
                    return taken >= 0 ? taken : Match(words, at, index + 1);
                }

                at++;
            }
            else if (!part.IsOptional)
            {
                return -1;
            }
        }

        return at;
    }

    private int Skip(List<Word> words, int at, int index)
    {
        for (var skip = 0; skip <= Gap && at + skip <= words.Count; skip++)
        {
            if (skip > 0 && words[at + skip - 1].IsSentenceEnd)
            {
                return -1;
            }

            if (Match(words, at + skip, index) is >= 0 and var end)
            {
                return end;
            }
        }

        return -1;
    }

    private enum PartKind
    {
        Words,
        Any,
        Number,
        Gap,
        Beginning,
        End,
    }

    private sealed record Part(PartKind Kind, string[] Words, bool IsOptional)
    {
        public static Part Read(string text) => text switch
        {
            "^" => new Part(PartKind.Beginning, [], IsOptional: false),
            "$" => new Part(PartKind.End, [], IsOptional: false),
            ".." => new Part(PartKind.Gap, [], IsOptional: false),
            "_" or "_?" => new Part(PartKind.Any, [], text.Length > 1),
            "#" or "#?" => new Part(PartKind.Number, [], text.Length > 1),
            "?" => new Part(PartKind.Words, ["?"], IsOptional: false),
            _ => new Part(PartKind.Words, text.TrimEnd('?').Split('|'), text.EndsWith('?')),
        };

        public bool Fits(List<Word> words, int at) => at < words.Count && Kind switch
        {
            PartKind.Any => !words[at].IsBreak,
            PartKind.Number => char.IsAsciiDigit(words[at].Text[0]),
            _ => Array.IndexOf(Words, words[at].Text) >= 0,
        };
    }
}

namespace FollowUp.Understanding;

/// <summary>A message cut into clauses: what one says does not bend what the next one says.</summary>
internal sealed class Clauses
{
    private readonly int[] clauseOf;
    private readonly List<(int Start, int End)> clauses = [];
    private readonly List<Word> words;

    public Clauses(List<Word> words, HashSet<string> conjunctions)
    {
        this.words = words;
        clauseOf = new int[words.Count + 1];
        var start = 0;
        for (var i = 0; i < words.Count; i++)
        {
            if (!words[i].IsBreak && !(conjunctions.Contains(words[i].Text) && i > start))
            {
                continue;
            }

            Close(start, words[i].IsBreak ? i + 1 : i);
            start = words[i].IsBreak ? i + 1 : i;
        }

        Close(start, words.Count);
        clauseOf[words.Count] = Math.Max(0, clauses.Count - 1);
    }

    /// <summary>The clause a word stands in.</summary>
    public int Of(int word) => clauseOf[Math.Clamp(word, 0, clauseOf.Length - 1)];

    public (int Start, int End) Range(int clause) => clauses.Count == 0 ? (0, 0) : clauses[Math.Clamp(clause, 0, clauses.Count - 1)];

    /// <summary>Whether the clause, or the sentence it stands in, ends with a question mark.</summary>
    public bool IsQuestion(int clause)
    {
        for (var i = Range(clause).Start; i < words.Count; i++)
        {
            if (words[i].IsSentenceEnd)
            {
                return words[i].Text == "?";
            }
        }

        return false;
    }

    private void Close(int start, int end)
    {
        if (end <= start)
        {
            return;
        }

        for (var i = start; i < end; i++)
        {
            clauseOf[i] = clauses.Count;
        }

        clauses.Add((start, end));
    }
}

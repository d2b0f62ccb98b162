namespace FollowUp.Understanding;

/// <summary>What the phrase lists found in a message, by clause.</summary>
internal sealed class Marks
{
    private readonly Clauses clauses;

    public Marks(Language language, List<Word> words, Clauses clauses)
    {
        this.clauses = clauses;
        language.Meanings.FindAll(words, All);
    }

    public List<Phrases<Meaning>.Found> All { get; } = [];

    /// <summary>Whether the clause holds the meaning.</summary>
    public bool In(Meaning meaning, int clause)
    {
        foreach (var mark in All)
        {
            if (mark.Meaning == meaning && clauses.Of(mark.Start) <= clause && clauses.Of(mark.End - 1) >= clause)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The first mark of a meaning in a clause that does not hold the other.</summary>
    public Phrases<Meaning>.Found? First(Meaning meaning, Meaning? unless = null)
    {
        foreach (var mark in All)
        {
            if (mark.Meaning == meaning && !(unless is { } not && In(not, clauses.Of(mark.Start))))
            {
                return mark;
            }
        }

        return null;
    }
}

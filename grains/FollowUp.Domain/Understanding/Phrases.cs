namespace FollowUp.Understanding;

/// <summary>Phrases and what they mean, found by the word they begin with.</summary>
internal sealed class Phrases<T>
{
    private static readonly Entry[] None = [];

    private readonly Dictionary<string, Entry[]> byWord;
    private readonly Entry[] anywhere;

    public Phrases(IEnumerable<(string Phrase, T Meaning)> phrases)
    {
        var entries = phrases.Select(entry => new Entry(new Phrase(entry.Phrase), entry.Meaning)).ToArray();
        anywhere = [.. entries.Where(entry => entry.Phrase.Beginnings() is null)];
        byWord = entries
            .SelectMany(entry => (entry.Phrase.Beginnings() ?? []).Select(word => (word, entry)))
            .GroupBy(pair => pair.word, pair => pair.entry)
            .ToDictionary(group => group.Key, group => group.ToArray());
    }

    /// <summary>The longest match that begins at <paramref name="at"/>; of equals the first listed.</summary>
    public bool TryLongest(List<Word> words, int at, out T meaning, out int end)
    {
        (meaning, end) = (default!, at);
        if ((uint)at >= (uint)words.Count)
        {
            return false;
        }

        foreach (var entry in At(words[at]))
        {
            if (entry.Phrase.MatchAt(words, at) is var last && last > end)
            {
                (meaning, end) = (entry.Meaning, last);
            }
        }

        return end > at;
    }

    /// <summary>Every match in the message.</summary>
    public void FindAll(List<Word> words, List<Found> found)
    {
        for (var at = 0; at < words.Count; at++)
        {
            foreach (var entry in At(words[at]))
            {
                Add(entry, at);
            }

            foreach (var entry in anywhere)
            {
                Add(entry, at);
            }
        }

        void Add(Entry entry, int at)
        {
            if (entry.Phrase.MatchAt(words, at) is var end && end > at)
            {
                found.Add(new Found(entry.Meaning, at, end));
            }
        }
    }

    private Entry[] At(Word word) => byWord.GetValueOrDefault(word.Text, None);

    internal readonly record struct Found(T Meaning, int Start, int End);

    private sealed record Entry(Phrase Phrase, T Meaning);
}

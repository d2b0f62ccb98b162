using System.Text;

namespace FollowUp.Understanding;

/// <summary>Corrects one slip (a letter missing, doubled, wrong or swapped with its neighbour) in the long words that carry times, and nothing else.</summary>
internal sealed class Spelling
{
    private const int Shortest = 6;
    private const int Longest = 14;

    // Every word without one of its letters; a slip of one letter meets it there.
    private readonly Dictionary<string, string> byGap = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public Spelling(IEnumerable<string> words)
    {
        foreach (var word in words.Where(word => word.Length is >= Shortest and <= Longest))
        {
            byGap.TryAdd(word, word);
            for (var gap = 1; gap < word.Length; gap++)
            {
                byGap.TryAdd(word.Remove(gap, 1), word);
            }
        }

        lookup = byGap.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    public string Correct(string word)
    {
        if (word.Length is < Shortest or > Longest)
        {
            return word;
        }

        if (byGap.TryGetValue(word, out var whole))
        {
            return whole;
        }

        Span<char> without = stackalloc char[word.Length - 1];
        for (var gap = 1; gap < word.Length; gap++)
        {
            word.AsSpan(0, gap).CopyTo(without);
            word.AsSpan(gap + 1).CopyTo(without[gap..]);
            if (lookup.TryGetValue(without, out var found) && Math.Abs(found.Length - word.Length) <= 1)
            {
                return found;
            }
        }

        return word;
    }

    /// <summary>Whether a letter stands three times in a row.</summary>
    public static bool IsDrawnOut(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2])
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Runs of a letter cut to at most so many.</summary>
    public static string Squeeze(string word, int most)
    {
        var builder = new StringBuilder(word.Length);
        var run = 0;
        for (var i = 0; i < word.Length; i++)
        {
            run = i > 0 && word[i] == word[i - 1] ? run + 1 : 1;
            if (run <= most)
            {
                builder.Append(word[i]);
            }
        }

        return builder.ToString();
    }
}

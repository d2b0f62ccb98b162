using System.Globalization;
using NodaTime;

namespace FollowUp.Understanding;

/// <summary>A message being read for times: its words, its language and the moment it was written.</summary>
internal sealed record Reading(Language Language, List<Word> Words, LocalDateTime Now, bool IsMonthFirst)
{
    public LocalDate Today => Now.Date;

    /// <summary>The word there; empty beyond either end.</summary>
    public string At(int i) => i >= 0 && i < Words.Count ? Words[i].Text : "";

    public bool IsBreak(int i) => i < 0 || i >= Words.Count || Words[i].IsBreak;

    public bool IsSentenceEnd(int i) => i < 0 || i >= Words.Count || Words[i].IsSentenceEnd;

    /// <summary>A whole number in digits or as a word.</summary>
    public int? Whole(int i) => Digits(i) ?? (Language.Numbers.TryGetValue(At(i), out var named) ? named : null);

    /// <summary>A whole number in digits.</summary>
    public int? Digits(int i) => At(i) is { Length: > 0 and < 5 } word && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>A number as durations have it: 2, 1.5, two.</summary>
    public double? Number(int i)
    {
        if (Whole(i) is { } whole)
        {
            return whole;
        }

        return At(i) is { Length: > 0 } word && char.IsAsciiDigit(word[0]) && double.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    /// <summary>The position after words of the set.</summary>
    public int Skip(int i, HashSet<string> words, int most = 2)
    {
        for (var skipped = 0; skipped < most && words.Contains(At(i)); skipped++)
        {
            i++;
        }

        return i;
    }
}

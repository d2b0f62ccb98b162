using System.Text;

namespace FollowUp.Understanding;

/// <summary>One word of a message: folded for matching, with its place in the original.</summary>
internal readonly record struct Word(string Text, int Start, int End);

/// <summary>Cuts a message into words: case, accents, width, zero-width characters and apostrophes fall away; digits and their : / . stay together; marks stand alone.</summary>
internal static class Words
{
    /// <summary>Words looked at; nobody asks for a time after so many.</summary>
    private const int Most = 400;

    /// <summary>Characters looked at.</summary>
    private const int MostCharacters = 8_000;

    public static List<Word> Cut(string text, IReadOnlyDictionary<string, string> short_)
    {
        var words = new List<Word>();
        var builder = new StringBuilder();
        var start = -1;
        var length = Math.Min(text.Length, MostCharacters);
        for (var i = 0; i <= length && words.Count < Most; i++)
        {
            var letter = i < length ? Letters.Fold(text[i]) : '\0';
            if (letter == Letters.Nothing)
            {
                continue;
            }

            if (char.IsLetterOrDigit(letter) || (IsInner(letter) && builder.Length > 0 && char.IsDigit(builder[^1]) && i + 1 < length && char.IsDigit(Letters.Fold(text[i + 1]))))
            {
                // "3pm" is one word for the clock, "2moro" one for the short forms; "5mins" and "10min" are two.
                start = builder.Length == 0 ? i : start;
                builder.Append(letter);
                continue;
            }

            if (builder.Length > 0)
            {
                Add(words, builder.ToString(), start, i, short_);
                builder.Clear();
            }

            if (letter is '?' or '!' or '.' or ',' or ';' or '-' or '@' or '&' or '(')
            {
                words.Add(new Word(letter == '@' ? "at" : letter == '&' ? "and" : letter.ToString(), i, i + 1));
            }
        }

        return words;
    }

    private static bool IsInner(char letter) => letter is ':' or '/' or '.';

    private static void Add(List<Word> words, string word, int start, int end, IReadOnlyDictionary<string, string> short_)
    {
        if (short_.TryGetValue(word, out var whole))
        {
            foreach (var part in whole.Split(' '))
            {
                words.Add(new Word(part, start, end));
            }

            return;
        }

        var digits = 0;
        while (digits < word.Length && (char.IsDigit(word[digits]) || IsInner(word[digits])))
        {
            digits++;
        }

        if (digits > 0 && digits < word.Length)
        {
            // A number and its unit or suffix: the clock reads them as two.
            words.Add(new Word(word[..digits], start, start + digits));
            var unit = word[digits..];
            words.Add(new Word(short_.GetValueOrDefault(unit, unit), start + digits, end));
            return;
        }

        words.Add(new Word(Shorten(word), start, end));
    }

    /// <summary>"stoppp" and "sooo" lose what is repeated more than twice.</summary>
    private static string Shorten(string word)
    {
        for (var i = 2; i < word.Length; i++)
        {
            if (word[i] == word[i - 1] && word[i] == word[i - 2] && char.IsLetter(word[i]))
            {
                var builder = new StringBuilder();
                foreach (var letter in word)
                {
                    if (builder.Length < 2 || builder[^1] != letter || builder[^2] != letter)
                    {
                        builder.Append(letter);
                    }
                }

                return builder.ToString();
            }
        }

        return word;
    }
}

using System.Text;

namespace FollowUp.Understanding;

/// <summary>One word of a message: folded for matching, with its place in the original. Marks stand alone.</summary>
internal readonly record struct Word(string Text, int Start, int End)
{
    /// <summary>Ends a clause.</summary>
    public bool IsBreak => Text is "." or "!" or "?" or ";" or "," or "-" or "(" or ":";

    /// <summary>Ends a sentence.</summary>
    public bool IsSentenceEnd => Text is "." or "!" or "?" or ";";
}

/// <summary>Cuts a message into words: case, accents, width, zero-width characters and apostrophes fall away; digits and their : / . stay together.</summary>
internal static class Words
{
    /// <summary>Words looked at; nobody asks for a time after so many.</summary>
    private const int Most = 400;

    /// <summary>Characters looked at.</summary>
    private const int MostCharacters = 8_000;

    /// <param name="text">The message.</param>
    /// <param name="language">Whose short forms, spellings and apostrophes; null: none.</param>
    public static List<Word> Cut(string text, Language? language)
    {
        var cutting = new Cutting(language);
        var length = Math.Min(text.Length, MostCharacters);
        for (var i = 0; i <= length && cutting.Words.Count < Most; i++)
        {
            var letter = i < length ? Letters.Fold(text[i]) : '\0';
            if (letter == Letters.Nothing)
            {
                if (language is { Elides: true } && Letters.IsApostrophe(text[i]))
                {
                    cutting.EndWord(i);
                }
                else if (Letters.IsApostrophe(text[i]))
                {
                    cutting.Apostrophe();
                }

                continue;
            }

            if (char.IsLetterOrDigit(letter) || (IsInner(letter) && cutting.EndsInDigit && i + 1 < length && char.IsDigit(Letters.Fold(text[i + 1]))))
            {
                cutting.Add(letter, i);
                continue;
            }

            cutting.EndWord(i);
            switch (letter)
            {
                // "week-end" and "rappelez-moi" are two words; "9-11" and "ok - later" keep their mark.
                case '-' when i == 0 || i + 1 >= length || !char.IsLetterOrDigit(text[i - 1]) || !char.IsLetter(Letters.Fold(text[i + 1])):
                case '?' or '!' or '.' or ',' or ';' or '(':
                    cutting.Mark(letter.ToString(), i);
                    break;
                case ':' or '\n' or '\r' when cutting.Words.Count > 0:
                    cutting.Mark(letter == ':' ? ":" : ".", i);
                    break;
                case '@':
                    cutting.Mark("at", i);
                    break;
                case '&':
                    cutting.Mark("and", i);
                    break;
            }
        }

        return cutting.Words;
    }

    private static bool IsInner(char letter) => letter is ':' or '/' or '.';

    private sealed class Cutting(Language? language)
    {
        private readonly StringBuilder builder = new();
        private int start;
        private bool hasApostrophe;

        public List<Word> Words { get; } = [];

        public bool EndsInDigit => builder.Length > 0 && char.IsDigit(builder[^1]);

        public void Add(char letter, int at)
        {
            start = builder.Length == 0 ? at : start;
            builder.Append(letter);
        }

        /// <summary>One stands here, after the letters so far.</summary>
        public void Apostrophe() => hasApostrophe = builder.Length > 0;

        public void Mark(string mark, int at) => Words.Add(new Word(mark, at, at + 1));

        public void EndWord(int end)
        {
            if (builder.Length == 0)
            {
                return;
            }

            var word = builder.ToString();
            builder.Clear();
            if (hasApostrophe && word[^1] == 's' && language is not null && language.IsTime(word[..^1]))
            {
                // "Monday's fine" is about one Monday, "Mondays" about them all.
                word = word[..^1];
            }

            hasApostrophe = false;
            if (language is not null && language.Short.TryGetValue(word, out var whole))
            {
                AddParts(whole, start, end);
                return;
            }

            // "3pm", "5mins" and "18h30": numbers and letters are words of their own.
            for (var from = 0; from < word.Length;)
            {
                var digits = char.IsDigit(word[from]);
                var to = from + 1;
                while (to < word.Length && (char.IsDigit(word[to]) || IsInner(word[to])) == digits)
                {
                    to++;
                }

                var part = word[from..to];
                AddParts(digits ? part : Spelled(part), start + from, to == word.Length ? end : start + to);
                from = to;
            }
        }

        private void AddParts(string whole, int from, int end)
        {
            foreach (var part in whole.Split(' '))
            {
                Words.Add(new Word(part, from, end));
            }
        }

        /// <summary>The word as the language spells it: "tmrw", "soooon" and "thrusday" included.</summary>
        private string Spelled(string word)
        {
            if (language is null || language.Knows(word))
            {
                return word;
            }

            if (language.WithUmlauts(word) is { } dotted)
            {
                return dotted;
            }

            if (language.Compound(word) is { } compound)
            {
                return compound;
            }

            if (language.Short.TryGetValue(word, out var whole))
            {
                return whole;
            }

            if (Spelling.IsDrawnOut(word))
            {
                var (once, twice) = (Spelling.Squeeze(word, 1), Spelling.Squeeze(word, 2));
                return language.Short.GetValueOrDefault(once) ?? (language.Knows(twice) ? twice : once);
            }

            return language.Spelling.Correct(word);
        }
    }
}

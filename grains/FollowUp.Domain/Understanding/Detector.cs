using NodaTime;

namespace FollowUp.Understanding;

/// <summary>What the judge may know beside the text.</summary>
public sealed record DetectorContext
{
    /// <summary>When the contact wrote.</summary>
    public required Instant SentAt { get; init; }

    /// <summary>The contact's zone, or the one assumed for them.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The language when the text does not tell: en, es, fr, de or pt.</summary>
    public string FallbackLanguage { get; init; } = "en";

    /// <summary>The workspace's own opt-out words, beside the built-in ones.</summary>
    public IReadOnlyList<string> OptOutWords { get; init; } = [];
}

/// <summary>The built-in judge: one text in, its meaning out. Pure, thread-safe, never throws; any string up to 64 KB answers in bounded time.</summary>
public static class Detector
{
    /// <summary>Characters that may hold a farewell.</summary>
    private const int LongestGoodbye = 200;

    /// <summary>Characters that tell a language.</summary>
    private const int Telling = 500;

    /// <summary>Letters of a word that tells one.</summary>
    private const int LongestTelling = 24;

    private static readonly Language[] All = [.. new[] { "en", "es", "fr", "de", "pt" }.Select(Language.Read)];

    /// <summary>Understands one message of a contact.</summary>
    public static Detection Detect(string text, DetectorContext context)
    {
        var language = LanguageOf(text, context.FallbackLanguage);
        if (OptOutWords.IsOptIn(text))
        {
            return new Detection { Intent = Intent.Normal, Confidence = 1, IsOptIn = true, IsKeyword = true, Evidence = text.Trim(), Language = language.Code };
        }

        if (OptOutWords.IsOptOut(text, context.OptOutWords))
        {
            var all = text.Contains("all", StringComparison.OrdinalIgnoreCase);
            return new Detection { Intent = Intent.OptOut, Confidence = 1, IsKeyword = true, Scope = all ? OptOutScope.All : OptOutScope.Channel, Evidence = text.Trim(), Language = language.Code };
        }

        return new Judging(language, text, context).Judge();
    }

    /// <summary>What the trained model sees of a message. For training.</summary>
    internal static void Describe(string text, DetectorContext context, FeatureSink sink) =>
        new Judging(LanguageOf(text, context.FallbackLanguage), text, context).Describe(sink);

    /// <summary>Whether one of our own messages says goodbye (silence after it is not chased): a farewell that neither asks nor offers.</summary>
    public static bool IsGoodbye(string text)
    {
        if (text.Length > LongestGoodbye || text.Contains('?', StringComparison.Ordinal))
        {
            return false;
        }

        var words = Words.Cut(text, All[0]);
        var found = new List<Phrases<Meaning>.Found>();
        All[0].Meanings.FindAll(words, found);
        return found.Exists(mark => mark.Meaning is Meaning.Goodbye);
    }

    /// <summary>The language with the most telling words and letters; the fallback when none leads.</summary>
    internal static Language LanguageOf(string text, string fallback)
    {
        Span<int> scores = stackalloc int[All.Length];
        Span<char> word = stackalloc char[LongestTelling];
        var length = 0;
        foreach (var raw in text.AsSpan(0, Math.Min(text.Length, Telling)))
        {
            var letter = Letters.Fold(raw);
            if (letter == Letters.Nothing)
            {
                continue;
            }

            if (raw > 127)
            {
                CountLetter(raw, scores);
            }

            if (char.IsLetterOrDigit(letter))
            {
                length = length < word.Length ? length + 1 : word.Length;
                word[length - 1] = letter;
                continue;
            }

            CountWord(word[..length], scores);
            length = 0;
        }

        CountWord(word[..length], scores);
        var best = Math.Max(0, Array.FindIndex(All, language => language.Code == fallback));
        for (var i = 0; i < All.Length; i++)
        {
            best = scores[i] > scores[best] ? i : best;
        }

        return All[best];
    }

    private static void CountWord(ReadOnlySpan<char> word, Span<int> scores)
    {
        for (var i = 0; i < All.Length && word.Length > 0; i++)
        {
            scores[i] += All[i].Weight(word);
        }
    }

    // Letters that few of the five write.
    private static void CountLetter(char letter, Span<int> scores)
    {
        for (var i = 0; i < All.Length; i++)
        {
            scores[i] += All[i].Letters.Contains(letter) ? 1 : 0;
        }
    }
}

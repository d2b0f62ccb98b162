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

    /// <summary>What the trained model sees of a message; false: the rules alone call it an opt-out. For training.</summary>
    internal static bool TryDescribe(string text, DetectorContext context, FeatureSink sink) =>
        !OptOutWords.IsOptIn(text) && !OptOutWords.IsOptOut(text, context.OptOutWords) && new Judging(LanguageOf(text, context.FallbackLanguage), text, context).TryDescribe(sink);

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

    // The language with the most telling words; the fallback when none leads.
    internal static Language LanguageOf(string text, string fallback)
    {
        var words = Words.Cut(text.Length > Telling ? text[..Telling] : text, language: null);
        var best = Array.Find(All, language => language.Code == fallback) ?? All[0];
        var most = Score(best);
        foreach (var language in All)
        {
            if (Score(language) is var score && score > most)
            {
                (best, most) = (language, score);
            }
        }

        return best;

        int Score(Language language)
        {
            var score = 0;
            foreach (var word in words)
            {
                score += language.Telling.Contains(word.Text) ? 2 : language.Knows(word.Text) || language.Short.ContainsKey(word.Text) ? 1 : 0;
            }

            return score;
        }
    }
}

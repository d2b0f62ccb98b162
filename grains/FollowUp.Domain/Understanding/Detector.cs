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

    private static readonly Pattern[] Goodbyes = Pattern.List("""
        bye
        goodbye
        have a good|great|nice|lovely|wonderful
        take care
        good night
        talk soon
        see you
        """);

    private static readonly Language[] All = [English.Language, Spanish.Language, French.Language, German.Language, Portuguese.Language];

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

    /// <summary>Whether one of our own messages says goodbye (silence after it is not chased): a farewell that neither asks nor offers.</summary>
    public static bool IsGoodbye(string text) =>
        text.Length <= LongestGoodbye && !text.Contains('?', StringComparison.Ordinal) && Pattern.First(Goodbyes, Words.Cut(text, English.Language.Short)) is not null;

    private static Language LanguageOf(string text, string fallback)
    {
        var best = Array.Find(All, language => language.Code == fallback) ?? All[0];
        var words = Words.Cut(text.Length > 500 ? text[..500] : text, EmptyShort);
        var most = words.Count(word => best.Telling.Contains(word.Text));
        foreach (var language in All)
        {
            var score = words.Count(word => language.Telling.Contains(word.Text));
            if (score > most)
            {
                (best, most) = (language, score);
            }
        }

        return best;
    }

    private static readonly Dictionary<string, string> EmptyShort = [];
}

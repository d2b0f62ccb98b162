namespace FollowUp.Writing;

/// <summary>The languages texts are written in: en, es, fr, de and pt.</summary>
public static class WritingLanguage
{
    /// <summary>The first of the tags (<c>pt-BR</c> is pt) that is one of the five; else en.</summary>
    /// <param name="tags">Best first: the contact's preferred language, the text's, the persona's.</param>
    public static string Of(params ReadOnlySpan<string?> tags)
    {
        foreach (var tag in tags)
        {
            var language = tag?.Split('-', '_')[0].Trim().ToLowerInvariant();
            if (language is "en" or "es" or "fr" or "de" or "pt")
            {
                return language;
            }
        }

        return "en";
    }
}

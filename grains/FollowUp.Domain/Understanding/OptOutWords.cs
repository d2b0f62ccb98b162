using System.Collections.Frozen;
using System.Text;

namespace FollowUp.Understanding;

/// <summary>Opt-out and opt-in by a whole message of one word (RULES L1.1; Twilio's defaults): any case, width, punctuation, hidden characters, with or without please and thanks.</summary>
internal static class OptOutWords
{
    private static readonly FrozenSet<string> Out = FrozenSet.Create(StringComparer.Ordinal,
        "stop", "stopall", "unsubscribe", "unsub", "unsubcribe", "unsuscribe", "cancel", "end", "quit", "optout", "revoke", "remove",
        "alto", "para", "parar", "baja", "cancelar", "arret", "desabonner", "stopp", "abmelden", "abbestellen", "austragen", "pare", "sair", "descadastrar");

    private static readonly FrozenSet<string> In = FrozenSet.Create(StringComparer.Ordinal, "start", "unstop");

    private static readonly string[] Politeness = ["please", "pls", "plz", "thanks", "thankyou", "thx", "porfavor", "gracias", "svp", "merci", "bitte", "danke", "obrigado", "obrigada"];

    public static bool IsOptIn(string text) => In.Contains(Bare(text));

    public static bool IsOptOut(string text, IReadOnlyList<string> own)
    {
        if (text.Length > 100)
        {
            return false;
        }

        var bare = Bare(text);
        return Out.Contains(bare) || (bare.Length > 4 && Out.Contains(Squeezed(bare))) || own.Any(word => Bare(word) is { Length: > 0 } wanted && wanted == bare);
    }

    // Letters and digits only, folded; then without please and thanks at either end.
    private static string Bare(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var raw in text)
        {
            if (Letters.Fold(raw) is var letter && char.IsLetterOrDigit(letter))
            {
                builder.Append(letter);
            }
        }

        var bare = builder.ToString();
        foreach (var polite in Politeness)
        {
            if (bare.Length > polite.Length && bare.EndsWith(polite, StringComparison.Ordinal))
            {
                bare = bare[..^polite.Length];
            }
            else if (bare.Length > polite.Length && bare.StartsWith(polite, StringComparison.Ordinal))
            {
                bare = bare[polite.Length..];
            }
        }

        return bare;
    }

    /// <summary>"stoppp" is stop.</summary>
    private static string Squeezed(string word)
    {
        var builder = new StringBuilder(word.Length);
        foreach (var letter in word)
        {
            if (builder.Length == 0 || builder[^1] != letter)
            {
                builder.Append(letter);
            }
        }

        return builder.ToString();
    }
}

using System.Collections.Frozen;
using System.Text;

namespace FollowUp.Understanding;

/// <summary>Opt-out and opt-in by a whole message of one word (RULES L1.1; Twilio's defaults): any case, width, punctuation, hidden characters, with or without please and thanks.</summary>
internal static class OptOutWords
{
    private static readonly FrozenSet<string> Out = FrozenSet.Create(StringComparer.Ordinal,
        "stop", "stopall", "unsubscribe", "unsub", "unsubcribe", "unsuscribe", "cancel", "end", "quit", "optout", "revoke", "remove",
        "alto", "para", "parar", "baja", "cancelar", "arret", "desabonner", "stopp", "abmelden", "abbestellen", "austragen", "pare", "sair", "descadastrar");

    /// <summary>Letters of the longest word that can hold a slip.</summary>
    private const int Longest = 14;

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Out.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly Spelling LongWords = new(Out.Where(word => word.Length >= 8));

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
        return Out.Contains(bare) || (bare.Length > 4 && Out.Contains(Squeezed(bare))) || IsSlip(bare) || own.Any(word => Bare(word) is { Length: > 0 } wanted && wanted == bare);
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

    // "stpo" is stop and "unsubscrbe" unsubscribe; "cancer" is not cancel: two neighbours swapped, or one letter off in a long word.
    private static bool IsSlip(string bare)
    {
        Span<char> swapped = stackalloc char[Longest];
        if (bare.Length is < 4 or > Longest)
        {
            return false;
        }

        bare.CopyTo(swapped);
        for (var i = 0; i + 1 < bare.Length; i++)
        {
            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
            if (Lookup.Contains(swapped[..bare.Length]))
            {
                return true;
            }

            (swapped[i], swapped[i + 1]) = (swapped[i + 1], swapped[i]);
        }

        return LongWords.Correct(bare) is var whole && whole != bare && Out.Contains(whole) && whole.Length >= 8;
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

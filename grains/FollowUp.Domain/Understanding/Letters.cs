using System.Collections.Frozen;
using System.Globalization;

namespace FollowUp.Understanding;

/// <summary>Folds letters for matching: accents, width and hidden characters fall away. A table of our own, so that it is the same on every machine, with ICU or without.</summary>
internal static class Letters
{
    /// <summary>Stands for a character that falls away.</summary>
    public const char Nothing = '\u0001';

    private static readonly FrozenDictionary<char, char> Plain = Table(
        ("àáâãäåāăą", 'a'), ("çćĉċč", 'c'), ("ďđ", 'd'), ("èéêëēĕėęě", 'e'), ("ĝğġģ", 'g'), ("ìíîïĩīĭįı", 'i'), ("ñńņň", 'n'), ("òóôõöøōŏő", 'o'),
        ("ŕŗř", 'r'), ("śŝşšß", 's'), ("ţťŧ", 't'), ("ùúûüũūŭůűų", 'u'), ("ýÿŷ", 'y'), ("źżž", 'z'), ("łĺļľ", 'l'), ("ĥħ", 'h'), ("ĵ", 'j'), ("ķ", 'k'));

    /// <summary>The lower-case plain letter; <see cref="Nothing"/> for apostrophes, marks and hidden characters; a space for what is no letter of ours.</summary>
    public static char Fold(char letter)
    {
        if (letter < 128)
        {
            return IsApostrophe(letter) ? Nothing : char.ToLowerInvariant(letter);
        }

        // Full width forms of ASCII.
        if (letter is >= '\uFF01' and <= '\uFF5E')
        {
            return Fold((char)(letter - 0xFEE0));
        }

        if (IsApostrophe(letter) || CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.Format or UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
        {
            return Nothing;
        }

        var lower = char.ToLowerInvariant(letter);
        return Plain.TryGetValue(lower, out var plain) ? plain : char.IsSurrogate(letter) ? ' ' : lower;
    }

    public static bool IsApostrophe(char letter) => letter is '\'' or '’' or '‘' or '´' or 'ʼ';

    private static FrozenDictionary<char, char> Table(params (string Letters, char Plain)[] rows) =>
        rows.SelectMany(row => row.Letters.Select(letter => KeyValuePair.Create(letter, row.Plain))).ToFrozenDictionary();
}

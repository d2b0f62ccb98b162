using System.Buffers;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Keys of table rows, in the form of the official providers. The mapping loses characters; the rows therefore carry the whole values as properties too.</summary>
internal static class TableKeys
{
    /// <summary>Longest key of a row, in characters (1 KiB).</summary>
    private const int Longest = 1_023;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("/\\#?");

    /// <summary>The key without the characters that a key must not hold: each of <c>/ \ # ?</c> becomes <c>_</c>.</summary>
    /// <exception cref="ArgumentException">Too long.</exception>
    public static string Escape(string key) =>
        key.Length > Longest ? throw new ArgumentException($"A key of {key.Length} characters is too long for a table ({Longest}): {key[..64]}…", nameof(key))
        : key.AsSpan().IndexOfAny(Forbidden) < 0 ? key
        : string.Create(key.Length, key, static (escaped, key) =>
        {
            for (var i = 0; i < key.Length; i++)
            {
                escaped[i] = Forbidden.Contains(key[i]) ? '_' : key[i];
            }
        });
}

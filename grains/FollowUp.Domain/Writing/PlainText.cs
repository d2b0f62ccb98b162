using System.Globalization;
using System.Text;

namespace FollowUp.Writing;

/// <summary>Makes foreign words fit to stand in a message. Linear in their length; any string is taken.</summary>
public static class PlainText
{
    /// <summary>One line of what can be seen: control characters, line breaks and runs of white space become one space; half surrogates and characters that hide or turn text (see <see cref="IsHidden"/>) go. At most <paramref name="maximumLength"/> UTF-16 units, cut between characters.</summary>
    public static string OneLine(string? text, int maximumLength)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var line = new StringBuilder(Math.Min(text.Length, maximumLength));
        var rest = text.AsSpan();
        while (!rest.IsEmpty && line.Length <= maximumLength)
        {
            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var taken) == System.Buffers.OperationStatus.Done;
            rest = rest[taken..];
            if (!isWhole || IsHidden(rune))
            {
                continue;
            }

            if (Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
            {
                if (line.Length > 0 && line[^1] != ' ')
                {
                    line.Append(' ');
                }

                continue;
            }

            line.Append(rune);
        }

        return Cut(line.ToString(), maximumLength).Trim();
    }

    /// <summary>The text, or as many whole characters (grapheme clusters) of it as fit. One character longer than the limit is left out.</summary>
    public static string Cut(string text, int maximumLength)
    {
        if (text.Length <= maximumLength)
        {
            return text;
        }

        var length = 0;
        while (length + StringInfo.GetNextTextElementLength(text, length) is var next && next <= maximumLength)
        {
            length = next;
        }

        return text[..length];
    }

    /// <summary>
    /// Characters that show nothing and are used to hide or to turn text: zero-width space and its kin, direction overrides and isolates, tag characters.
    /// Joiners and variation selectors stay: emoji and many scripts need them.
    /// </summary>
    public static bool IsHidden(Rune rune) => rune.Value is
        0x00AD or 0x061C or 0x180E or 0x200B or 0x200E or 0x200F or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
        or 0xFEFF or (>= 0xFFF9 and <= 0xFFFB) or (>= 0xE0000 and <= 0xE007F);
}

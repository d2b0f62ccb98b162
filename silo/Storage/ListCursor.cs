using System.Buffers.Text;
using System.Text;

namespace FollowUp.Storage;

/// <summary>Where a page of a list ended: the last row's sort key and its grain's key.</summary>
internal static class ListCursor
{
    public static string Encode(long sort, string key) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{sort}\n{key}"));

    /// <exception cref="FormatException">It is none of ours.</exception>
    public static (long Sort, string Key) Decode(string cursor)
    {
        var text = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor));
        var line = text.IndexOf('\n', StringComparison.Ordinal);
        return line > 0 && long.TryParse(text[..line], out var sort) ? (sort, text[(line + 1)..]) : throw new FormatException("Not a cursor.");
    }
}

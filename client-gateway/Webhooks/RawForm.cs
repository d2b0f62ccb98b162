using System.Net;
using System.Text;

namespace FollowUp.Webhooks;

/// <summary>A form read from its raw bytes: every pair in wire order, repeated names kept.</summary>
internal static class RawForm
{
    private const int MostFields = 1_000;

    public static IReadOnlyList<KeyValuePair<string, string>> Parse(ReadOnlySpan<byte> body)
    {
        var fields = new List<KeyValuePair<string, string>>();
        foreach (var part in Encoding.UTF8.GetString(body).Split('&', MostFields, StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            fields.Add(equals < 0 ? new(Decode(part), "") : new(Decode(part[..equals]), Decode(part[(equals + 1)..])));
        }

        return fields;
    }

    public static string? First(this IReadOnlyList<KeyValuePair<string, string>> fields, string name)
    {
        foreach (var (key, value) in fields)
        {
            if (key == name)
            {
                return value;
            }
        }

        return null;
    }

    private static string Decode(string text) => WebUtility.UrlDecode(text);
}

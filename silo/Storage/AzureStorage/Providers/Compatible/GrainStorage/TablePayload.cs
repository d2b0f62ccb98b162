using Azure.Data.Tables;

namespace FollowUp.Storage.AzureStorage;

/// <summary>A payload in the properties of a row: <c>Data</c>, <c>Data1</c> … <c>Data14</c> as bytes, or <c>StringData</c> … <c>StringData14</c> as text. A property holds 64 KiB at most.</summary>
internal static class TablePayload
{
    private const string Binary = "Data";
    private const string Text = "StringData";

    /// <summary>Bytes of one property.</summary>
    private const int BinaryChunk = 64 * 1_024;

    /// <summary>UTF-16 characters of one property.</summary>
    private const int TextChunk = 32 * 1_024;

    /// <summary>Properties at most: a row holds 1 MiB.</summary>
    private const int MostChunks = 15;

    /// <exception cref="ArgumentOutOfRangeException">The payload is longer than a row can hold (960 KiB).</exception>
    public static void Write(TableEntity row, BinaryData payload, bool asText)
    {
        if (asText)
        {
            WriteText(row, payload.ToString());
            return;
        }

        var bytes = payload.ToMemory();
        Check(bytes.Length, BinaryChunk, "bytes");
        for (var chunk = 0; chunk * BinaryChunk < bytes.Length; chunk++)
        {
            row[NameOf(Binary, chunk)] = bytes.Slice(chunk * BinaryChunk, Math.Min(BinaryChunk, bytes.Length - (chunk * BinaryChunk))).ToArray();
        }
    }

    /// <summary>Null: the row carries none (a cleared state). Bytes are looked for first, then text, whichever the provider writes.</summary>
    /// <exception cref="FormatException">A property of bytes holds text that is no base64.</exception>
    public static BinaryData? Read(TableEntity row)
    {
        var bytes = new MemoryStream();
        for (var chunk = 0; chunk < MostChunks && row.TryGetValue(NameOf(Binary, chunk), out var value) && value is not null; chunk++)
        {
            // Some tools write binary properties as base64 text.
            bytes.Write(value switch
            {
                byte[] plain => plain,
                BinaryData plain => plain.ToMemory().Span,
                string base64 => Convert.FromBase64String(base64),
                _ => throw new FormatException($"{NameOf(Binary, chunk)} holds neither bytes nor text."),
            });
        }

        if (bytes.Length > 0)
        {
            return BinaryData.FromBytes(bytes.GetBuffer().AsMemory(0, (int)bytes.Length));
        }

        var texts = new List<string>();
        for (var chunk = 0; chunk < MostChunks && row.TryGetValue(NameOf(Text, chunk), out var value) && value is string text; chunk++)
        {
            texts.Add(text);
        }

        return string.Concat(texts) is { Length: > 0 } whole ? BinaryData.FromString(whole) : null;
    }

    private static void WriteText(TableEntity row, string text)
    {
        Check(text.Length, TextChunk, "characters");
        for (int chunk = 0, from = 0; from < text.Length; chunk++)
        {
            // The halves of a surrogate pair stay together: alone, neither survives the way to the service.
            var to = Math.Min(from + TextChunk, text.Length);
            to -= to < text.Length && char.IsHighSurrogate(text[to - 1]) ? 1 : 0;
            if (chunk == MostChunks)
            {
                throw TooLong(text.Length, TextChunk, "characters");
            }

            row[NameOf(Text, chunk)] = text[from..to];
            from = to;
        }
    }

    private static void Check(int length, int chunk, string unit)
    {
        if (length > MostChunks * chunk)
        {
            throw TooLong(length, chunk, unit);
        }
    }

    private static ArgumentOutOfRangeException TooLong(int length, int chunk, string unit) =>
        new(nameof(length), length, $"The state is too long for a row of a table: {length} {unit}, {MostChunks * chunk} at most.");

    private static string NameOf(string property, int chunk) => chunk == 0 ? property : $"{property}{chunk}";
}

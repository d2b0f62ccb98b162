using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using FollowUp.Ports;

namespace FollowUp.Storage.AzureStorage;

/// <summary>Which index rows are a document's: stored in the document and in its rows. Says enough to find the rows again, and whether columns changed.</summary>
internal sealed record IndexStamp(long ActivityTicks, long? DueTicks, string Columns, string Nonce)
{
    /// <summary>A new one with every change of the columns: rows of a write that failed are never taken for those of another.</summary>
    public static IndexStamp For(IndexEntry entry) =>
        new(entry.LastActivityAt.UtcTicks, entry.NextDueAt?.UtcTicks, HashOf(entry), RandomNumberGenerator.GetHexString(12, lowercase: true));

    public bool HasColumnsOf(IndexEntry entry) => ActivityTicks == entry.LastActivityAt.UtcTicks && Columns == HashOf(entry);

    /// <summary>Null: no stamp.</summary>
    public static IndexStamp? Parse(string? text) =>
        text?.Split('.') is [var activity, var due, var columns, var nonce]
            ? new IndexStamp(long.Parse(activity, CultureInfo.InvariantCulture), due.Length == 0 ? null : long.Parse(due, CultureInfo.InvariantCulture), columns, nonce)
            : null;

    /// <summary>The stamp of a stored document; null: it is in no list.</summary>
    public static string? Of(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var wanted = reader.ValueTextEquals("indexStamp"u8);
            reader.Read();
            if (wanted)
            {
                return reader.GetString();
            }

            reader.Skip();
        }

        return null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{ActivityTicks}.{DueTicks}.{Columns}.{Nonce}");

    private static string HashOf(IndexEntry entry) => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entry, StateJson.Options)).AsSpan(0, 8));
}

using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace FollowUp.Security.ProtectionKeys;

/// <summary>Seals a key's XML with AES-256-GCM: nonce, tag and ciphertext in base64.</summary>
internal sealed class KeySealing(AddressKey key) : IXmlEncryptor
{
    internal const string Use = "FollowUp.ProtectionKeys";
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        ArgumentNullException.ThrowIfNull(plaintextElement);
        var plain = Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var whole = new byte[NonceLength + TagLength + plain.Length];
        var (nonce, tag, sealedBytes) = Parts(whole);
        RandomNumberGenerator.Fill(nonce.Span);
        using var aes = new AesGcm(key.Derive(Use), TagLength);
        aes.Encrypt(nonce.Span, plain, sealedBytes.Span, tag.Span);
        return new EncryptedXmlInfo(new XElement("sealedKey", Convert.ToBase64String(whole)), typeof(KeyOpening));
    }

    internal static XElement Open(AddressKey key, XElement sealedElement)
    {
        var whole = Convert.FromBase64String(sealedElement.Value);
        if (whole.Length < NonceLength + TagLength)
        {
            throw new CryptographicException("The sealed key is cut off.");
        }

        var (nonce, tag, sealedBytes) = Parts(whole);
        var plain = new byte[sealedBytes.Length];
        using var aes = new AesGcm(key.Derive(Use), TagLength);
        aes.Decrypt(nonce.Span, sealedBytes.Span, tag.Span, plain);
        return XElement.Parse(Encoding.UTF8.GetString(plain));
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Sealed) Parts(byte[] whole) =>
        (whole.AsMemory(0, NonceLength), whole.AsMemory(NonceLength, TagLength), whole.AsMemory(NonceLength + TagLength));
}

/// <summary>Opens it again; the framework makes it from its name in the XML.</summary>
internal sealed class KeyOpening(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement) => KeySealing.Open(services.GetRequiredService<AddressKey>(), encryptedElement);
}

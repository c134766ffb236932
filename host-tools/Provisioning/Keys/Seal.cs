// Authenticated encryption of short secrets: AES-256-GCM (NIST SP 800-38D) with a random nonce, bound to what it is for.
using System.Security.Cryptography;
using System.Text;

namespace Provisioning.Keys;

/// <summary>Seals and opens: nonce 12, tag 16, ciphertext.</summary>
internal static class Seal
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    /// <summary>Seals.</summary>
    /// <param name="key">32 bytes.</param>
    /// <param name="secret">What to hide.</param>
    /// <param name="purpose">What it is for: opened for anything else, it does not open.</param>
    public static byte[] Close(AesGcm key, ReadOnlySpan<byte> secret, string purpose)
    {
        byte[] sealedBytes = new byte[NonceLength + TagLength + secret.Length];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        key.Encrypt(nonce, secret, sealedBytes.AsSpan(NonceLength + TagLength), sealedBytes.AsSpan(NonceLength, TagLength), Encoding.UTF8.GetBytes(purpose));
        return sealedBytes;
    }

    /// <summary>Opens; null when the key is another one, the purpose is, or the bytes were changed.</summary>
    public static byte[]? Open(AesGcm key, ReadOnlySpan<byte> sealedBytes, string purpose)
    {
        if (sealedBytes.Length < NonceLength + TagLength)
        {
            return null;
        }

        byte[] secret = new byte[sealedBytes.Length - NonceLength - TagLength];
        try
        {
            key.Decrypt(sealedBytes[..NonceLength], sealedBytes[(NonceLength + TagLength)..], sealedBytes.Slice(NonceLength, TagLength), secret, Encoding.UTF8.GetBytes(purpose));
            return secret;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public static AesGcm Key(byte[] key) => new(key, TagLength);
}

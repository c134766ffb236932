// The keys of a multicast group: made, enciphered for a member, and the session keys that follow from them (TS005-1.0.0, section 4.2; for LoRaWAN 1.0.x). Nothing is
// kept here; the vault seals what is.
using System.Buffers.Binary;
using System.Security.Cryptography;
using Provisioning.NetworkServers;

namespace Provisioning.Downlinks.Multicast;

/// <summary>Key derivation of remote multicast set-up, as a server has it.</summary>
internal static class GroupKeys
{
    /// <summary>Bytes of a key.</summary>
    public const int KeyLength = 16;

    private const byte AppPrefix = 0x01;
    private const byte NetworkPrefix = 0x02;

    /// <summary>A new McKey from the system's random generator, never all zero.</summary>
    public static byte[] NewMcKey()
    {
        byte[] key;
        do
        {
            key = RandomNumberGenerator.GetBytes(KeyLength);
        }
        while (!key.AsSpan().ContainsAnyExcept((byte)0));
        return key;
    }

    /// <summary>
    /// McKey_encrypted for a member: AES decryption of McKey with McKEKey, so that the device needs encryption only. McRootKey = AES(GenAppKey, 0), McKEKey =
    /// AES(McRootKey, 0).
    /// </summary>
    /// <param name="genAppKey">The member's GenAppKey, 16 bytes.</param>
    /// <param name="mcKey">McKey, 16 bytes.</param>
    public static byte[] EncryptFor(ReadOnlySpan<byte> genAppKey, ReadOnlySpan<byte> mcKey)
    {
        byte[] mcRootKey = Encrypt(genAppKey, new byte[KeyLength]);
        byte[] mcKeKey = Encrypt(mcRootKey, new byte[KeyLength]);
        try
        {
            using Aes aes = With(mcKeKey);
            return aes.DecryptEcb(mcKey, PaddingMode.None);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(mcRootKey);
            CryptographicOperations.ZeroMemory(mcKeKey);
        }
    }

    /// <summary>McAppSKey = AES(McKey, 01 | McAddr) and McNwkSKey = AES(McKey, 02 | McAddr), the address with its lowest byte first.</summary>
    /// <param name="mcKey">McKey, 16 bytes.</param>
    /// <param name="mcAddr">McAddr.</param>
    public static MulticastKeys SessionKeys(ReadOnlySpan<byte> mcKey, uint mcAddr) => new(SessionKey(mcKey, NetworkPrefix, mcAddr), SessionKey(mcKey, AppPrefix, mcAddr));

    private static string SessionKey(ReadOnlySpan<byte> mcKey, byte prefix, uint mcAddr)
    {
        byte[] block = new byte[KeyLength];
        block[0] = prefix;
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(1), mcAddr);
        return Convert.ToHexStringLower(Encrypt(mcKey, block));
    }

    private static byte[] Encrypt(ReadOnlySpan<byte> key, byte[] block)
    {
        using Aes aes = With(key);
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    private static Aes With(ReadOnlySpan<byte> key)
    {
        Aes aes = Aes.Create();
        aes.Key = key.ToArray();
        return aes;
    }
}

// The tester's cryptography: AES from the system, the rest written from the specifications and not shared with the controller, so that an error in
// one of them shows as a disagreement.
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Simulation.Conformance.Bench;

/// <summary>AES-CMAC (RFC 4493), the ciphers and the integrity codes of TS001-1.0.4, sections 4.3.3, 4.4 and 6.2.</summary>
internal static class TesterCrypto
{
    private const int BlockLength = 16;

    /// <summary>AES-CMAC of a message.</summary>
    public static byte[] Cmac(byte[] key, ReadOnlySpan<byte> message)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        byte[] subkey = new byte[BlockLength];
        aes.EncryptEcb(subkey, subkey, PaddingMode.None);
        Double(subkey);
        int blockCount = Math.Max(1, (message.Length + BlockLength - 1) / BlockLength);
        byte[] padded = new byte[blockCount * BlockLength];
        message.CopyTo(padded);
        if (message.Length == 0 || message.Length % BlockLength != 0)
        {
            padded[message.Length] = 0x80;
            Double(subkey);
        }

        for (int i = 0; i < BlockLength; i++)
        {
            padded[padded.Length - BlockLength + i] ^= subkey[i];
        }

        // CMAC is the last block of CBC with a zero vector.
        byte[] chained = aes.EncryptCbc(padded, new byte[BlockLength], PaddingMode.None);
        return chained[^BlockLength..];
    }

    /// <summary>One or more blocks through AES.</summary>
    public static byte[] Encrypt(byte[] key, byte[] blocks)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.EncryptEcb(blocks, PaddingMode.None);
    }

    /// <summary>One or more blocks through the inverse of AES: what a join server does to a join-accept.</summary>
    public static byte[] Decrypt(byte[] key, byte[] blocks)
    {
        using Aes aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptEcb(blocks, PaddingMode.None);
    }

    /// <summary>FRMPayload enciphered or deciphered.</summary>
    public static byte[] Payload(byte[] key, bool isDownlink, uint devAddr, uint fCnt, byte[] payload)
    {
        byte[] blocks = new byte[(payload.Length + BlockLength - 1) / BlockLength * BlockLength];
        for (int i = 0; i < blocks.Length; i += BlockLength)
        {
            FillBlock(blocks.AsSpan(i, BlockLength), 0x01, isDownlink, devAddr, fCnt, (byte)((i / BlockLength) + 1));
        }

        byte[] stream = blocks.Length == 0 ? blocks : Encrypt(key, blocks);
        byte[] result = new byte[payload.Length];
        for (int i = 0; i < result.Length; i++)
        {
            result[i] = (byte)(payload[i] ^ stream[i]);
        }

        return result;
    }

    /// <summary>MIC of a data frame without its MIC.</summary>
    public static byte[] DataMic(byte[] key, bool isDownlink, uint devAddr, uint fCnt, ReadOnlySpan<byte> frame)
    {
        byte[] message = new byte[BlockLength + frame.Length];
        FillBlock(message.AsSpan(0, BlockLength), 0x49, isDownlink, devAddr, fCnt, (byte)frame.Length);
        frame.CopyTo(message.AsSpan(BlockLength));
        return Cmac(key, message)[..4];
    }

    private static void FillBlock(Span<byte> block, byte first, bool isDownlink, uint devAddr, uint fCnt, byte last)
    {
        block.Clear();
        block[0] = first;
        block[5] = (byte)(isDownlink ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(block[6..], devAddr);
        BinaryPrimitives.WriteUInt32LittleEndian(block[10..], fCnt);
        block[15] = last;
    }

    // Multiplication by x in GF(2^128).
    private static void Double(byte[] block)
    {
        int carry = 0;
        for (int i = BlockLength - 1; i >= 0; i--)
        {
            int shifted = (block[i] << 1) | carry;
            carry = shifted >> 8;
            block[i] = (byte)shifted;
        }

        if (carry != 0)
        {
            block[BlockLength - 1] ^= 0x87;
        }
    }
}

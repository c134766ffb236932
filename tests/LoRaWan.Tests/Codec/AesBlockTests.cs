// The AES block against FIPS 197 and the system's AES, with the processor's instructions and without.
using System.Security.Cryptography;
using Simulation.Engine;
using Simulation.Parts;
using Xunit;

namespace LoRaWan.Tests.Codec;

public class AesBlockTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Fips197_appendix_C1(bool allowInstructions)
    {
        AesBlock aes = new(allowInstructions);
        byte[] block = Hex.Bytes("00112233445566778899aabbccddeeff");
        aes.SelectKey(Hex.Bytes("000102030405060708090a0b0c0d0e0f"));

        aes.EncryptBlock(block, 0);
        Assert.Equal("69c4e0d86a7b0430d8cdb78070b4c55a", Hex.Text(block, 16));

        aes.DecryptBlock(block, 0);
        Assert.Equal("00112233445566778899aabbccddeeff", Hex.Text(block, 16));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Random_keys_and_blocks_agree_with_the_system_whatever_was_selected_before(bool allowInstructions)
    {
        RandomStream random = new(1, "aes", 0);
        AesBlock aes = new(allowInstructions);
        byte[][] keys = [.. Enumerable.Range(0, 5).Select(_ => Bytes(random, 16))];
        for (int i = 0; i < 500; i++)
        {
            byte[] key = keys[random.Next(keys.Length)];
            if (random.Next(20) == 0)
            {
                // A rejoin: the same array with another key in it.
                Bytes(random, 16).CopyTo(key, 0);
            }

            byte[] data = Bytes(random, 40);
            int offset = random.Next(25);
            byte[] expected = (byte[])data.Clone();
            using Aes system = Aes.Create();
            system.Key = key;
            system.EncryptEcb(data.AsSpan(offset, 16), PaddingMode.None).CopyTo(expected, offset);
            byte[] original = (byte[])data.Clone();

            aes.SelectKey(key);
            aes.EncryptBlock(data, offset);
            Assert.Equal(expected, data);

            aes.DecryptBlock(data, offset);
            Assert.Equal(original, data);
        }
    }

    [Fact]
    public void Misuse_is_refused()
    {
        AesBlock aes = new();
        Assert.Throws<InvalidOperationException>(() => aes.EncryptBlock(new byte[16], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => aes.SelectKey(new byte[15]));
        aes.SelectKey(new byte[16]);
        Assert.Throws<ArgumentOutOfRangeException>(() => aes.EncryptBlock(new byte[16], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => aes.EncryptBlock(new byte[16], -1));
    }

    private static byte[] Bytes(RandomStream random, int length)
    {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Next(256);
        }

        return bytes;
    }
}

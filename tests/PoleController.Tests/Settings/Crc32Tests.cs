// Crc32 against published check values and against the base library.
using System.IO.Compression;
using System.Text;
using Xunit;

namespace PoleController.Tests.Settings;

public sealed class Crc32Tests
{
    [Theory]
    [InlineData("", 0x00000000u)]
    [InlineData("123456789", 0xCBF43926u)]
    [InlineData("The quick brown fox jumps over the lazy dog", 0x414FA339u)]
    public void Published_values_come_out(string text, uint crc)
    {
        byte[] bytes = Encoding.ASCII.GetBytes(text);
        Assert.Equal(crc, Crc32.Compute(bytes, 0, bytes.Length));
    }

    [Fact]
    public void Any_bytes_have_the_CRC_that_gzip_gives_them()
    {
        Random random = new(32);
        for (int length = 1; length < 600; length += 13)
        {
            byte[] bytes = new byte[length];
            random.NextBytes(bytes);
            using MemoryStream compressed = new();
            using (GZipStream gzip = new(compressed, CompressionLevel.Fastest, true))
            {
                gzip.Write(bytes);
            }

            // RFC 1952: the trailer is the CRC-32 and the length, least significant byte first.
            byte[] file = compressed.ToArray();
            Assert.Equal(BitConverter.ToUInt32(file, file.Length - 8), Crc32.Compute(bytes, 0, length));
        }
    }
}

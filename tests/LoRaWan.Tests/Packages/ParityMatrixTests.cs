// The code of TS004 against another's fragments: brocaar/lorawan, applayer/fragmentation/encode_test.go.
using PoleController.LoRaWan.Packages;
using Xunit;

namespace LoRaWan.Tests.Packages;

public class ParityMatrixTests
{
    [Fact]
    public void Coded_fragments_of_ten_as_brocaar_has_them()
    {
        string[] coded =
        [
            "262622222e2e22222626", "545556575859 6a6b7c7d", "5c5d6e6f100102030405", "363632323e3e22223636", "3a3a0e0e0a0a06060a0a",
            "0e0e3232363622223e3e", "02020e0e727276766262", "1e1e1a1a66665a5a4e4e", "1a1b1c1d1e1f30312223", "222324252627 18190a0b",
        ];
        coded[2] = "5c5d6e6f1011" + "02030405";
        byte[] block = [.. Enumerable.Range(0, 100).Select(i => (byte)i)];
        byte[] fragment = new byte[10];
        byte[] line = new byte[2];
        for (int n = 1; n <= 20; n++)
        {
            ParityMatrix.EncodeFragment(block, 10, 10, n, line, fragment, 0);
            string expected = n <= 10 ? Hex.Text(block, (n - 1) * 10, 10) : coded[n - 11].Replace(" ", "", StringComparison.Ordinal);
            Assert.Equal(expected, Hex.Text(fragment, 10));
        }
    }

    [Fact]
    public void Given_any_number_of_fragments_When_a_line_is_made_Then_it_follows_the_generator_of_the_specification()
    {
        for (int count = 1; count <= 300; count++)
        {
            byte[] line = new byte[(count + 7) / 8];
            for (int coded = 1; coded < 40; coded++)
            {
                ParityMatrix.FillLine(coded, count, line);
                bool[] expected = Line(coded, count);
                for (int i = 0; i < line.Length * 8; i++)
                {
                    Assert.Equal(i < count && expected[i], ((line[i / 8] >> (i % 8)) & 1) != 0);
                }
            }
        }
    }

    // Annex A of TS004, written down from its text with another arithmetic.
    private static bool[] Line(long coded, long count)
    {
        bool[] line = new bool[count];
        bool isPowerOfTwo = count == 1L << (int)Math.Round(Math.Log2(count));
        long x = 1 + (1001 * coded);
        for (long found = 0; found < count / 2; found++)
        {
            long r = 1 << 16;
            while (r >= count)
            {
                long bit = ((x & 32) / 32) ^ (x % 2);
                x = (x / 2) + (bit * (1L << 22));
                r = x % (count + (isPowerOfTwo ? 1 : 0));
            }

            line[r] = true;
        }

        return line;
    }
}

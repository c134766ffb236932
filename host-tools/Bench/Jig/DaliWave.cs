// Forward frames in a sampled DALI bus (IEC 62386-101: 1,200 bit/s, Manchester, high at rest, a start bit, then 16 or 24 bits).
namespace Bench.Jig;

/// <summary>A forward frame.</summary>
/// <param name="Bits">16, or 24 of control devices.</param>
/// <param name="Value">The bits after the start bit.</param>
internal readonly record struct DaliFrame(int Bits, int Value)
{
    private const int BroadcastDirect = 0xFE;

    /// <summary>The arc power level of a direct command (IEC 62386-102, DAPC: address byte even), or -1 for every other frame.</summary>
    public int ArcPower => Bits == 16 && ((Value >> 8) & 1) == 0 && IsGearAddress(Value >> 8) ? Value & 0xFF : -1;

    // 0AAAAAA0 short, 100AAAA0 group, 11111100 unaddressed, 11111110 broadcast; between them are special commands and what is reserved.
    private static bool IsGearAddress(int address) => address < 0x80 || (address & 0xE0) == 0x80 || address is BroadcastDirect or 0xFC;
}

/// <summary>Finds frames.</summary>
internal static class DaliWave
{
    private const double HalfBitUs = 1e6 / 2400;
    private const double PauseUs = 2400;
    private const int ShortestBits = 16;
    private const int LongestBits = 24;

    /// <summary>The whole forward frames in a row of samples, the oldest first. One that the row's begin or end cuts is none.</summary>
    /// <param name="samples">Whether the bus was high.</param>
    /// <param name="samplesPerSecond">How often it was looked at; 10,000 or more.</param>
    public static IReadOnlyList<DaliFrame> Find(bool[] samples, int samplesPerSecond)
    {
        List<DaliFrame> frames = [];
        double samplesPerHalf = HalfBitUs * samplesPerSecond / 1e6;
        int pause = (int)(PauseUs * samplesPerSecond / 1e6);
        int high = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            if (samples[i])
            {
                high++;
            }
            else
            {
                int end = high >= pause ? EndOf(samples, i, pause) : -1;
                if (end > 0 && TryRead(samples, i, samplesPerHalf, end, out DaliFrame frame))
                {
                    frames.Add(frame);
                }

                i = end > 0 ? end : i;
                high = 0;
            }
        }

        return frames;
    }

    // Where the bus has come to rest after a frame; -1 when the row ends before.
    private static int EndOf(bool[] samples, int begin, int pause)
    {
        int high = 0;
        for (int i = begin; i < samples.Length; i++)
        {
            high = samples[i] ? high + 1 : 0;
            if (high == pause)
            {
                return i - pause;
            }
        }

        return -1;
    }

    // From the middle of one bit to the middle of the next are two halves, with an edge between them where both bits are the same. So each edge in the
    // middle sets the clock anew, and a sender that is 10 % off is read (IEC 62386-101). Up in the middle is a one; the start bit is one.
    private static bool TryRead(bool[] samples, int begin, double samplesPerHalf, int end, out DaliFrame frame)
    {
        frame = default;
        double between = 1.5 * samplesPerHalf;
        int middle = NextEdge(samples, begin, end);
        if (middle < 0 || middle - begin > between)
        {
            return false;
        }

        int bits = 0;
        int value = 0;
        while (true)
        {
            int edge = NextEdge(samples, middle, end);
            if (edge >= 0 && edge - middle < between)
            {
                // The border of two bits, and then the middle of the next; after the last bit only the border.
                int border = edge;
                edge = NextEdge(samples, border, end);
                if (edge >= 0 && edge - border > between)
                {
                    return false;
                }
            }

            if (edge < 0)
            {
                break;
            }

            if (edge - middle > 2.5 * samplesPerHalf || bits == LongestBits)
            {
                return false;
            }

            value = (value << 1) | (samples[edge] ? 1 : 0);
            bits++;
            middle = edge;
        }

        frame = new DaliFrame(bits, value);
        return bits is ShortestBits or LongestBits;
    }

    // The first sample of the other level; the bus comes to rest with the edge after the last low sample.
    private static int NextEdge(bool[] samples, int from, int end)
    {
        for (int i = from + 1; i <= end + 1 && i < samples.Length; i++)
        {
            if (samples[i] != samples[i - 1])
            {
                return i;
            }
        }

        return -1;
    }
}

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

    // In each bit the first half is the opposite of the second; a one goes up. The middle of each half is looked at.
    private static bool TryRead(bool[] samples, int begin, double samplesPerHalf, int end, out DaliFrame frame)
    {
        int halves = (int)Math.Round((end + 1 - begin) / samplesPerHalf);
        int bits = ((halves + 1) / 2) - 1;
        int value = 0;
        for (int i = 0; i <= bits; i++)
        {
            bool first = At(samples, begin + (((2 * i) + 0.5) * samplesPerHalf));
            bool second = At(samples, begin + (((2 * i) + 1.5) * samplesPerHalf));
            if (first == second || (i == 0 && !second))
            {
                frame = default;
                return false;
            }

            value = i == 0 ? 0 : (value << 1) | (second ? 1 : 0);
        }

        frame = new DaliFrame(bits, value);
        return bits is ShortestBits or 24;
    }

    private static bool At(bool[] samples, double index) => index >= samples.Length || samples[(int)index];
}

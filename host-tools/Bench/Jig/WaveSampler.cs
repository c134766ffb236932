// A logic analyser of one channel made of an SPI bus: its clock takes a sample of MISO with every bit, as evenly as user space never could. What the wave means is
// PwmWave's and DaliWave's.
using System.Device.Spi;
using Bench.Boards;

namespace Bench.Jig;

/// <summary>Samples a line.</summary>
internal sealed class WaveSampler(SpiDevice spi, BoardSignal signal)
{
    /// <summary>Bytes that the kernel's spidev moves in one piece (module parameter bufsiz, 4,096 where nobody changed it).</summary>
    private const int PieceLength = 4096;

    private const int BitsPerByte = 8;

    private readonly byte[] _piece = new byte[PieceLength];

    /// <summary>Samples a second.</summary>
    public int SamplesPerSecond => signal.SpeedHz;

    /// <summary>Takes samples without a gap: 32,768 of them.</summary>
    /// <returns>Whether the line outside was high, the oldest first.</returns>
    /// <exception cref="IOException">The bus failed.</exception>
    public bool[] Take()
    {
        spi.Read(_piece);
        bool[] samples = new bool[PieceLength * BitsPerByte];
        for (int i = 0; i < samples.Length; i++)
        {
            bool isHigh = ((_piece[i / BitsPerByte] >> (BitsPerByte - 1 - (i % BitsPerByte))) & 1) != 0;
            samples[i] = isHigh != signal.IsInverted;
        }

        return samples;
    }
}

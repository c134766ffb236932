// What Sensirion's simulated I2C parts have in common: commands of 16 bits with words behind them, checksums, execution times during which the part does
// not acknowledge, answers that can be read once. Which commands there are is the part's.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>A simulated Sensirion part.</summary>
public abstract class SensirionPart : I2cPart
{
    private static readonly byte[] Checksums = MakeChecksums();

    private readonly byte[] _answer = new byte[180];
    private int _answerLength;
    private int _answerNext;
    private long _busyUntilUs;

    /// <summary>Makes it.</summary>
    protected SensirionPart(PartClock clock)
        : base(clock)
    {
    }

    /// <summary>Counts commands that the part did not take: unknown, in the wrong state, or with a wrong checksum.</summary>
    public int RefusedCount { get; private set; }

    /// <summary>Whether the part hears its address at all.</summary>
    protected virtual bool IsAwake => true;

    /// <inheritdoc/>
    public override void Restart()
    {
        _answerLength = 0;
        _answerNext = 0;
        _busyUntilUs = NowUs;
    }

    /// <inheritdoc/>
    public override I2cResult Write(ReadOnlySpan<byte> data)
    {
        if (NowUs < _busyUntilUs)
        {
            return I2cResult.AddressNotAcknowledged;
        }

        int command = data.Length >= 2 ? (data[0] << 8) | data[1] : -1;
        if (!IsAwake)
        {
            WakeBy(command);
            return I2cResult.AddressNotAcknowledged;
        }

        Span<int> words = stackalloc int[(data.Length - 2) / 3];
        bool isRight = data.Length >= 2 && (data.Length - 2) % 3 == 0;
        for (int i = 0; i < words.Length && isRight; i++)
        {
            ReadOnlySpan<byte> word = data.Slice(2 + (3 * i), 3);
            words[i] = (word[0] << 8) | word[1];
            isRight = Crc(word[0], word[1]) == word[2];
        }

        _answerLength = 0;
        _answerNext = 0;
        if (!isRight || !Execute(command, words))
        {
            RefusedCount++;
            return I2cResult.Partial;
        }

        return IsSilentAbout(command) ? I2cResult.AddressNotAcknowledged : I2cResult.Ok;
    }

    /// <inheritdoc/>
    public override I2cResult Read(Span<byte> data)
    {
        if (NowUs < _busyUntilUs || !IsAwake || _answerNext >= _answerLength)
        {
            return I2cResult.AddressNotAcknowledged;
        }

        // The reader may end the transfer after any byte; what is left is gone with the next command.
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = _answerNext < _answerLength ? _answer[_answerNext++] : (byte)0xFF;
        }

        _answerNext = _answerLength;
        return I2cResult.Ok;
    }

    /// <summary>The checksum of a word.</summary>
    internal static byte Crc(byte high, byte low) => Checksums[Checksums[0xFF ^ high] ^ low];

    /// <summary>Carries out a command.</summary>
    /// <returns>False when the part refuses it.</returns>
    protected abstract bool Execute(int command, ReadOnlySpan<int> words);

    /// <summary>Hears a command while asleep.</summary>
    protected virtual void WakeBy(int command)
    {
    }

    /// <summary>Whether the part carries a command out without acknowledging it.</summary>
    protected virtual bool IsSilentAbout(int command) => false;

    /// <summary>The part is busy for a time.</summary>
    protected void Busy(long durationUs) => _busyUntilUs = NowUs + durationUs;

    /// <summary>Adds a word to the answer.</summary>
    protected void Answer(int word)
    {
        byte high = (byte)(word >> 8);
        byte low = (byte)word;
        _answer[_answerLength++] = high;
        _answer[_answerLength++] = low;
        _answer[_answerLength++] = Crc(high, low);
    }

    // What a byte alone does to the checksum, by its definition: x^8 + x^5 + x^4 + 1.
    private static byte[] MakeChecksums()
    {
        byte[] checksums = new byte[256];
        for (int value = 0; value < checksums.Length; value++)
        {
            uint remainder = (uint)value << 8;
            for (int bit = 15; bit >= 8; bit--)
            {
                if ((remainder & (1u << bit)) != 0)
                {
                    remainder ^= 0x131u << (bit - 8);
                }
            }

            checksums[value] = (byte)remainder;
        }

        return checksums;
    }
}

// A LIS3DH as its data sheet describes it (ST DocID17530, AN3308): registers, memory of 32 samples as a stream, high-pass filter and threshold of INT1
// with its latch and pin. The click detector, the second interrupt, the converter and the other modes of the memory are not there.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>Acceleration in thousandths of standard gravity.</summary>
/// <param name="X">Along x.</param>
/// <param name="Y">Along y.</param>
/// <param name="Z">Along z.</param>
public readonly record struct Acceleration(double X, double Y, double Z);

/// <summary>A simulated LIS3DH. What it was knocked with it is told; everything else it works out when it is asked.</summary>
public sealed class Lis3dhPart : I2cPart, IDigitalInput
{
    private const int MemorySize = 32;
    private const double KnockDecayUs = 40_000;
    private const double KnockPeriodUs = 50_000;

    private readonly Func<long, Acceleration> _rest;
    private readonly byte[] _registers = new byte[64];
    private int _pointer;
    private long _takenSample;
    private int _byteInSample;
    private bool _isLatched;
    private Acceleration _knock;
    private long _knockUs = long.MaxValue;
    private readonly int[] _lastDigits = new int[3];
    private long _lastSample = long.MinValue;
    private long _lastUs;
    private int _lastRateHz;
    private int _lastFullScale;

    // The newest sample at the time of the transfer: in one transfer time stands still.
    private long _newest;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="rest">Acceleration while nobody knocks, gravity included, at a time in microseconds.</param>
    public Lis3dhPart(PartClock clock, Func<long, Acceleration> rest)
        : base(clock)
    {
        _rest = rest;
        Restart();
    }

    /// <summary>Noise of a sample in thousandths of standard gravity, peak.</summary>
    public double NoiseMilligravities { get; set; } = 6;

    /// <summary>Whether the wire of INT1 hangs active.</summary>
    public bool IsLineStuck { get; set; }

    /// <summary>INT1.</summary>
    public bool IsActive => IsLineStuck || (_isLatched && (_registers[0x22] & 0x40) != 0);

    private int RateHz => (_registers[0x20] >> 4) switch
    {
        1 => 1,
        2 => 10,
        3 => 25,
        4 => 50,
        5 => 100,
        6 => 200,
        7 => 400,
        _ => 0,
    };

    private int FullScale => (_registers[0x23] >> 4) & 3;

    private long Sample => RateHz == 0 ? _takenSample : NowUs * RateHz / 1_000_000;

    /// <inheritdoc/>
    public override void Restart()
    {
        Array.Clear(_registers);
        _registers[0x0F] = 0x33;
        _registers[0x20] = 0x07;
        _pointer = 0;
        _takenSample = 0;
        _byteInSample = 0;
        _isLatched = false;
    }

    /// <summary>Somebody knocks against the pole: a swinging that dies away.</summary>
    /// <param name="peak">How hard, beside gravity.</param>
    /// <returns>Whether INT1 became active by it.</returns>
    public bool Knock(Acceleration peak)
    {
        _knock = peak;
        _knockUs = NowUs;
        _lastSample = long.MinValue;
        bool wasActive = IsActive;
        double threshold = (_registers[0x32] & 0x7F) * (16 * (FullScale switch { 0 => 1, 1 => 2, 2 => 3.875, _ => 11.625 }));
        int axes = _registers[0x30];
        bool isExceeded = ((axes & 0x02) != 0 && Math.Abs(peak.X) > threshold) || ((axes & 0x08) != 0 && Math.Abs(peak.Y) > threshold)
            || ((axes & 0x20) != 0 && Math.Abs(peak.Z) > threshold);

        // Without the high-pass filter gravity itself would be over the threshold; drivers that forget it are of no use here.
        bool isFiltered = (_registers[0x21] & 0x01) != 0;
        if (RateHz > 0 && isExceeded && isFiltered && (_registers[0x24] & 0x08) != 0)
        {
            _isLatched = true;
        }

        return IsActive && !wasActive;
    }

    /// <inheritdoc/>
    public override I2cResult Write(ReadOnlySpan<byte> data)
    {
        _pointer = data[0];
        for (int i = 1; i < data.Length; i++)
        {
            WriteRegister((_pointer & 0x7F) + ((_pointer & 0x80) != 0 ? i - 1 : 0), data[i]);
        }

        return I2cResult.Ok;
    }

    /// <inheritdoc/>
    public override I2cResult Read(Span<byte> data)
    {
        _newest = Sample;
        int register = _pointer & 0x7F;
        bool isIncrementing = (_pointer & 0x80) != 0;
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = ReadRegister(register);

            // In the memory's registers the address goes round (AN3308, section 9.3).
            register = !isIncrementing ? register : register == 0x2D ? 0x28 : register + 1;
        }

        return I2cResult.Ok;
    }

    private void WriteRegister(int register, byte value)
    {
        if (register is >= 0x1F and <= 0x25 or >= 0x2E and <= 0x3F && register is not (0x2F or 0x31))
        {
            if (register == 0x20 && RateHz == 0)
            {
                _takenSample = NowUs * 200 / 1_000_000;
            }

            _registers[register] = value;
            _takenSample = register is 0x20 or 0x2E ? Sample : _takenSample;
        }
    }

    private byte ReadRegister(int register)
    {
        switch (register)
        {
            case 0x2F:
                int waiting = Waiting();
                return (byte)(waiting >= MemorySize ? 0xC0 | (MemorySize - 1) : waiting == 0 ? 0x20 : waiting);
            case 0x31:
                byte source = (byte)(_isLatched ? 0x40 | 0x2A : 0);
                _isLatched = false;
                return source;
            case >= 0x28 and <= 0x2D:
                return ReadOutput(register - 0x28);
            default:
                return register < _registers.Length ? _registers[register] : (byte)0;
        }
    }

    private bool IsStream => (_registers[0x24] & 0x40) != 0 && (_registers[0x2E] & 0xC0) == 0x80;

    private int Waiting()
    {
        if (!IsStream)
        {
            return 0;
        }

        _takenSample = Math.Max(_takenSample, _newest - MemorySize);
        return (int)(_newest - _takenSample);
    }

    private byte ReadOutput(int index)
    {
        int waiting = Waiting();
        long sample = waiting > 0 ? _takenSample + 1 : _newest;
        int digits = DigitsAt(sample, index / 2);
        _byteInSample++;
        if (_byteInSample == 6)
        {
            _byteInSample = 0;
            _takenSample += waiting > 0 ? 1 : 0;
        }

        return (byte)((index & 1) == 0 ? digits : digits >> 8);
    }

    private int DigitsAt(long sample, int axis)
    {
        // A sample is read byte by byte: six times the same one. Without a rate it is the present moment's.
        int rateHz = RateHz;
        int fullScale = FullScale;
        if (sample != _lastSample || rateHz != _lastRateHz || fullScale != _lastFullScale || (rateHz == 0 && NowUs != _lastUs))
        {
            Acceleration measured = Measure(sample, rateHz == 0 ? NowUs : sample * 1_000_000 / rateHz);
            double perDigit = fullScale switch { 0 => 1, 1 => 2, 2 => 4, _ => 12 };
            _lastDigits[0] = Digits(measured.X, perDigit);
            _lastDigits[1] = Digits(measured.Y, perDigit);
            _lastDigits[2] = Digits(measured.Z, perDigit);
            _lastSample = sample;
            _lastRateHz = rateHz;
            _lastFullScale = fullScale;
            _lastUs = NowUs;
        }

        return _lastDigits[axis];
    }

    private static int Digits(double milligravities, double perDigit) => (int)Math.Clamp(Math.Round(milligravities / perDigit), -2048, 2047) << 4;

    private Acceleration Measure(long sample, long atUs)
    {
        Acceleration rest = _rest(atUs);
        double swing = 0;
        if (_knockUs <= atUs)
        {
            // The first swing is whole, then it dies away.
            double sinceUs = atUs - _knockUs;
            swing = Math.Exp(-sinceUs / KnockDecayUs) * Math.Cos(2 * Math.PI * sinceUs / KnockPeriodUs);
        }

        return new Acceleration(
            rest.X + (_knock.X * swing) + Noise(sample, 1), rest.Y + (_knock.Y * swing) + Noise(sample, 2), rest.Z + (_knock.Z * swing) + Noise(sample, 3));
    }

    // The same sample has the same noise whenever it is read.
    private double Noise(long sample, int axis)
    {
        ulong hash = ((ulong)sample * 0x9E3779B97F4A7C15) ^ ((ulong)axis * 0xD1342543DE82EF95);
        hash = (hash ^ (hash >> 29)) * 0xBF58476D1CE4E5B9;
        return NoiseMilligravities * (((hash >> 11) * (2.0 / (1UL << 53))) - 1);
    }
}

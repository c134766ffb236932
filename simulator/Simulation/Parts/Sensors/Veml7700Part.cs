// A VEML7700 as its data sheet describes it (Vishay 84286, application note 84323): configuration, ambient light and identity registers, integration
// from the moment it is switched on, counts that saturate, reading low above 1,000 lx. Interrupts, power saving and the white channel are not there.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>A simulated VEML7700.</summary>
public sealed class Veml7700Part : I2cPart
{
    private const int ConfigurationRegister = 0;
    private const int AmbientLightRegister = 4;
    private const int IdentityRegister = 7;
    private const int IdentityValue = 0xC481;
    private const int ShutDown = 1;
    private const long StartUpUs = 2500;

    private readonly Func<long, int> _illuminanceMillilux;
    private int _configuration;
    private int _counts;
    private int _pointer;
    private long _onSinceUs;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="illuminanceMillilux">What falls on it at a time in microseconds, in 1/1000 lx.</param>
    public Veml7700Part(PartClock clock, Func<long, int> illuminanceMillilux)
        : base(clock)
    {
        _illuminanceMillilux = illuminanceMillilux;
        Restart();
    }

    /// <inheritdoc/>
    public override void Restart()
    {
        _configuration = ShutDown;
        _counts = 0;
        _pointer = 0;
        _onSinceUs = long.MaxValue;
    }

    /// <inheritdoc/>
    public override I2cResult Write(ReadOnlySpan<byte> data)
    {
        _pointer = data[0];
        if (data.Length >= 3 && _pointer == ConfigurationRegister)
        {
            // What was counted before stays in the register until the first integration with the new settings is over.
            _counts = Counts();
            _configuration = data[1] | (data[2] << 8);
            _onSinceUs = (_configuration & ShutDown) == 0 ? NowUs : long.MaxValue;
        }

        return I2cResult.Ok;
    }

    /// <inheritdoc/>
    public override I2cResult Read(Span<byte> data)
    {
        int value = _pointer switch
        {
            ConfigurationRegister => _configuration,
            AmbientLightRegister => Counts(),
            IdentityRegister => IdentityValue,
            _ => 0,
        };
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = (byte)(i < 2 ? value >> (8 * i) : 0xFF);
        }

        return I2cResult.Ok;
    }

    /// <summary>What the part shows under an illuminance before its counts are cut: less than there is above 1,000 lx.</summary>
    /// <param name="lux">Illuminance in lux.</param>
    internal static double ShownLux(double lux)
    {
        if (lux <= 1000)
        {
            return lux;
        }

        // The inverse of the application note's formula, by halving.
        double low = 900;
        double high = 30_000;
        for (int i = 0; i < 30; i++)
        {
            double middle = (low + high) / 2;
            double square = middle * middle;
            double corrected = (6.0135e-13 * square * square) - (9.3924e-9 * square * middle) + (8.1488e-5 * square) + (1.0023 * middle);
            (low, high) = corrected < lux ? (middle, high) : (low, middle);
        }

        return low;
    }

    private int Counts()
    {
        int integrationMs = ((_configuration >> 6) & 0xF) switch
        {
            0b1100 => 25,
            0b1000 => 50,
            0b0001 => 200,
            0b0010 => 400,
            0b0011 => 800,
            _ => 100,
        };
        if (_onSinceUs == long.MaxValue || NowUs - _onSinceUs < StartUpUs + (integrationMs * 1000L))
        {
            return _counts;
        }

        double gain = ((_configuration >> 11) & 3) switch
        {
            1 => 2,
            2 => 0.125,
            3 => 0.25,
            _ => 1,
        };
        double luxPerCount = 0.0042 * (800.0 / integrationMs) * (2 / gain);
        return (int)Math.Min(65535, ShownLux(_illuminanceMillilux(NowUs) / 1000.0) / luxPerCount);
    }
}

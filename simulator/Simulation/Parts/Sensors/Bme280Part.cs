// A BME280 as its data sheet describes it (Bosch BST-BME280-DS002): identity, calibration, forced and normal mode, measurement times, status, the raw
// values that the floating-point formulas of the data sheet turn back into what the world is. The filter is not there.
using PoleController.Hal;

namespace Simulation.Parts.Sensors;

/// <summary>A simulated BME280, or a BMP280 (no humidity, another identity) where it is made as one.</summary>
public sealed class Bme280Part : I2cPart
{
    private const long StartUpUs = 2000;

    private readonly Func<long, double> _temperatureCelsius;
    private readonly Func<long, double> _humidityPercent;
    private readonly Func<long, double> _pressurePascals;
    private readonly Bme280Trimming _trimming;
    private readonly bool _isBmp280;
    private readonly byte[] _data = new byte[8];
    private int _pointer;
    private int _humidityControl;
    private int _humidityInForce;
    private int _measurementControl;
    private int _configuration;
    private long _startedUs;
    private int _temperature;
    private int _pressure;
    private int _humidity;
    private long _measuredUs;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="temperatureCelsius">Temperature at a time in microseconds.</param>
    /// <param name="humidityPercent">Relative humidity.</param>
    /// <param name="pressurePascals">Pressure.</param>
    /// <param name="trimming">Its calibration; null for the one of the data sheet's example.</param>
    /// <param name="isBmp280">Whether it is the type without humidity behind the same address.</param>
    public Bme280Part(
        PartClock clock,
        Func<long, double> temperatureCelsius,
        Func<long, double> humidityPercent,
        Func<long, double> pressurePascals,
        Bme280Trimming? trimming = null,
        bool isBmp280 = false)
        : base(clock)
    {
        _temperatureCelsius = temperatureCelsius;
        _humidityPercent = humidityPercent;
        _pressurePascals = pressurePascals;
        _trimming = trimming ?? Bme280Trimming.Example;
        _isBmp280 = isBmp280;
        Restart();
    }

    /// <summary>Whether a measurement never ends.</summary>
    public bool IsHanging { get; set; }

    private bool IsMeasuring => (_measurementControl & 3) is 1 or 2 && (IsHanging || NowUs < _measuredUs);

    /// <inheritdoc/>
    public override void Restart()
    {
        _pointer = 0;
        _humidityControl = 0;
        _humidityInForce = 0;
        _measurementControl = 0;
        _configuration = 0;
        _startedUs = NowUs;
        _measuredUs = long.MaxValue;
        SetRaw(0x80000, 0x80000, 0x8000);
    }

    /// <inheritdoc/>
    public override I2cResult Write(ReadOnlySpan<byte> data)
    {
        if (NowUs < _startedUs + StartUpUs && NowUs != _startedUs)
        {
            return I2cResult.AddressNotAcknowledged;
        }

        // Several writes may follow each other, each with its address (section 6.2.1).
        _pointer = data[0];
        for (int i = 0; i + 1 < data.Length; i += 2)
        {
            WriteRegister(data[i], data[i + 1]);
        }

        return I2cResult.Ok;
    }

    /// <inheritdoc/>
    public override I2cResult Read(Span<byte> data)
    {
        Finish();
        for (int i = 0; i < data.Length; i++)
        {
            data[i] = ReadRegister(_pointer + i);
        }

        return I2cResult.Ok;
    }

    private void WriteRegister(int register, byte value)
    {
        switch (register)
        {
            case 0xE0 when value == 0xB6:
                Restart();
                break;
            case 0xF2 when !_isBmp280:
                _humidityControl = value & 7;
                break;
            case 0xF4:
                _measurementControl = value;
                _humidityInForce = _humidityControl;
                _measuredUs = NowUs + DurationUs();
                break;
            case 0xF5:
                _configuration = value;
                break;
        }
    }

    // Section 9.1, the most that it may take.
    private long DurationUs()
    {
        double ms = 1.25 + (2.3 * Count(_measurementControl >> 5));
        ms += Count(_measurementControl >> 2) is int pressure and > 0 ? (2.3 * pressure) + 0.575 : 0;
        ms += Count(_humidityInForce) is int humidity and > 0 ? (2.3 * humidity) + 0.575 : 0;
        return (long)(ms * 1000);
    }

    private static int Count(int code) => (code & 7) == 0 ? 0 : 1 << Math.Min((code & 7) - 1, 4);

    private void Finish()
    {
        if ((_measurementControl & 3) == 0 || IsMeasuring)
        {
            return;
        }

        // The sample before is the best guess at this one.
        _temperature = _trimming.RawTemperature(_temperatureCelsius(_measuredUs), _temperature);
        double fine = _trimming.Fine(_temperature);
        bool isPressure = Count(_measurementControl >> 2) > 0;
        bool isHumidity = Count(_humidityInForce) > 0;
        _pressure = isPressure ? _trimming.RawPressure(_pressurePascals(_measuredUs), fine, _pressure) : _pressure;
        _humidity = isHumidity ? _trimming.RawHumidity(_humidityPercent(_measuredUs), fine, _humidity) : _humidity;
        SetRaw(isPressure ? _pressure : 0x80000, Count(_measurementControl >> 5) > 0 ? _temperature : 0x80000, isHumidity ? _humidity : 0x8000);
        if ((_measurementControl & 3) == 3)
        {
            _measuredUs = NowUs;
        }
        else
        {
            _measurementControl &= ~3;
        }
    }

    private byte ReadRegister(int register) => register switch
    {
        0xD0 => (byte)(_isBmp280 ? 0x58 : 0x60),
        >= 0x88 and <= 0xA1 => _trimming.Main[register - 0x88],
        >= 0xE1 and <= 0xE7 when !_isBmp280 => _trimming.Humidity[register - 0xE1],
        0xF2 => (byte)_humidityControl,
        0xF3 => (byte)((IsMeasuring ? 8 : 0) | (NowUs < _startedUs + StartUpUs ? 1 : 0)),
        0xF4 => (byte)_measurementControl,
        0xF5 => (byte)_configuration,
        >= 0xF7 and <= 0xFE => _data[register - 0xF7],
        _ => 0,
    };

    private void SetRaw(int pressure, int temperature, int humidity)
    {
        _data[0] = (byte)(pressure >> 12);
        _data[1] = (byte)(pressure >> 4);
        _data[2] = (byte)(pressure << 4);
        _data[3] = (byte)(temperature >> 12);
        _data[4] = (byte)(temperature >> 4);
        _data[5] = (byte)(temperature << 4);
        _data[6] = (byte)(humidity >> 8);
        _data[7] = (byte)humidity;
    }
}

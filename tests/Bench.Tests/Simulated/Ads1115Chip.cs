// An ADS1115 as its data sheet describes it (TI SBAS444D, section 8.6): four registers, a conversion with each start bit, ready when it is asked.
using PoleController.Hal;
using Simulation.Parts;
using Simulation.Parts.Sensors;

namespace Bench.Tests.Simulated;

/// <summary>A simulated converter.</summary>
internal sealed class Ads1115Chip(PartClock clock, Func<int, double> volts) : I2cPart(clock)
{
    private static readonly double[] FullScaleVolts = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256];

    private readonly ushort[] _registers = [0, 0x8583, 0x8000, 0x7FFF];
    private int _pointer;

    public override void Restart()
    {
        _registers[1] = 0x8583;
        _pointer = 0;
    }

    public override I2cResult Write(ReadOnlySpan<byte> data)
    {
        _pointer = data[0] & 3;
        if (data.Length == 3)
        {
            _registers[_pointer] = (ushort)((data[1] << 8) | data[2]);
            if (_pointer == 1 && (data[1] & 0x80) != 0)
            {
                Convert();
            }
        }

        return I2cResult.Ok;
    }

    public override I2cResult Read(Span<byte> data)
    {
        ushort value = (ushort)(_registers[_pointer] | (_pointer == 1 ? 0x8000 : 0));
        data[0] = (byte)(value >> 8);
        if (data.Length > 1)
        {
            data[1] = (byte)value;
        }

        return I2cResult.Ok;
    }

    // Single-ended inputs: MUX 100 to 111. A count is the full scale over 32,768.
    private void Convert()
    {
        int multiplexer = (_registers[1] >> 12) & 7;
        double full = FullScaleVolts[(_registers[1] >> 9) & 7];
        double counts = multiplexer < 4 ? 0 : volts(multiplexer - 4) / full * 32768;
        _registers[0] = (ushort)(short)Math.Clamp(Math.Round(counts), short.MinValue, short.MaxValue);
    }
}

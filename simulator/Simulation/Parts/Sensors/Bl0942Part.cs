// A simulated Belling BL0942 energy meter at the level of its registers. What it measures is given from outside; it knows the shunt and the divider around it.
namespace Simulation.Parts.Sensors;

/// <summary>A BL0942: 4800 baud, read command 58, write command A8, answers with checksum; its energy counter is lost with its supply.</summary>
public sealed class Bl0942Part : UartPart
{
    // Data sheet V1.06, section 2.1.5, with the application guide's shunt of 1 milli-ohm and divider of 5 x 390 kilo-ohms over 510 ohms.
    private const double ReferenceVolts = 1.218;
    private const double ShuntMilliohms = 1;
    private const double PinMillivoltsPerVolt = 510.0 / (1_950_000 + 510) * 1000;
    private const double CountsPerAmpere = 305978 * ShuntMilliohms / ReferenceVolts;
    private const double CountsPerVolt = 73989 * PinMillivoltsPerVolt / ReferenceVolts;
    private const double CountsPerWatt = 3537 * ShuntMilliohms * PinMillivoltsPerVolt / (ReferenceVolts * ReferenceVolts);
    private const double PulsesPerMilliwattHour = CountsPerWatt * 3.6 / (1638.4 * 256);

    private const int Packet = 0xAA;
    private const int ModeAfterReset = 0x87;
    private const long AnswerUs = 500;

    private readonly IMeteredLoad _load;
    private readonly byte _readCommand;
    private double _energyAtRestart;
    private int _mode;

    /// <summary>Makes it.</summary>
    /// <param name="clock">The time.</param>
    /// <param name="load">What it measures.</param>
    /// <param name="address">Its address, 0 to 3.</param>
    public Bl0942Part(PartClock clock, IMeteredLoad load, int address = 0)
        : base(clock, 4800, 10, 23, 6)
    {
        ArgumentNullException.ThrowIfNull(load);
        _load = load;
        _readCommand = (byte)(0x58 + address);
        Restart();
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        _mode = ModeAfterReset;
        _energyAtRestart = _load.EnergyMilliwattHours;
    }

    /// <inheritdoc/>
    protected override int Understand(ReadOnlySpan<byte> heard, long atUs)
    {
        if (heard[0] == _readCommand + 0x50)
        {
            // A write, which goes to the mode or nowhere here.
            if (heard.Length == 6 && heard[1] == 0x19)
            {
                _mode = heard[2] | (heard[3] << 8);
            }

            return heard.Length < 6 ? 0 : 6;
        }

        if (heard[0] != _readCommand)
        {
            return 1;
        }

        if (heard.Length < 2)
        {
            return 0;
        }

        Answer(heard[1], atUs + AnswerUs);
        return 2;
    }

    /// <inheritdoc/>
    protected override int MakeAnswer(int command, long atUs, Span<byte> frame)
    {
        if (command != Packet)
        {
            Write24(frame, 0, command == 0x19 ? _mode : 0);
            return Finish(frame, 3, command);
        }

        double volts = _load.VoltageMillivolts / 1000.0;
        double watts = _load.PowerMilliwatts / 1000.0;
        double amperes = volts > 0 ? watts / volts * 1000 / _load.PowerFactorPermille : 0;
        frame[..23].Clear();
        frame[0] = 0x55;
        Write24(frame, 1, amperes * CountsPerAmpere);
        Write24(frame, 4, volts * CountsPerVolt);
        Write24(frame, 7, amperes * CountsPerAmpere);
        Write24(frame, 10, watts * CountsPerWatt);
        Write24(frame, 13, Math.Floor((_load.EnergyMilliwattHours - _energyAtRestart) * PulsesPerMilliwattHour));
        int period = _load.FrequencyCentihertz > 0 ? 100_000_000 / _load.FrequencyCentihertz : 0;
        frame[16] = (byte)period;
        frame[17] = (byte)(period >> 8);
        frame[20] = 1;
        return Finish(frame, 22, 0);
    }

    private int Finish(Span<byte> frame, int length, int register)
    {
        int sum = _readCommand + register;
        for (int i = 0; i < length; i++)
        {
            sum += frame[i];
        }

        frame[length] = (byte)~sum;
        return length + 1;
    }

    private static void Write24(Span<byte> frame, int offset, double value)
    {
        int counts = (int)Math.Round(value) & 0xFFFFFF;
        frame[offset] = (byte)counts;
        frame[offset + 1] = (byte)(counts >> 8);
        frame[offset + 2] = (byte)(counts >> 16);
    }
}

// An SPS30 on I2C (Sensirion SPS30, version 1.0, section 6). What happens inside is Sps30Core's.
using System.Buffers.Binary;

namespace Simulation.Parts.Sensors;

/// <summary>A simulated SPS30 with SEL to ground.</summary>
public sealed class Sps30Part : SensirionPart
{
    private const long WakeWindowUs = 100_000;

    private long _interfaceUntilUs = -1;
    private bool _isFloat;

    /// <summary>Makes a part that has just got its supply.</summary>
    /// <param name="clock">The time at its pole.</param>
    /// <param name="air">The air at a time in microseconds.</param>
    public Sps30Part(PartClock clock, Func<long, ParticulateMatter> air)
        : base(clock) => Core = new Sps30Core(clock, air);

    /// <summary>The inside.</summary>
    public Sps30Core Core { get; }

    /// <inheritdoc/>
    protected override bool IsAwake => Core.Mode != Sps30Mode.Asleep || NowUs < _interfaceUntilUs;

    /// <inheritdoc/>
    public override void Restart()
    {
        base.Restart();
        Core.Restart();
    }

    // Whatever is sent to a sleeping part only wakes its interface for 100 ms.
    /// <inheritdoc/>
    protected override void WakeBy(int command) => _interfaceUntilUs = NowUs + WakeWindowUs;

    /// <inheritdoc/>
    protected override bool Execute(int command, ReadOnlySpan<int> words)
    {
        if (Core.Mode == Sps30Mode.Asleep && command != 0x1103)
        {
            return false;
        }

        switch (command)
        {
            case 0x0010 when words.Length == 1 && words[0] is 0x0300 or 0x0500:
                _isFloat = words[0] == 0x0300;
                Busy(20_000);
                return Core.TryStart();
            case 0x0104:
                Busy(20_000);
                return Core.TryStop();
            case 0x0202:
                Answer(Core.HasData ? 1 : 0);
                return true;
            case 0x0300 when Core.Mode == Sps30Mode.Measuring:
                AnswerValues();
                return true;
            case 0x1001:
                Busy(5000);
                return Core.TrySleep();
            case 0x1103:
                Core.Wake();
                Busy(5000);
                return true;
            case 0x5607:
                Busy(5000);
                return Core.TryClean();
            case 0xD002:
                AnswerText(Sps30Core.ProductType);
                return true;
            case 0xD206:
                Answer((int)(Core.Status >> 16));
                Answer((int)(Core.Status & 0xFFFF));
                return true;
            default:
                return false;
        }
    }

    private void AnswerValues()
    {
        Span<float> values = stackalloc float[10];
        Core.Read(values);
        foreach (float value in values)
        {
            if (_isFloat)
            {
                uint bits = BitConverter.SingleToUInt32Bits(value);
                Answer((int)(bits >> 16));
                Answer((int)(bits & 0xFFFF));
            }
            else
            {
                Answer((int)Math.Clamp(MathF.Round(value), 0, 65535));
            }
        }
    }

    private void AnswerText(ReadOnlySpan<byte> text)
    {
        for (int i = 0; i < text.Length; i += 2)
        {
            Answer(BinaryPrimitives.ReadUInt16BigEndian(text[i..]));
        }
    }
}

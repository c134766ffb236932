// Of nanoFramework.Hardware.Esp32: the pulse counter, whose names are in System.Device.Gpio.
using NanoFrameworkPackages;

namespace System.Device.Gpio;

// Names only: the numbers are the package's.
public enum GpioPulsePolarity
{
    Falling,
}

public struct GpioPulseCount
{
    public long Count;
}

public sealed class GpioPulseCounter
{
    private readonly SimulatedPulseUnit _unit;
    private readonly int _pin;

    public GpioPulseCounter(int pinA, int pinB)
    {
        // A second pin would be a rotary encoder's.
        ArgumentOutOfRangeException.ThrowIfNotEqual(pinB, -1);
        _pin = pinA;
        _unit = SimulatedChip.Current.TakePulseUnit(pinA);
    }

    public GpioPulsePolarity Polarity { get; set; }

    public ushort FilterPulses { get; set; }

    public void Start() => _unit.Start(FilterPulses, SimulatedChip.Current.PulsesAt(_pin));

    public GpioPulseCount Read() => new() { Count = _unit.Read(SimulatedChip.Current.PulsesAt(_pin)) };
}

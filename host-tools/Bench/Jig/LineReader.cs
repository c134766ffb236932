// A line whose level is looked at.
using System.Device.Gpio;
using Bench.Boards;

namespace Bench.Jig;

/// <summary>A digital input of the jig.</summary>
internal sealed class LineReader
{
    private readonly GpioPin _pin;
    private readonly bool _isActiveHigh;

    /// <summary>Opens the line.</summary>
    public LineReader(GpioController gpio, BoardSignal signal)
    {
        _isActiveHigh = signal.Active == LineLevel.High;
        _pin = gpio.OpenPin(signal.Gpio, Mode(signal));
    }

    /// <summary>Whether it is active now.</summary>
    public bool IsActive => (bool)_pin.Read() == _isActiveHigh;

    /// <summary>The mode of an input.</summary>
    internal static PinMode Mode(BoardSignal signal) => signal.Pull switch
    {
        LinePull.Up => PinMode.InputPullUp,
        LinePull.Down => PinMode.InputPullDown,
        _ => PinMode.Input,
    };
}

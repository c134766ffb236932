// Port: a digital input over a GPIO line.
using System.Device.Gpio;
using Bench.Boards;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>A digital input, polled.</summary>
internal sealed class LinuxInput : IDigitalInput
{
    private readonly GpioPin _pin;
    private readonly bool _isActiveHigh;

    /// <summary>Opens the line.</summary>
    public LinuxInput(GpioController gpio, BoardSignal signal)
    {
        _isActiveHigh = signal.Active == LineLevel.High;
        _pin = gpio.OpenPin(signal.Gpio, signal.Pull switch
        {
            LinePull.Up => PinMode.InputPullUp,
            LinePull.Down => PinMode.InputPullDown,
            _ => PinMode.Input,
        });
    }

    /// <inheritdoc/>
    public bool IsActive => (bool)_pin.Read() == _isActiveHigh;
}

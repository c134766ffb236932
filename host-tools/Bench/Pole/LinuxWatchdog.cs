// Port: the external watchdog's pin: a rising edge is a pet.
using System.Device.Gpio;
using Bench.Boards;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>The external watchdog.</summary>
internal sealed class LinuxWatchdog : IWatchdog
{
    private readonly GpioPin _pin;

    /// <summary>Opens the line and drives it low, which is no pet.</summary>
    public LinuxWatchdog(GpioController gpio, BoardSignal signal) => _pin = gpio.OpenPin(signal.Gpio, PinMode.Output, PinValue.Low);

    /// <inheritdoc/>
    public void Pet()
    {
        _pin.Write(PinValue.High);
        _pin.Write(PinValue.Low);
    }
}

// Port: a digital output over a GPIO line. Open drain is made by letting the line go: the library has no such mode.
using System.Device.Gpio;
using Bench.Boards;
using Bench.Devices;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>A digital output; inactive from the moment it is open.</summary>
internal sealed class LinuxOutput : IDigitalOutput
{
    private readonly GpioPin _pin;
    private readonly bool _isActiveHigh;
    private readonly bool _isOpenDrain;

    /// <summary>Opens the line and drives it inactive; a line of both levels never shows the other one.</summary>
    public LinuxOutput(GpioController gpio, BoardSignal signal)
    {
        _isActiveHigh = signal.Active == LineLevel.High;
        _isOpenDrain = signal.Drive == LineDrive.OpenDrain;
        _pin = _isOpenDrain && !_isActiveHigh ? gpio.OpenPin(signal.Gpio, PinMode.Input) : gpio.OpenPin(signal.Gpio, PinMode.Output, !_isActiveHigh);
    }

    /// <inheritdoc/>
    public bool TrySet(bool isActive)
    {
        try
        {
            Drive(isActive == _isActiveHigh);
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return false;
        }
    }

    private void Drive(bool isHigh)
    {
        if (!_isOpenDrain)
        {
            _pin.Write(isHigh);
        }
        else if (isHigh)
        {
            _pin.SetPinMode(PinMode.Input);
        }
        else
        {
            _pin.SetPinMode(PinMode.Output);
            _pin.Write(PinValue.Low);
        }
    }
}

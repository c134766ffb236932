// Of System.Device.Gpio.
using NanoFrameworkPackages;

namespace System.Device.Gpio;

public enum PinMode
{
    Input = 0,
    InputPullDown = 1,
    InputPullUp = 2,
    Output = 3,
    OutputOpenDrain = 4,
}

public readonly struct PinValue
{
    private readonly bool _isHigh;

    private PinValue(bool isHigh) => _isHigh = isHigh;

    public static implicit operator PinValue(bool value) => new(value);

    public static explicit operator bool(PinValue value) => value._isHigh;
}

public sealed class GpioPin
{
    private readonly SimulatedPin _pin;

    internal GpioPin(SimulatedPin pin) => _pin = pin;

    public PinValue Read() => _pin.Source?.Invoke() ?? _pin.IsHigh;

    public void Write(PinValue value)
    {
        if (_pin.Mode < PinMode.Output)
        {
            throw new InvalidOperationException();
        }

        _pin.Drive((bool)value);
    }

    public void Toggle()
    {
        // nf-interpreter does nothing when the pin is no output.
        if (_pin.Mode >= PinMode.Output)
        {
            _pin.Drive(!_pin.IsHigh);
        }
    }

    public void SetPinMode(PinMode value) => _pin.Mode = value;
}

public sealed class GpioController
{
    public GpioPin OpenPin(int pinNumber)
    {
        SimulatedPin pin = SimulatedChip.Current.PinAt(pinNumber);
        if (pin.IsOpen || SimulatedChip.Current.RefusesPin(pinNumber))
        {
            throw new InvalidOperationException();
        }

        pin.IsOpen = true;
        return new GpioPin(pin);
    }

    public GpioPin OpenPin(int pinNumber, PinMode mode)
    {
        GpioPin pin = OpenPin(pinNumber);
        pin.SetPinMode(mode);
        return pin;
    }

    public void ClosePin(int pinNumber)
    {
        SimulatedPin pin = SimulatedChip.Current.PinAt(pinNumber);
        if (!pin.IsOpen)
        {
            throw new InvalidOperationException();
        }

        pin.IsOpen = false;
        pin.Mode = PinMode.Input;
    }
}

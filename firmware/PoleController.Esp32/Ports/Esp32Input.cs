// Port: a digital input over a GPIO pin. Polled, because the runtime's GPIO events go through a managed queue and have known faults; debouncing is
// logic and lives in the controller.
using System.Device.Gpio;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A digital input.</summary>
    public sealed class Esp32Input : IDigitalInput
    {
        private readonly GpioPin _pin;
        private readonly bool _isActiveHigh;

        /// <summary>Opens the pin.</summary>
        /// <param name="gpio">The GPIO controller.</param>
        /// <param name="pin">GPIO number.</param>
        /// <param name="mode">Input, with one of the chip's resistors or without.</param>
        /// <param name="isActiveHigh">Whether the input is active while the pin is high.</param>
        public Esp32Input(GpioController gpio, int pin, PinMode mode, bool isActiveHigh)
        {
            _pin = gpio.OpenPin(pin, mode);
            _isActiveHigh = isActiveHigh;
        }

        /// <inheritdoc/>
        public bool IsActive
        {
            get { return (bool)_pin.Read() == _isActiveHigh; }
        }
    }
}

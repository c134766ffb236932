// Port: a digital output over a GPIO pin.
using System;
using System.Device.Gpio;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A digital output; inactive once it is open.</summary>
    public sealed class Esp32Output : IDigitalOutput
    {
        private readonly GpioPin _pin;
        private readonly bool _isActiveHigh;

        /// <summary>
        /// Opens the pin and drives it inactive. The runtime writes outputs only, so a pin that is inactive high is low for a moment: fit for a reset line, not for
        /// a lamp.
        /// </summary>
        /// <param name="gpio">The GPIO controller.</param>
        /// <param name="pin">GPIO number.</param>
        /// <param name="mode">Output: push-pull or open drain.</param>
        /// <param name="isActiveHigh">Whether the output is active while the pin is high.</param>
        public Esp32Output(GpioController gpio, int pin, PinMode mode, bool isActiveHigh)
        {
            _isActiveHigh = isActiveHigh;
            _pin = gpio.OpenPin(pin);
            _pin.SetPinMode(mode);
            _pin.Write(!isActiveHigh);
        }

        /// <inheritdoc/>
        public bool TrySet(bool isActive)
        {
            try
            {
                _pin.Write(isActive == _isActiveHigh);
                return true;
            }
            catch (Exception)
            {
                return false;
            }
        }
    }
}

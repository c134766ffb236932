// Port: the pin of the external watchdog. The runtime has no watchdog of its own for managed code, and the shipped builds have the chip's switched off.
using System.Device.Gpio;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A watchdog that is petted by a rising edge (TPL5010: DONE, at least 100 ns high; TI SNAS651, timing requirements).</summary>
    public sealed class Esp32Watchdog : IWatchdog
    {
        private readonly GpioPin _pin;

        /// <summary>Opens the pin and drives it low, which is no pet.</summary>
        /// <param name="gpio">The GPIO controller.</param>
        /// <param name="pin">GPIO number.</param>
        public Esp32Watchdog(GpioController gpio, int pin)
        {
            _pin = gpio.OpenPin(pin, PinMode.Output);
            _pin.Write(false);
        }

        /// <inheritdoc/>
        public void Pet()
        {
            // Toggling makes no garbage, writing a value does. Should the level ever be the other one, the second edge is the rising one.
            _pin.Toggle();
            _pin.Toggle();
        }
    }
}

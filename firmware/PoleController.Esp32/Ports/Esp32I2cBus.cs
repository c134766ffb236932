// An I2C bus with its devices: its pins, and freeing it when a part holds the data line down. A transfer is the device's (Esp32I2cDevice).
using System;
using System.Device.Gpio;
using System.Device.I2c;
using nanoFramework.Hardware.Esp32;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>An I2C bus.</summary>
    public sealed class Esp32I2cBus
    {
        /// <summary>Most devices on the bus.</summary>
        public const int MaximumDevices = 8;

        /// <summary>A part that was cut off in the middle of a byte lets the data line go after nine clocks at most (NXP UM10204, 3.1.16).</summary>
        public const int FreeingClocks = 9;

        private const int FastHz = 400000;

        private readonly GpioController _gpio;
        private readonly Esp32I2cDevice[] _devices = new Esp32I2cDevice[MaximumDevices];
        private readonly int _bus;
        private readonly int _dataPin;
        private readonly int _clockPin;
        private readonly I2cBusSpeed _speed;
        private int _count;

        /// <summary>Gives the bus its pins; nothing is opened yet.</summary>
        /// <param name="gpio">The GPIO controller, for freeing the bus.</param>
        /// <param name="bus">The runtime's number of the bus: 1 is I2C0 of the chip, 2 is I2C1.</param>
        /// <param name="dataPin">GPIO number of SDA.</param>
        /// <param name="clockPin">GPIO number of SCL.</param>
        /// <param name="clockHz">100,000 or 400,000.</param>
        public Esp32I2cBus(GpioController gpio, int bus, int dataPin, int clockPin, int clockHz)
        {
            _gpio = gpio;
            _bus = bus;
            _dataPin = dataPin;
            _clockPin = clockPin;
            _speed = clockHz >= FastHz ? I2cBusSpeed.FastMode : I2cBusSpeed.StandardMode;
            SetPinFunctions();
        }

        /// <summary>How often the bus was freed.</summary>
        public int FreedCount { get; private set; }

        /// <summary>A device on the bus.</summary>
        /// <param name="address">7-bit address.</param>
        public II2cDevice Device(int address)
        {
            Esp32I2cDevice device = new Esp32I2cDevice(this, new I2cConnectionSettings(_bus, address, _speed));
            _devices[_count++] = device;
            return device;
        }

        /// <summary>
        /// Frees the bus after a transfer that failed as a whole: when the data line is down, it is clocked until it is let go, then closed with a stop.
        /// Takes less than 5 ms. Devices open again with their next transfer.
        /// </summary>
        public void Free()
        {
            for (int i = 0; i < _count; i++)
            {
                _devices[i].Close();
            }

            try
            {
                ClockOut();
            }
            catch (Exception)
            {
                // The pins could not be had; the next transfer says how the bus is.
            }

            SetPinFunctions();
        }

        private void ClockOut()
        {
            GpioPin data = _gpio.OpenPin(_dataPin, PinMode.Input);
            GpioPin clock = _gpio.OpenPin(_clockPin);
            try
            {
                if ((bool)data.Read())
                {
                    return;
                }

                FreedCount++;
                clock.SetPinMode(PinMode.OutputOpenDrain);
                clock.Write(true);
                for (int i = 0; i < FreeingClocks && !(bool)data.Read(); i++)
                {
                    clock.Write(false);
                    clock.Write(true);
                }

                // Stop: data rises while the clock is high.
                clock.Write(false);
                data.SetPinMode(PinMode.OutputOpenDrain);
                data.Write(false);
                clock.Write(true);
                data.Write(true);
            }
            finally
            {
                _gpio.ClosePin(_dataPin);
                _gpio.ClosePin(_clockPin);
            }
        }

        private void SetPinFunctions()
        {
            bool isFirst = _bus == 1;
            Configuration.SetPinFunction(_dataPin, isFirst ? DeviceFunction.I2C1_DATA : DeviceFunction.I2C2_DATA);
            Configuration.SetPinFunction(_clockPin, isFirst ? DeviceFunction.I2C1_CLOCK : DeviceFunction.I2C2_CLOCK);
        }
    }
}

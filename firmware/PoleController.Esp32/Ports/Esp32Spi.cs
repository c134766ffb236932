// Port: one device on an SPI bus. Opened when it is first used and again after a failure, so that a bus that does not come up costs the radio and
// nothing else.
using System;
using System.Device.Spi;
using nanoFramework.Hardware.Esp32;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A device on an SPI bus, mode 0, eight bits, the highest first.</summary>
    public sealed class Esp32Spi : ISpiDevice
    {
        /// <summary>The longest transfer in bytes: a frame of 255 with command, offset and status of an SX1262.</summary>
        public const int MaximumLength = 260;

        private readonly SpiConnectionSettings _settings;
        private readonly byte[] _received = new byte[MaximumLength];
        private SpiDevice? _device;

        /// <summary>Gives the bus its pins; nothing is opened yet.</summary>
        /// <param name="bus">The runtime's number of the bus: 1 is SPI2 of the chip, 2 is SPI3.</param>
        /// <param name="clockPin">GPIO number of SCK.</param>
        /// <param name="mosiPin">GPIO number of MOSI.</param>
        /// <param name="misoPin">GPIO number of MISO.</param>
        /// <param name="selectPin">GPIO number of the chip select, active low.</param>
        /// <param name="clockHz">Clock in hertz.</param>
        public Esp32Spi(int bus, int clockPin, int mosiPin, int misoPin, int selectPin, int clockHz)
        {
            bool isFirst = bus == 1;
            Configuration.SetPinFunction(clockPin, isFirst ? DeviceFunction.SPI1_CLOCK : DeviceFunction.SPI2_CLOCK);
            Configuration.SetPinFunction(mosiPin, isFirst ? DeviceFunction.SPI1_MOSI : DeviceFunction.SPI2_MOSI);
            Configuration.SetPinFunction(misoPin, isFirst ? DeviceFunction.SPI1_MISO : DeviceFunction.SPI2_MISO);
            _settings = new SpiConnectionSettings(bus, selectPin);
            _settings.ClockFrequency = clockHz;
            _settings.Mode = SpiMode.Mode0;
            _settings.DataBitLength = 8;
        }

        /// <inheritdoc/>
        public bool TryTransfer(byte[] data, int length)
        {
            try
            {
                if (_device == null)
                {
                    _device = SpiDevice.Create(_settings);
                }

                // Two buffers: the runtime hands both to the bus at once.
                _device.TransferFullDuplex(new SpanByte(data, 0, length), new SpanByte(_received, 0, length));
                Array.Copy(_received, data, length);
                return true;
            }
            catch (Exception)
            {
                Close();
                return false;
            }
        }

        private void Close()
        {
            SpiDevice? device = _device;
            _device = null;
            try
            {
                if (device != null)
                {
                    device.Dispose();
                }
            }
            catch (Exception)
            {
                // What cannot be closed is left; the next transfer opens anew and says whether it can.
            }
        }
    }
}

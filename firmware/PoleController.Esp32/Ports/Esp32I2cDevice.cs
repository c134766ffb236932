// Port: one device on an I2C bus. Every transfer's result is looked at; one that failed as a whole makes the bus be freed.
using System;
using System.Device.I2c;
using PoleController.Hal;

namespace PoleController.Esp32.Ports
{
    /// <summary>A device on an I2C bus; opened with its first transfer and again after the bus was freed.</summary>
    public sealed class Esp32I2cDevice : II2cDevice
    {
        private readonly Esp32I2cBus _bus;
        private readonly I2cConnectionSettings _settings;
        private I2cDevice? _device;

        internal Esp32I2cDevice(Esp32I2cBus bus, I2cConnectionSettings settings)
        {
            _bus = bus;
            _settings = settings;
        }

        /// <inheritdoc/>
        public I2cResult Write(byte[] data, int length)
        {
            try
            {
                return Judge(Open().Write(new SpanByte(data, 0, length)), length);
            }
            catch (Exception)
            {
                return Fail();
            }
        }

        /// <inheritdoc/>
        public I2cResult Read(byte[] data, int length)
        {
            try
            {
                return Judge(Open().Read(new SpanByte(data, 0, length)), length);
            }
            catch (Exception)
            {
                return Fail();
            }
        }

        /// <inheritdoc/>
        public I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength)
        {
            try
            {
                return Judge(Open().WriteRead(new SpanByte(write, 0, writeLength), new SpanByte(read, 0, readLength)), writeLength + readLength);
            }
            catch (Exception)
            {
                return Fail();
            }
        }

        internal void Close()
        {
            I2cDevice? device = _device;
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
                // What cannot be closed is left; the next transfer opens anew.
            }
        }

        private I2cDevice Open()
        {
            if (_device == null)
            {
                _device = I2cDevice.Create(_settings);
            }

            return _device;
        }

        private I2cResult Judge(I2cTransferResult result, int length)
        {
            switch (result.Status)
            {
                case I2cTransferStatus.FullTransfer:
                    return (int)(long)result.BytesTransferred == length ? I2cResult.Ok : I2cResult.Partial;
                case I2cTransferStatus.SlaveAddressNotAcknowledged:
                    return I2cResult.AddressNotAcknowledged;
                case I2cTransferStatus.PartialTransfer:
                    return I2cResult.Partial;
                case I2cTransferStatus.ClockStretchTimeout:
                    _bus.Free();
                    return I2cResult.ClockStretchTimeout;
                default:
                    return Fail();
            }
        }

        private I2cResult Fail()
        {
            _bus.Free();
            return I2cResult.BusFailed;
        }
    }
}

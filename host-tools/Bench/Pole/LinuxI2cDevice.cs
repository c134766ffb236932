// Port: one part on an I2C bus of the kernel. The library says of a transfer that failed that it did, and the kernel's number why is the last one of its call.
using System.Device.I2c;
using System.Runtime.InteropServices;
using Bench.Devices;
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>A part on an I2C bus; opened when it is first used, and again after the bus failed.</summary>
internal sealed class LinuxI2cDevice(Func<I2cDevice> open) : II2cDevice
{
    // Numbers of include/uapi/asm-generic/errno.h; which driver says what: Documentation/i2c/fault-codes.rst. Nobody tells an address that was not
    // acknowledged from a byte that was not: the controller's drivers take both for a part that is busy or absent.
    private const int NoSuchDevice = 6;
    private const int RemoteError = 121;
    private const int TimedOut = 110;

    private I2cDevice? _device;

    /// <inheritdoc/>
    public I2cResult Write(byte[] data, int length) => Transfer(device => device.Write(data.AsSpan(0, length)));

    /// <inheritdoc/>
    public I2cResult Read(byte[] data, int length) => Transfer(device => device.Read(data.AsSpan(0, length)));

    /// <inheritdoc/>
    public I2cResult WriteRead(byte[] write, int writeLength, byte[] read, int readLength) =>
        Transfer(device => device.WriteRead(write.AsSpan(0, writeLength), read.AsSpan(0, readLength)));

    private I2cResult Transfer(Action<I2cDevice> transfer)
    {
        try
        {
            _device ??= open();
            Marshal.SetLastPInvokeError(0);
            transfer(_device);
            return I2cResult.Ok;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            return Judge(Marshal.GetLastPInvokeError());
        }
    }

    private I2cResult Judge(int error)
    {
        if (error is NoSuchDevice or RemoteError)
        {
            return I2cResult.AddressNotAcknowledged;
        }

        _device?.Dispose();
        _device = null;
        return error == TimedOut ? I2cResult.ClockStretchTimeout : I2cResult.BusFailed;
    }
}

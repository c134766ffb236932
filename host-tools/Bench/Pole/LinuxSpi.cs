// Port: one device on an SPI bus of the kernel.
using System.Device.Spi;
using Bench.Devices;

namespace Bench.Pole;

/// <summary>A device on an SPI bus; opened when it is first used, and again after it failed.</summary>
internal sealed class LinuxSpi(Func<SpiDevice> open) : PoleController.Hal.ISpiDevice
{
    private readonly byte[] _received = new byte[512];
    private SpiDevice? _device;

    /// <inheritdoc/>
    public bool TryTransfer(byte[] data, int length)
    {
        try
        {
            _device ??= open();
            _device.TransferFullDuplex(data.AsSpan(0, length), _received.AsSpan(0, length));
            _received.AsSpan(0, length).CopyTo(data);
            return true;
        }
        catch (Exception exception) when (DeviceFault.Is(exception))
        {
            _device?.Dispose();
            _device = null;
            return false;
        }
    }
}

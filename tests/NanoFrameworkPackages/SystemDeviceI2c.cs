// Of System.Device.I2c.
using NanoFrameworkPackages;

namespace System.Device.I2c;

public enum I2cBusSpeed
{
    StandardMode = 0,
    FastMode = 1,
}

public enum I2cTransferStatus
{
    FullTransfer = 1,
    ClockStretchTimeout = 2,
    PartialTransfer = 3,
    SlaveAddressNotAcknowledged = 4,
}

public sealed class I2cConnectionSettings
{
    public I2cConnectionSettings(int busId, int deviceAddress, I2cBusSpeed busSpeed)
    {
        BusId = busId;
        DeviceAddress = deviceAddress;
        BusSpeed = busSpeed;
    }

    internal int BusId { get; }

    internal int DeviceAddress { get; }

    internal I2cBusSpeed BusSpeed { get; }
}

public struct I2cTransferResult
{
    internal I2cTransferResult(I2cTransferStatus status, uint bytesTransferred)
    {
        Status = status;
        BytesTransferred = bytesTransferred;
    }

    public uint BytesTransferred { get; }

    public I2cTransferStatus Status { get; }
}

public class I2cDevice : IDisposable
{
    private readonly I2cConnectionSettings _settings;
    private bool _isClosed;

    internal I2cDevice(I2cConnectionSettings settings)
    {
        _settings = settings;
        SimulatedChip.Current.I2cOpen++;
    }

    public static I2cDevice Create(I2cConnectionSettings settings) => new(settings);

    public I2cTransferResult Read(SpanByte buffer) => Transfer([], buffer.Bytes);

    public I2cTransferResult Write(SpanByte buffer) => Transfer(buffer.Bytes.ToArray(), []);

    public I2cTransferResult WriteRead(SpanByte writeBuffer, SpanByte readBuffer) => Transfer(writeBuffer.Bytes.ToArray(), readBuffer.Bytes);

    public void Dispose()
    {
        if (!_isClosed)
        {
            SimulatedChip.Current.I2cOpen--;
            _isClosed = true;
        }
    }

    private I2cTransferResult Transfer(byte[] written, Span<byte> read)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        (I2cTransferStatus status, byte[] answer) = SimulatedChip.Current.I2c(_settings.DeviceAddress, written, read.Length);
        if (status != I2cTransferStatus.FullTransfer)
        {
            return new I2cTransferResult(status, 0);
        }

        answer.CopyTo(read);
        return new I2cTransferResult(status, (uint)(written.Length + answer.Length));
    }
}

// Of System.Device.Spi.
using NanoFrameworkPackages;

namespace System.Device.Spi;

public enum SpiMode
{
    Mode0 = 0,
}

public sealed class SpiConnectionSettings
{
    public SpiConnectionSettings(int busId, int chipSelectLine)
    {
        BusId = busId;
        ChipSelectLine = chipSelectLine;
    }

    internal int BusId { get; }

    internal int ChipSelectLine { get; }

    public int ClockFrequency { get; set; } = 500_000;

    public int DataBitLength { get; set; } = 8;

    public SpiMode Mode { get; set; }
}

public class SpiDevice : IDisposable
{
    private bool _isClosed;

    internal SpiDevice()
    {
    }

    public static SpiDevice Create(SpiConnectionSettings settings)
    {
        SimulatedChip.Current.SpiOpened.Add(settings);
        return new SpiDevice();
    }

    public void TransferFullDuplex(SpanByte writeBuffer, SpanByte readBuffer)
    {
        ObjectDisposedException.ThrowIf(_isClosed, this);
        SimulatedChip.Current.Spi(writeBuffer.Bytes.ToArray()).CopyTo(readBuffer.Bytes);
    }

    public void Dispose()
    {
        SimulatedChip.Current.SpiClosed++;
        _isClosed = true;
    }
}

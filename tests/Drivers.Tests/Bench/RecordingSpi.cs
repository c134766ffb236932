// Keeps what goes to a chip, transfer by transfer.
using PoleController.Hal;

namespace Drivers.Tests.Bench;

internal sealed class RecordingSpi(ISpiDevice chip) : ISpiDevice
{
    public List<byte[]> Transfers { get; } = [];

    public bool TryTransfer(byte[] data, int length)
    {
        Transfers.Add(data[..length]);
        return chip.TryTransfer(data, length);
    }
}

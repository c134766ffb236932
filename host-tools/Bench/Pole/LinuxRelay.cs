// Port: the relay over an output whose active level opens the contact.
using PoleController.Hal;

namespace Bench.Pole;

/// <summary>The relay.</summary>
internal sealed class LinuxRelay(IDigitalOutput opens) : IRelay
{
    /// <inheritdoc/>
    public bool TrySwitch(bool isClosed) => opens.TrySet(!isClosed);
}

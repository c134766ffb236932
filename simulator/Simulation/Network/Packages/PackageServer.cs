// The application-layer packages at the server: messages on their ports come here and not to the application.
using PoleController.LoRaWan.Packages;

namespace Simulation.Network;

/// <summary>Takes messages of the packages: TS005 on port 200, TS004 on port 201, TS003 on port 202.</summary>
internal sealed class PackageServer(ServerParts parts)
{
    private readonly ClockSyncServer _clock = new(parts);

    /// <summary>Takes a message. False when its port belongs to no package.</summary>
    /// <param name="device">Who sent it.</param>
    /// <param name="fPort">On which port.</param>
    /// <param name="message">The message, any bytes.</param>
    /// <param name="length">Its length.</param>
    /// <param name="nowUs">When it ended.</param>
    public bool TryTake(NetworkDevice device, int fPort, byte[] message, int length, long nowUs)
    {
        switch (fPort)
        {
            case PackageId.MulticastSetupPort:
                parts.MulticastSetup.Take(device, message, length, nowUs);
                return true;
            case PackageId.FragmentationPort:
                parts.Fragmentation.Take(device, message, length, nowUs);
                return true;
            case PackageId.ClockSyncPort:
                _clock.Take(device, message, length, nowUs);
                return true;
            default:
                return false;
        }
    }
}

// What a join makes: an address, two keys, two counters.
namespace Simulation.Network;

/// <summary>A LoRaWAN 1.0.4 session as the server keeps it (TS001-1.0.4, section 6.1.2).</summary>
internal sealed class Session
{
    /// <summary>Whether it can be used.</summary>
    public bool IsValid;

    /// <summary>NwkSKey.</summary>
    public readonly byte[] NetworkSessionKey = new byte[16];

    /// <summary>AppSKey.</summary>
    public readonly byte[] ApplicationSessionKey = new byte[16];

    /// <summary>Counter of the last uplink accepted; -1 before the first. 32 bits.</summary>
    public long LastUplinkCounter;

    /// <summary>When the last uplink accepted ended.</summary>
    public long LastUplinkUs;

    /// <summary>Counter of the next downlink, 32 bits.</summary>
    public uint NextDownlinkCounter;

    /// <summary>Begins anew; the keys are filled by the join server.</summary>
    public void Reset()
    {
        IsValid = true;
        LastUplinkCounter = -1;
        NextDownlinkCounter = 0;
    }
}

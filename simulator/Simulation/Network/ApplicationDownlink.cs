// One message of the application on its way to a pole.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>An application downlink in a pole's queue. Reused.</summary>
internal sealed class ApplicationDownlink
{
    /// <summary>What the application knows it by.</summary>
    public long Id;

    /// <summary>1 to 223.</summary>
    public int FPort;

    /// <summary>Whether the pole must acknowledge.</summary>
    public bool IsConfirmed;

    /// <summary>Bytes of the payload in use.</summary>
    public int Length;

    /// <summary>When it is given up, if it still waits.</summary>
    public long ExpiresUs;

    /// <summary>How often it was sent.</summary>
    public int AttemptCount;

    /// <summary>Where its transmissions are added up; may be null.</summary>
    public DownlinkTally? Tally;

    /// <summary>The payload in the clear.</summary>
    public readonly byte[] Payload = new byte[242];

    /// <summary>The next one for the same pole.</summary>
    public ApplicationDownlink? Next;
}

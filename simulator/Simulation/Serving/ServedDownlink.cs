// A downlink in the queue of a device.
namespace Simulation.Serving;

/// <summary>A downlink that waits, or that was sent and waits for its acknowledgement.</summary>
/// <param name="Id">What it is known by.</param>
/// <param name="FPort">1 to 223.</param>
/// <param name="Payload">In the clear.</param>
/// <param name="IsConfirmed">Whether the device has to acknowledge it.</param>
public sealed record ServedDownlink(Guid Id, int FPort, byte[] Payload, bool IsConfirmed)
{
    /// <summary>Whether it was sent and waits for the acknowledgement.</summary>
    public bool IsPending { get; internal set; }

    /// <summary>What the network server knows it by; 0 while it has not been given it.</summary>
    internal long NetworkId { get; set; }

    /// <summary>Counter of its last transmission.</summary>
    internal uint FrameCounter { get; set; }
}

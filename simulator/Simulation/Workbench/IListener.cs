// What whoever listens hears. Called serially.
using Simulation.Network;

namespace Simulation.Workbench;

/// <summary>How a frame arrived.</summary>
/// <param name="Gateways">EUIs of the gateways that heard it, the best first.</param>
/// <param name="Packet">The frame at the best of them.</param>
public sealed record HeardFrame(IReadOnlyList<ulong> Gateways, RxPacket Packet);

/// <summary>Hears what a listening server makes of what gateways receive.</summary>
public interface IListener
{
    /// <summary>A gateway spoke for the first time.</summary>
    /// <param name="gatewayEui">Which.</param>
    void OnGateway(ulong gatewayEui);

    /// <summary>A device whose key is known joined.</summary>
    /// <param name="device">Which.</param>
    /// <param name="frame">How its request arrived.</param>
    void OnJoined(KnownDevice device, HeardFrame frame);

    /// <summary>A device whose key is known said something new.</summary>
    /// <param name="device">Which.</param>
    /// <param name="frame">How it arrived.</param>
    /// <param name="fPort">Its port; null when the frame has no payload for an application.</param>
    /// <param name="payload">The payload in the clear; valid during the call.</param>
    /// <param name="frameCounter">Its 32-bit counter; null without a payload.</param>
    void OnUplink(KnownDevice device, HeardFrame frame, int? fPort, ReadOnlySpan<byte> payload, uint? frameCounter);

    /// <summary>A frame that the server does not believe, or of which it has no key.</summary>
    /// <param name="frame">How it arrived.</param>
    /// <param name="cause">Why; null for a repetition of what was heard already.</param>
    void OnOther(HeardFrame frame, RefusalCause? cause);

    /// <summary>A gateway said what became of an answer.</summary>
    /// <param name="gatewayEui">Which.</param>
    /// <param name="error">The protocol's word, NONE when it was taken; any text.</param>
    void OnAnswered(ulong gatewayEui, string error);

    /// <summary>Something that could not be used came in.</summary>
    /// <param name="text">What, as a sentence without its end; may hold text from outside.</param>
    void OnTrouble(string text);
}

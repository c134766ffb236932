// The seam between gateways and whoever stands behind them: the embedded network server, or forwarders to somebody else's.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// Stands behind the gateways: hears what they receive and decides what they transmit. Called serially, in order of time, from within
/// <see cref="FleetNetwork.Advance"/>, except where a member says otherwise.
/// </summary>
public interface IGatewayBackend
{
    /// <summary>When it has something to do without a new uplink, in microseconds since the start; <see cref="long.MaxValue"/> if never.</summary>
    long NextEventUs { get; }

    /// <summary>An uplink ended and at least one gateway received it. Any bytes.</summary>
    /// <param name="uplink">The frame; valid during the call.</param>
    /// <param name="receptions">The gateways that received it, ascending by index; valid during the call.</param>
    void OnUplink(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions);

    /// <summary>Lets timers run out and downlinks be given to gateways.</summary>
    /// <param name="nowUs">The end of the window that is being closed.</param>
    void Run(long nowUs);

    /// <summary>
    /// Whether nothing is on its way or waiting for a pole: then no downlink can begin for it until it has transmitted, or until the
    /// application queues one. May be called by several threads while no other member is.
    /// </summary>
    /// <param name="poleIndex">Which pole.</param>
    /// <param name="timeUs">Now.</param>
    bool IsQuiet(int poleIndex, long timeUs);
}

/// <summary>The gateways' radios, as somebody sees them who is not the embedded server. All of them are in the simulated air.</summary>
public interface IGatewayRadios
{
    /// <summary>What the air did so far.</summary>
    RadioStatistics Statistics { get; }

    /// <summary>The end of the window that is being closed: nothing can be transmitted before it.</summary>
    long EarliestStartUs { get; }

    /// <summary>Whether a gateway is out of order now.</summary>
    /// <param name="gatewayIndex">Which gateway.</param>
    bool IsDown(int gatewayIndex);

    /// <summary>Whether the duty cycle of a gateway allows a downlink.</summary>
    /// <param name="plan">The downlink.</param>
    bool IsWithinDutyCycle(in DownlinkPlan plan);

    /// <summary>
    /// Transmits, and lets poles know that it comes by. The caller made sure that the gateway transmits nothing else at that time.
    /// </summary>
    /// <param name="plan">The downlink; not before <see cref="EarliestStartUs"/>, its frequency in a sub-band of the region. Its pole is not looked at.</param>
    /// <param name="addressed">The poles it is for; each has the gateway in reach or does not hear it.</param>
    /// <param name="others">Poles that may hear it too.</param>
    /// <param name="frame">Its PHY payload; copied.</param>
    void Transmit(in DownlinkPlan plan, ReadOnlySpan<int> addressed, ReadOnlySpan<int> others, byte[] frame);
}

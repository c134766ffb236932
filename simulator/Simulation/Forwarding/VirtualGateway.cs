// One simulated gateway as a server knows it: its EUI, its clock and its plan of transmissions.
using Simulation.Radio;

namespace Simulation.Forwarding;

/// <summary>A gateway that is attached to somebody else's server.</summary>
public sealed class VirtualGateway
{
    /// <summary>
    /// A plan is given to the air this long before its start: the longest window of the run, so that none is given too late.
    /// </summary>
    public const long LeadUs = 1_000_000;

    private readonly ForwardingStatistics _statistics;

    /// <summary>Makes it.</summary>
    /// <param name="index">Its index among the scenario's gateways.</param>
    /// <param name="eui">EUI-64.</param>
    /// <param name="name">Its name in the scenario.</param>
    /// <param name="counter">Its clock.</param>
    /// <param name="limits">What it can transmit.</param>
    /// <param name="gps">The run's GPS time.</param>
    /// <param name="statistics">Where requests are counted.</param>
    public VirtualGateway(
        int index, ulong eui, string name, GatewayCounter counter, TransmitLimits limits, GpsTime gps, ForwardingStatistics statistics)
    {
        Index = index;
        Eui = eui;
        Name = name;
        Counter = counter;
        Limits = limits;
        Gps = gps;
        Queue = new TransmitQueue(limits, gps);
        _statistics = statistics;
    }

    /// <summary>Its index among the scenario's gateways.</summary>
    public int Index { get; }

    /// <summary>EUI-64.</summary>
    public ulong Eui { get; }

    /// <summary>Its name in the scenario.</summary>
    public string Name { get; }

    /// <summary>Degrees north.</summary>
    public double Latitude { get; init; }

    /// <summary>Degrees east.</summary>
    public double Longitude { get; init; }

    /// <summary>Its clock.</summary>
    public GatewayCounter Counter { get; }

    /// <summary>What it can transmit.</summary>
    public TransmitLimits Limits { get; }

    /// <summary>The run's GPS time; known to the gateway only if its limits say so.</summary>
    public GpsTime Gps { get; }

    /// <summary>Its plan.</summary>
    public TransmitQueue Queue { get; }

    /// <summary>Plans a transmission and counts what came of it.</summary>
    /// <param name="request">What the server asks for.</param>
    /// <param name="nowUs">Simulated time.</param>
    /// <param name="planned">The plan; null when there is none.</param>
    public TransmitError Request(TransmitRequest request, long nowUs, out PlannedTransmission? planned)
    {
        TransmitError error = Queue.TryPlan(request, nowUs, out planned);
        _statistics.CountRequest(error, planned is null || request.Timing == TransmitTiming.Immediate ? 0 : planned.StartUs - nowUs);
        return error;
    }

    /// <summary>EUI as servers print it: 16 hexadecimal digits.</summary>
    public string EuiText => Eui.ToString("x16", System.Globalization.CultureInfo.InvariantCulture);
}

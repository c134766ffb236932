// Stands behind the gateways in the embedded server's place: hands what they receive to their forwarders, and what forwarders planned to
// the air. What a forwarder says to its server is its own affair.
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Forwarding;

/// <summary>All virtual gateways of a run.</summary>
public sealed class ForwarderBackend : IGatewayBackend, IDisposable
{
    private readonly IGatewayRadios _radios;
    private readonly VirtualGateway[] _gateways;
    private readonly IGatewayForwarder[] _forwarders;
    private readonly ForwardingStatistics _statistics;
    private readonly RadioStatistics _radioStatistics;
    private readonly Func<long> _wallMs;
    private readonly DownlinkAddressing _addressing = new();
    private readonly List<int> _found = [];
    private readonly int[] _everybody;
    private readonly bool[] _isDown;

    /// <summary>Makes it.</summary>
    /// <param name="radios">The gateways' radios.</param>
    /// <param name="gateways">The gateways, by index.</param>
    /// <param name="forwarders">The forwarder of each; disposed with it.</param>
    /// <param name="poleCount">Poles in the air.</param>
    /// <param name="statistics">Where things are counted.</param>
    /// <param name="radioStatistics">Where join-requests that arrive are counted.</param>
    /// <param name="wallMs">Wall time in milliseconds since some moment.</param>
    public ForwarderBackend(
        IGatewayRadios radios, VirtualGateway[] gateways, IGatewayForwarder[] forwarders, int poleCount, ForwardingStatistics statistics,
        RadioStatistics radioStatistics, Func<long> wallMs)
    {
        ArgumentNullException.ThrowIfNull(gateways);
        _radios = radios;
        _gateways = gateways;
        _forwarders = forwarders;
        _statistics = statistics;
        _radioStatistics = radioStatistics;
        _wallMs = wallMs;
        _everybody = [.. Enumerable.Range(0, poleCount)];
        _isDown = new bool[gateways.Length];
    }

    /// <inheritdoc/>
    public long NextEventUs => long.MaxValue; // the pace of the run decides how often servers are listened to

    /// <inheritdoc/>
    public void OnUplink(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        ArgumentNullException.ThrowIfNull(uplink);
        byte[] frame = uplink.Frame[..uplink.Length];
        _addressing.Learn(uplink.PoleIndex, frame, uplink.EndUs);
        _radioStatistics.JoinRequestCount += frame.Length > 0 && (frame[0] & 0xE0) == 0 ? 1 : 0;
        foreach (GatewayReception reception in receptions)
        {
            _forwarders[reception.GatewayIndex].Forward(ReceivedUplink.From(uplink, reception, frame));
        }
    }

    /// <inheritdoc/>
    public void Run(long nowUs)
    {
        long wallMs = _wallMs();
        for (int at = 0; at < _gateways.Length; at++)
        {
            // A gateway without power neither asks nor answers; what its server sent in the meantime waits in the socket and is too late then.
            if (_radios.IsDown(at))
            {
                if (!_isDown[at])
                {
                    _gateways[at].Queue.Clear();
                }

                _isDown[at] = true;
                continue;
            }

            _isDown[at] = false;
            _forwarders[at].Run(nowUs, wallMs);
            Transmit(_gateways[at], _forwarders[at], nowUs);
        }
    }

    /// <inheritdoc/>
    public bool IsQuiet(int poleIndex, long timeUs) => false; // a server may send whenever it likes

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (IGatewayForwarder forwarder in _forwarders)
        {
            forwarder.Dispose();
        }
    }

    private void Transmit(VirtualGateway gateway, IGatewayForwarder forwarder, long nowUs)
    {
        foreach (PlannedTransmission planned in gateway.Queue.Planned)
        {
            if (planned.StartUs > nowUs + VirtualGateway.LeadUs)
            {
                break;
            }

            if (!planned.IsOnAir)
            {
                planned.IsOnAir = true;
                PutOnAir(gateway, planned);
                forwarder.OnTransmitted(planned, nowUs);
            }
        }

        gateway.Queue.Sweep(nowUs);
    }

    private void PutOnAir(VirtualGateway gateway, PlannedTransmission planned)
    {
        TransmitRequest request = planned.Request;
        DownlinkPlan plan = new(
            -1, gateway.Index, Math.Max(planned.StartUs, _radios.EarliestStartUs), request.FrequencyHz, request.SpreadingFactor, request.BandwidthHz,
            request.Frame.Length);
        _statistics.BeyondDutyCycleCount += _radios.IsWithinDutyCycle(plan) ? 0 : 1;
        bool isFound = _addressing.TryFind(request.Frame, planned.StartUs, _found);
        if (!request.IsInverted)
        {
            _found.Clear(); // poles listen with inverted polarisation: to them this is noise
            isFound = true;
        }

        _statistics.UnheardCount += isFound && _found.Count == 0 ? 1 : 0;
        byte[] frame = new byte[256];
        request.Frame.CopyTo(frame, 0);
        _radios.Transmit(plan, isFound ? [.. _found] : [], isFound ? [] : _everybody, frame);
        _radioStatistics.JoinAcceptCount += (request.Frame[0] & 0xE0) == 0x20 ? 1 : 0;
    }
}

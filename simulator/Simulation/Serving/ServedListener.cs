// Stands behind the network server of a served fleet: turns what it tells by the index of a pole into what a network server's user hears.
using Simulation.Network;

namespace Simulation.Serving;

/// <summary>Makes events.</summary>
/// <param name="onEvent">Told of everything.</param>
internal sealed class ServedListener(Action<ServedEvent> onEvent) : IApplicationServer
{
    private readonly HashSet<int> _joined = [];
    private FleetNetwork _network = null!;
    private ServedQueues? _queues;
    private string[] _devEuis = [];

    /// <summary>Connects it, once, before the run.</summary>
    /// <param name="network">The network server.</param>
    /// <param name="queues">The queues of devices; null where somebody else sends, of which nothing is told.</param>
    /// <param name="devEuis">DevEUIs by the index of the pole.</param>
    public void Connect(FleetNetwork network, ServedQueues? queues, string[] devEuis)
    {
        _network = network;
        _queues = queues;
        _devEuis = devEuis;
    }

    /// <summary>A downlink fits into no frame.</summary>
    public void Refuse(int pole, ServedDownlink downlink, long nowUs) => onEvent(new ServedRefusal(_devEuis[pole], nowUs, downlink.Id));

    public void OnJoined(int poleIndex, long timeUs) => _joined.Add(poleIndex);

    public void OnUplink(int poleIndex, long timeUs, int fPort, byte[] payload, int length, in UplinkReception reception)
    {
        string devEui = _devEuis[poleIndex];
        uint devAddr = _network.DevAddr(poleIndex) ?? 0;
        if (_joined.Remove(poleIndex))
        {
            onEvent(new ServedJoin(devEui, timeUs, devAddr));
        }

        ServedReception arrived = new(
            reception.GatewayIndex, _network.DataRate(poleIndex), reception.SpreadingFactor, reception.FrequencyHz, reception.RssiDbm, reception.SnrQuarterDecibel / 4.0);
        onEvent(new ServedUplink(devEui, timeUs, devAddr, reception.FrameCounter, fPort, payload[..length], reception.IsConfirmed, arrived));
    }

    public void OnDownlinkSent(int poleIndex, long downlinkId, long startUs, int attempt)
    {
        if (_queues?.Find(poleIndex, downlinkId) is not { } downlink)
        {
            return;
        }

        downlink.FrameCounter = _network.NextDownlinkCounter(poleIndex) - 1;
        downlink.IsPending = downlink.IsConfirmed;
        if (!downlink.IsConfirmed)
        {
            _queues.Remove(poleIndex, downlink);
        }

        onEvent(new ServedTransmission(_devEuis[poleIndex], startUs, downlink.Id, downlink.FrameCounter));
    }

    public void OnDownlinkAcknowledged(int poleIndex, long downlinkId, long timeUs) => End(poleIndex, downlinkId, timeUs, true);

    public void OnDownlinkFailed(int poleIndex, long downlinkId, long timeUs, DownlinkFailure failure)
    {
        if (failure == DownlinkFailure.SessionEnded && _queues?.Find(poleIndex, downlinkId) is { } downlink)
        {
            // It goes on in the new session.
            downlink.NetworkId = 0;
            downlink.IsPending = false;
            return;
        }

        End(poleIndex, downlinkId, timeUs, false);
    }

    private void End(int poleIndex, long downlinkId, long timeUs, bool isAcknowledged)
    {
        if (_queues?.Find(poleIndex, downlinkId) is { } downlink)
        {
            _queues.Remove(poleIndex, downlink);
            onEvent(new ServedAcknowledgement(_devEuis[poleIndex], timeUs, downlink.Id, isAcknowledged, downlink.FrameCounter));
        }
    }
}

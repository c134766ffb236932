// Semtech's packet forwarder for one virtual gateway: PUSH_DATA and its acknowledgements, the keep-alive, PULL_RESP and TX_ACK
// (Lora-net/packet_forwarder, PROTOCOL.TXT). The bytes are PushData's, PullResp's and SemtechPacket's.
namespace Simulation.Forwarding.Semtech;

/// <summary>A packet forwarder.</summary>
public sealed class SemtechForwarder : IGatewayForwarder
{
    /// <summary>PULL_DATA is sent this often (keepalive_interval of Semtech's global_conf.json).</summary>
    public const long KeepAliveMs = 10_000;

    /// <summary>The state is sent this often (stat_interval).</summary>
    public const long StateIntervalMs = 30_000;

    /// <summary>A PUSH_DATA that was not acknowledged by now counts as lost.</summary>
    public const long AcknowledgeTimeoutMs = 1000;

    private const int FramesOfADatagram = 8; // NB_PKT_MAX of lora_pkt_fwd
    private const int DatagramsOfARun = 64;

    private readonly VirtualGateway _gateway;
    private readonly IDatagramLink _link;
    private readonly ForwardingStatistics _statistics;
    private readonly ForwardingLog _log;
    private readonly Func<ushort> _nextToken;
    private readonly Queue<ReceivedUplink> _waiting = new();
    private readonly Dictionary<ushort, long> _unacknowledged = [];
    private readonly List<ushort> _overdue = [];
    private readonly byte[] _buffer = new byte[65_536];
    private long _nextPullMs = long.MinValue;
    private long _nextStateMs = long.MinValue;
    private ushort _pullToken;
    private bool _isPullOpen;
    private int _receivedCount;
    private int _forwardedCount;
    private int _pushCount;
    private int _pushAcknowledgedCount;
    private int _downlinkCount;
    private int _transmittedCount;

    /// <summary>Makes it.</summary>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="link">The way to its server; disposed with it.</param>
    /// <param name="statistics">Where things are counted.</param>
    /// <param name="log">Where trouble is told.</param>
    /// <param name="nextToken">Gives tokens.</param>
    public SemtechForwarder(VirtualGateway gateway, IDatagramLink link, ForwardingStatistics statistics, ForwardingLog log, Func<ushort> nextToken)
    {
        _gateway = gateway;
        _link = link;
        _statistics = statistics;
        _log = log;
        _nextToken = nextToken;
    }

    /// <inheritdoc/>
    public void Forward(ReceivedUplink uplink)
    {
        _receivedCount++;
        _waiting.Enqueue(uplink);
    }

    /// <inheritdoc/>
    public void Run(long nowUs, long wallMs)
    {
        SendFrames(wallMs);
        SendKeepAlive(wallMs);
        SendState(nowUs, wallMs);
        for (int count = 0; count < DatagramsOfARun && _link.TryReceive(_buffer, out int length); count++)
        {
            Take(_buffer.AsMemory(0, length), nowUs);
        }

        CountOverdue(wallMs);
    }

    /// <inheritdoc/>
    public void OnTransmitted(PlannedTransmission planned, long nowUs) => _transmittedCount++;

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    private void SendFrames(long wallMs)
    {
        while (_waiting.Count > 0)
        {
            List<ReceivedUplink> frames = [];
            while (_waiting.Count > 0 && frames.Count < FramesOfADatagram)
            {
                frames.Add(_waiting.Dequeue());
            }

            _forwardedCount += frames.Count;
            _statistics.ForwardedCount += frames.Count;
            Push(PushData.WriteReceived(frames, _gateway.Counter, _gateway.Limits.HasGps ? _gateway.Gps : null), wallMs);
        }
    }

    private void SendKeepAlive(long wallMs)
    {
        if (wallMs < _nextPullMs)
        {
            return;
        }

        if (_isPullOpen)
        {
            CountUnacknowledged("PULL_DATA");
        }

        _nextPullMs = wallMs + KeepAliveMs;
        _pullToken = _nextToken();
        _isPullOpen = true;
        _link.Send(SemtechPacket.FromGateway(SemtechPacketType.PullData, _pullToken, _gateway.Eui, []));
    }

    private void SendState(long nowUs, long wallMs)
    {
        if (wallMs < _nextStateMs)
        {
            return;
        }

        _nextStateMs = wallMs + StateIntervalMs;
        double percent = _pushCount == 0 ? 0 : 100.0 * _pushAcknowledgedCount / _pushCount;
        GatewayState state = new(
            _gateway.Gps.Utc(nowUs), _gateway.Latitude, _gateway.Longitude, _receivedCount, _forwardedCount, percent, _downlinkCount, _transmittedCount);
        (_receivedCount, _forwardedCount, _pushCount, _pushAcknowledgedCount, _downlinkCount, _transmittedCount) = (0, 0, 0, 0, 0, 0);
        Push(PushData.WriteState(state), wallMs);
    }

    private void Push(byte[] json, long wallMs)
    {
        ushort token = _nextToken();
        _pushCount++;
        _unacknowledged[token] = wallMs;
        _link.Send(SemtechPacket.FromGateway(SemtechPacketType.PushData, token, _gateway.Eui, json));
    }

    private void Take(ReadOnlyMemory<byte> datagram, long nowUs)
    {
        if (!SemtechPacket.TryReadHeader(datagram.Span, out SemtechPacketType type, out ushort token))
        {
            Refuse("a datagram that is none of Semtech's protocol, version 2");
            return;
        }

        switch (type)
        {
            case SemtechPacketType.PushAck:
                _pushAcknowledgedCount += _unacknowledged.Remove(token) ? 1 : 0;
                break;
            case SemtechPacketType.PullAck:
                _isPullOpen &= token != _pullToken;
                break;
            case SemtechPacketType.PullResp:
                TakeDownlink(datagram[SemtechPacket.ServerHeaderLength..], token, nowUs);
                break;
            default:
                Refuse($"a {type}, which only gateways send");
                break;
        }
    }

    private void TakeDownlink(ReadOnlyMemory<byte> json, ushort token, long nowUs)
    {
        _downlinkCount++;
        string? problem = PullResp.Read(json, _gateway.Counter, _gateway.Gps, nowUs, out TransmitRequest? request);
        if (request is null)
        {
            // The protocol has no word for it; Semtech's forwarder says nothing to the server either.
            Refuse($"a PULL_RESP that cannot be used: {problem}");
            return;
        }

        TransmitError error = _gateway.Request(request, nowUs, out _);
        _link.Send(SemtechPacket.FromGateway(SemtechPacketType.TxAck, token, _gateway.Eui, PullResp.WriteAcknowledgement(error)));
    }

    private void CountOverdue(long wallMs)
    {
        _overdue.Clear();
        foreach ((ushort token, long sentMs) in _unacknowledged)
        {
            if (wallMs - sentMs > AcknowledgeTimeoutMs)
            {
                _overdue.Add(token);
            }
        }

        foreach (ushort token in _overdue)
        {
            _unacknowledged.Remove(token);
            CountUnacknowledged("PUSH_DATA");
        }
    }

    private void CountUnacknowledged(string what)
    {
        _statistics.UnacknowledgedCount++;
        _log.Say("unacknowledged", $"gateway {_gateway.EuiText} ({_gateway.Name}): the server did not acknowledge a {what}. Is it there, and does it know this gateway?");
    }

    private void Refuse(string what)
    {
        _statistics.MalformedCount++;
        _log.Say("malformed", $"gateway {_gateway.EuiText} ({_gateway.Name}): the server sent {what}");
    }
}

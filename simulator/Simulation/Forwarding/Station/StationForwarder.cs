// LoRa Basics Station for one virtual gateway: version and configuration, uplinks, downlinks in their windows, time (LNS protocol;
// lorabasics/basicstation, src/s2e.c and src/timesync.c). The connection is StationLink's, the JSON StationFrame's, RouterConfig's and
// StationDownlink's.
using System.Globalization;
using System.Text.Json;
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Forwarding.Station;

/// <summary>A station.</summary>
public sealed class StationForwarder : IGatewayForwarder
{
    /// <summary>What the station says of itself when it is connected.</summary>
    public const string VersionMessage =
        "{\"msgtype\":\"version\",\"station\":\"polesim\",\"firmware\":\"0.1.0\",\"package\":\"polesim\",\"model\":\"simulated\",\"protocol\":2,\"features\":\"gps\"}";

    private const int CounterBits = 48;
    private const long CounterMask = (1L << CounterBits) - 1;
    private const long TimeSyncIntervalMs = 10_000;
    private const int EventsOfARun = 64;
    private const long ClassCPauseUs = 100_000; // CLASS_C_BACKOFF_BY
    private const int ClassCTries = 10;         // CLASS_C_BACKOFF_MAX
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 16 };

    private readonly VirtualGateway _gateway;
    private readonly IStationLink _link;
    private readonly IGatewayRadios _radios;
    private readonly ForwardingStatistics _statistics;
    private readonly ForwardingLog _log;
    private readonly long _session;
    private readonly List<(PlannedTransmission Planned, StationDownlink Downlink, StationWindow Window)> _transmitting = [];
    private readonly Queue<ReceivedUplink> _waiting = new();
    private RouterConfig? _config;
    private long? _gpsOffsetUs;
    private long _nextTimeSyncMs;
    private double _serverTime;
    private long _serverTimeMs;
    private long _wallMs;

    /// <summary>Makes it.</summary>
    /// <param name="gateway">Its gateway.</param>
    /// <param name="link">The way to its server; disposed with it.</param>
    /// <param name="radios">The gateways' radios, for the duty cycle.</param>
    /// <param name="statistics">Where things are counted.</param>
    /// <param name="log">Where trouble is told.</param>
    /// <param name="session">Tells this start of the gateway from others in its clock, 1 to 127.</param>
    public StationForwarder(
        VirtualGateway gateway, IStationLink link, IGatewayRadios radios, ForwardingStatistics statistics, ForwardingLog log, int session)
    {
        ArgumentNullException.ThrowIfNull(gateway);
        _gateway = gateway;
        _link = link;
        _radios = radios;
        _statistics = statistics;
        _log = log;
        _session = (long)session << CounterBits;
        _gpsOffsetUs = gateway.Limits.HasGps ? gateway.Gps.GpsUs(0) : null;
    }

    /// <inheritdoc/>
    public void Forward(ReceivedUplink uplink) => _waiting.Enqueue(uplink);

    /// <inheritdoc/>
    public void Run(long nowUs, long wallMs)
    {
        _wallMs = wallMs;
        for (int count = 0; count < EventsOfARun && _link.TryTake(out StationEvent happened); count++)
        {
            Take(happened, nowUs);
        }

        while (_waiting.TryDequeue(out ReceivedUplink? uplink))
        {
            Send(uplink);
        }

        AskForTime(nowUs);
        ReportTransmitted(nowUs);
    }

    /// <inheritdoc/>
    public void OnTransmitted(PlannedTransmission planned, long nowUs)
    {
        // Reported when it begins, which is up to a second after the air was told.
    }

    /// <inheritdoc/>
    public void Dispose() => _link.Dispose();

    /// <summary>The gateway's clock as the protocol carries it: the session in the high bits, the counter in 48 low ones.</summary>
    /// <param name="timeUs">Simulated time.</param>
    public long XTime(long timeUs) => _session | (_gateway.Counter.At(timeUs) & CounterMask);

    private void Take(in StationEvent happened, long nowUs)
    {
        switch (happened.Kind)
        {
            case StationEventKind.Connected:
                _statistics.ConnectedCount++;
                _config = null;
                _link.Send(VersionMessage);
                break;
            case StationEventKind.Disconnected:
                _statistics.DisconnectedCount++;
                _config = null;
                break;
            default:
                TakeMessage(happened.Message, nowUs);
                break;
        }
    }

    private void TakeMessage(ReadOnlyMemory<byte> message, long nowUs)
    {
        string? problem;
        try
        {
            using JsonDocument document = ForeignJson.Parse(message, s_options);
            problem = document.RootElement.ValueKind == JsonValueKind.Object ? TakeObject(document.RootElement, nowUs) : "something that is no object";
        }
        catch (JsonException)
        {
            problem = "something that is not JSON";
        }

        if (problem is not null)
        {
            _statistics.MalformedCount++;
            _log.Say("malformed", $"gateway {_gateway.EuiText} ({_gateway.Name}): the server sent {problem}");
        }
    }

    private string? TakeObject(JsonElement message, long nowUs)
    {
        JsonFields fields = new(message);
        string type = fields.Text("msgtype", "");
        if (fields.Has("MuxTime"))
        {
            _serverTime = fields.Number("MuxTime", 0, 1e12, 0);
            _serverTimeMs = _wallMs;
        }

        if (_config is null && type is "dnmsg" or "dnsched")
        {
            return $"a {type} before its router_config";
        }

        switch (type)
        {
            case "router_config":
                return Configure(message);
            case "dnmsg":
                string? problem = StationDownlink.ReadMessage(message, out StationDownlink? downlink);
                problem ??= Plan(downlink!, nowUs);
                return problem is null ? null : $"a dnmsg that cannot be used: {problem}";
            case "dnsched":
                return PlanSchedule(fields, nowUs);
            case "timesync":
                TakeTime(fields, nowUs);
                return fields.Problem is null ? null : $"a timesync that cannot be used: {fields.Problem}";
            case "getxtime":
                AnswerXTime(fields, nowUs);
                return null;
            case "runcmd" or "rmtsh":
                return $"a {type}: commands are not carried out here";
            case "error":
                return $"an error: {fields.Text("error", "")}";
            default:
                return $"a message of a type that is not known: '{type}'";
        }
    }

    private string? Configure(JsonElement message)
    {
        string? problem = RouterConfig.Read(message, out RouterConfig? config);
        _config = config ?? _config;
        _nextTimeSyncMs = _wallMs;
        return problem is null ? null : $"a router_config that cannot be used: {problem}";
    }

    private void Send(ReceivedUplink uplink)
    {
        string? message = null;
        if (_config is RouterConfig config && config.IsChannel(uplink.FrequencyHz)
            && config.TryFindUplink(uplink.SpreadingFactor, uplink.BandwidthHz, out int dataRate))
        {
            double reference = _serverTime > 0 ? _serverTime + ((_wallMs - _serverTimeMs) / 1000.0) : 0;
            StationReception reception = new(
                dataRate, uplink.FrequencyHz, XTime(uplink.EndUs), _gpsOffsetUs is long offsetUs ? uplink.EndUs + offsetUs : 0, uplink.RssiDbm,
                uplink.SnrQuarterDecibel, _gateway.Gps.UtcUs(uplink.EndUs), reference);
            message = StationFrame.Write(uplink.Frame, reception, config);
        }

        if (message is null)
        {
            _statistics.NotForwardedCount++;
            return;
        }

        _statistics.ForwardedCount++;
        _link.Send(message);
    }

    private string? PlanSchedule(JsonFields fields, long nowUs)
    {
        if (fields.Part("schedule", JsonValueKind.Array, isOptional: false) is not JsonElement schedule)
        {
            return $"a dnsched that cannot be used: {fields.Problem}";
        }

        string? first = null;
        foreach (JsonElement entry in schedule.EnumerateArray())
        {
            string? problem = StationDownlink.ReadScheduled(entry, out StationDownlink? downlink);
            problem ??= Plan(downlink!, nowUs);
            first ??= problem;
        }

        return first is null ? null : $"a dnsched that cannot be used: {first}";
    }

    // Returns what is wrong with the message. A downlink for which there is no time or no duty cycle is not wrong: it is counted.
    private string? Plan(StationDownlink downlink, long nowUs)
    {
        foreach (StationWindow? window in (StationWindow?[])[downlink.First, downlink.Second])
        {
            if (window is StationWindow given && (_config!.Downlink(given.DataRate) is null || !_config.IsInRange(given.FrequencyHz)))
            {
                return $"{given.FrequencyHz} Hz at DR{given.DataRate} is not in the router_config";
            }
        }

        if (downlink.DeviceClass != StationDownlink.ClassB && downlink.XTime != 0 && (downlink.XTime & ~CounterMask) != _session)
        {
            return "\"xtime\" is of another start of this gateway";
        }

        TransmitError error = TransmitError.TooLate;
        foreach ((long startUs, StationWindow window) in Windows(downlink, nowUs))
        {
            error = TryPlan(downlink, window, startUs, nowUs);
            if (error == TransmitError.None)
            {
                break;
            }
        }

        if (error != TransmitError.None)
        {
            _statistics.CountRequest(error, 0);
            _log.Say("dropped", $"gateway {_gateway.EuiText} ({_gateway.Name}): downlink {downlink.Id} is dropped: {Semtech.PullResp.NameOf(error)}");
        }

        return null;
    }

    private IEnumerable<(long StartUs, StationWindow Window)> Windows(StationDownlink downlink, long nowUs)
    {
        if (downlink.DeviceClass == StationDownlink.ClassB)
        {
            if (_gpsOffsetUs is long offsetUs && downlink.First is StationWindow slot)
            {
                yield return (downlink.GpsUs - offsetUs, slot);
            }

            yield break;
        }

        long rx1Us = downlink.XTime == 0 ? long.MinValue : TimeOf(downlink.XTime) + (downlink.ReceiveDelayS * 1_000_000L);
        if (downlink.First is StationWindow first && downlink.XTime != 0)
        {
            yield return (rx1Us, first);
        }

        if (downlink.Second is not StationWindow second)
        {
            yield break;
        }

        if (downlink.DeviceClass == StationDownlink.ClassA)
        {
            yield return (downlink.XTime == 0 ? long.MinValue : rx1Us + 1_000_000, second);
            yield break;
        }

        for (int tries = 0; tries <= ClassCTries; tries++)
        {
            yield return (nowUs + TransmitQueue.PreparationUs + TransmitQueue.MarginUs + 1 + (tries * ClassCPauseUs), second);
        }
    }

    private TransmitError TryPlan(StationDownlink downlink, StationWindow window, long startUs, long nowUs)
    {
        StationDataRate dataRate = _config!.Downlink(window.DataRate)!.Value;
        if (startUs == long.MinValue)
        {
            return TransmitError.TooLate;
        }

        TransmitRequest request = new()
        {
            Timing = TransmitTiming.Counter,
            StartUs = startUs,
            FrequencyHz = window.FrequencyHz,
            SpreadingFactor = dataRate.SpreadingFactor,
            BandwidthHz = dataRate.BandwidthHz,
            PowerDbm = _config.MaximumPowerDbm is int limitDbm ? Math.Min(limitDbm, _gateway.Limits.MaximumPowerDbm) : null,
            Frame = downlink.Frame,
        };
        DownlinkPlan plan = new(
            -1, _gateway.Index, startUs, window.FrequencyHz, dataRate.SpreadingFactor, dataRate.BandwidthHz, downlink.Frame.Length);
        if (_gateway.Limits.IsFrequencyAllowed(window.FrequencyHz) && startUs > nowUs && !_config.HasNoDutyCycle && !_radios.IsWithinDutyCycle(plan))
        {
            _statistics.BeyondDutyCycleCount++;
            return TransmitError.CollisionPacket;
        }

        TransmitError error = _gateway.Queue.TryPlan(request, nowUs, out PlannedTransmission? planned);
        if (error == TransmitError.None)
        {
            _statistics.CountRequest(error, downlink.DeviceClass == StationDownlink.ClassC ? 0 : startUs - nowUs);
            _transmitting.Add((planned!, downlink, window));
        }

        return error;
    }

    private long TimeOf(long xTime)
    {
        // The 48 bits last nine years: the counter's higher bits are what they are now.
        return _gateway.Counter.TimeUs(xTime & CounterMask);
    }

    private void ReportTransmitted(long nowUs)
    {
        for (int at = 0; at < _transmitting.Count; at++)
        {
            (PlannedTransmission planned, StationDownlink downlink, StationWindow window) = _transmitting[at];
            if (planned.StartUs > nowUs)
            {
                continue;
            }

            _transmitting.RemoveAt(at--);
            if (downlink.DevEui != 0)
            {
                _link.Send(TransmittedMessage(planned, downlink, window));
            }
        }
    }

    private string TransmittedMessage(PlannedTransmission planned, StationDownlink downlink, StationWindow window)
    {
        long utcUs = _gateway.Gps.UtcUs(planned.StartUs);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"msgtype\":\"dntxed\",\"seqno\":{downlink.Id},\"diid\":{downlink.Id},\"DR\":{window.DataRate},\"Freq\":{window.FrequencyHz},\"DevEui\":\"{StationFrame.EuiText(downlink.DevEui)}\",\"rctx\":0,\"xtime\":{XTime(planned.StartUs)},\"txtime\":{utcUs / 1_000_000}.{utcUs % 1_000_000:000000},\"gpstime\":{(_gpsOffsetUs is long offsetUs ? planned.StartUs + offsetUs : 0)}}}");
    }

    // A station without GPS asks the server for the time until it has it.
    private void AskForTime(long nowUs)
    {
        if (_config is null || _gpsOffsetUs is not null || _wallMs < _nextTimeSyncMs)
        {
            return;
        }

        _nextTimeSyncMs = _wallMs + TimeSyncIntervalMs;
        _link.Send(string.Create(CultureInfo.InvariantCulture, $"{{\"msgtype\":\"timesync\",\"txtime\":{nowUs}}}"));
    }

    private void TakeTime(JsonFields fields, long nowUs)
    {
        long gpsUs = fields.Whole("gpstime", 0, long.MaxValue, 0);
        long sentUs = fields.Whole("txtime", 0, long.MaxValue, 0);
        long xTime = fields.Whole("xtime", long.MinValue, long.MaxValue, 0);
        if (fields.Problem is not null || gpsUs == 0 || _gateway.Limits.HasGps)
        {
            return;
        }

        if (xTime != 0 && (xTime & ~CounterMask) == _session)
        {
            _gpsOffsetUs = gpsUs - TimeOf(xTime);
        }
        else if (sentUs != 0 && sentUs <= nowUs)
        {
            // The server's time lies in the middle between question and answer.
            _gpsOffsetUs = gpsUs - (sentUs + ((nowUs - sentUs) / 2));
        }
    }

    private void AnswerXTime(JsonFields fields, long nowUs)
    {
        double serverTime = fields.Number("MuxTime", 0, 1e12, 0);
        long utcUs = _gateway.Gps.UtcUs(nowUs);
        _link.Send(string.Create(
            CultureInfo.InvariantCulture,
            $"{{\"msgtype\":\"getxtime\",\"MuxTime\":{serverTime:0.000000},\"ustime\":{nowUs / 1_000_000}.{nowUs % 1_000_000:000000},\"UTCtime\":{utcUs / 1_000_000}.{utcUs % 1_000_000:000000},\"xtimes\":[{XTime(nowUs)}]}}"));
    }
}

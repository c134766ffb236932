// The network server: what is believed of an uplink, and what is answered to it. Joins, MAC commands, scheduling and the application's
// queue have files of their own.
using PoleController.LoRaWan;
using Simulation.Parts;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// A LoRaWAN 1.0.4 network server for one fleet. Reception is decided at the end of an uplink for all gateways at once, so de-duplication
/// needs no waiting time: the gateways that heard the frame come together, and the one with the best signal-to-noise ratio answers.
/// </summary>
internal sealed class NetworkServer
{
    private const int JoinRequestType = 0x00;
    private const int TypeMask = 0xE0;
    private const int LastApplicationPort = 223;

    private readonly NetworkSettings _settings;
    private readonly RadioStatistics _radioStatistics;
    private readonly IApplicationServer _application;
    private readonly DownlinkScheduler _scheduler;
    private readonly NetworkDevice[] _devices;
    private readonly uint _firstDevAddr;
    private readonly Dictionary<uint, int> _personalised = [];
    private readonly FrameCodec _codec;
    private readonly JoinServer _joinServer;
    private readonly UplinkCheck _check;
    private readonly MacCommands _macCommands;
    private readonly DownlinkBuilder _builder;
    private readonly ClassCQueue _queue;
    private readonly DataFrame _header = new();
    private readonly byte[] _frame = new byte[256];
    private readonly byte[] _payload = new byte[256];

    /// <summary>Makes it with every pole known and none joined.</summary>
    /// <exception cref="ArgumentException">An identity has the wrong length or comes twice.</exception>
    public NetworkServer(
        NetworkSettings settings, IReadOnlyList<PoleSite> poles, int gatewayCount, long startUtcMs,
        DownlinkScheduler scheduler, RadioStatistics radioStatistics, IApplicationServer application)
    {
        _settings = settings;
        _scheduler = scheduler;
        _radioStatistics = radioStatistics;
        _application = application;
        var aes = new AesBlock();
        _codec = new FrameCodec(aes);
        _joinServer = new JoinServer(settings, aes, _codec.Crypto);
        _check = new UplinkCheck(_codec);
        _macCommands = new MacCommands(settings, Statistics, startUtcMs);
        _builder = new DownlinkBuilder(_codec);

        // DevAddr: the six low bits of a type 0 NetID, then 25 bits for the pole (LoRaWAN Backend Interfaces 1.0, section 13).
        _firstDevAddr = (uint)(settings.NetId & 0x3F) << 25;
        _devices = new NetworkDevice[poles.Count];
        for (int pole = 0; pole < _devices.Length; pole++)
        {
            PoleSite site = poles[pole];
            if (site.DevEui.Length != 8 || site.JoinEui.Length != 8 || site.AppKey.Length != 16)
            {
                throw new ArgumentException($"Pole {pole} needs a DevEUI and a JoinEUI of 8 bytes and an AppKey of 16 bytes.", nameof(poles));
            }

            ulong joinEui = System.Buffers.Binary.BinaryPrimitives.ReadUInt64BigEndian(site.JoinEui);
            _devices[pole] = new NetworkDevice(pole, _firstDevAddr | (uint)pole, joinEui, site.AppKey);
            _joinServer.Add(site.DevEui, _devices[pole]);
        }

        _queue = new ClassCQueue(settings, Statistics, scheduler, _builder, application, _devices, gatewayCount);
    }

    /// <summary>What it did so far.</summary>
    public NetworkStatistics Statistics { get; } = new();

    /// <summary>When it has something to do without a new uplink.</summary>
    public long NextEventUs => _queue.NextEventUs;

    /// <summary>Lets timers run out and class C downlinks be scheduled.</summary>
    public void Run(long nowUs) => _queue.Run(nowUs);

    /// <summary>Whether nothing is on its way or waiting for a pole.</summary>
    public bool IsQuiet(int poleIndex, long timeUs)
    {
        NetworkDevice device = _devices[poleIndex];
        return device.QueueLength == 0 && device.Unacknowledged is null && !device.IsInLine && device.BusyUntilUs <= timeUs;
    }

    /// <summary>Takes an application downlink.</summary>
    public bool TryEnqueue(int pole, int fPort, ReadOnlySpan<byte> payload, bool isConfirmed, long nowUs, long lifetimeUs, out long id) =>
        _queue.TryEnqueue(_devices[pole], fPort, payload, isConfirmed, nowUs, lifetimeUs, out id);

    /// <summary>Gives a pole a session without a join (activation by personalisation).</summary>
    public void Personalise(int pole, uint devAddr, ReadOnlySpan<byte> networkSessionKey, ReadOnlySpan<byte> applicationSessionKey)
    {
        NetworkDevice device = _devices[pole];
        _personalised.Remove(device.DevAddr);
        _personalised.Add(devAddr, pole);
        device.DevAddr = devAddr;
        device.Pending.IsValid = false;
        device.Active.Reset();
        networkSessionKey.CopyTo(device.Active.NetworkSessionKey);
        applicationSessionKey.CopyTo(device.Active.ApplicationSessionKey);
    }

    /// <summary>An uplink was received by at least one gateway. Any bytes: nothing changes unless the MIC is right.</summary>
    public void OnUplink(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        if (uplink.Length < 1)
        {
            Refuse(RefusalCause.Malformed);
        }
        else if ((uplink.Frame[0] & TypeMask) == JoinRequestType)
        {
            OnJoinRequest(uplink, receptions);
        }
        else
        {
            OnData(uplink, receptions);
        }
    }

    private void OnJoinRequest(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        NetworkDevice? device = _joinServer.Check(uplink.Frame, uplink.Length, out RefusalCause cause);
        if (device is null)
        {
            Refuse(cause);
            return;
        }

        _radioStatistics.JoinRequestCount++;
        Remember(device, uplink, receptions);

        // The device does not know the server's RX2 yet: the region's default holds (TS001-1.0.4, section 6.2.6).
        long rx1Us = uplink.EndUs + (Eu868.JoinAcceptDelay1S * 1_000_000L);
        var first = new ReceiveWindow(rx1Us, uplink.FrequencyHz, device.DataRate);
        var second = new ReceiveWindow(rx1Us + 1_000_000, Eu868.Rx2FrequencyHz, Eu868.Rx2DataRate);
        if (!_scheduler.TryPlanWindow(device, first, JoinCodec.AcceptWithCfListLength, out DownlinkPlan plan)
            && !_scheduler.TryPlanWindow(device, second, JoinCodec.AcceptWithCfListLength, out plan))
        {
            Refuse(RefusalCause.NoDownlinkSlot);
            return;
        }

        _joinServer.Accept(device, _frame);
        _queue.SessionEnded(device, uplink.EndUs);
        _scheduler.Transmit(device, plan, _frame);
        Statistics.ClassADownlinkCount++;
        _radioStatistics.JoinAcceptCount++;
        _application.OnJoined(device.PoleIndex, uplink.EndUs);
    }

    private void OnData(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        if (!FrameCodec.TryParse(uplink.Frame, uplink.Length, _header) || _header.IsDownlink)
        {
            Refuse(RefusalCause.Malformed);
            return;
        }

        NetworkDevice? device = Find(_header.DevAddr);
        if (device is null)
        {
            Refuse(RefusalCause.UnknownDevice);
            return;
        }

        switch (_check.Check(device, _header, uplink, out uint counter))
        {
            case UplinkVerdict.New:
                Statistics.AcceptedUplinkCount++;
                OnAccepted(device, uplink, receptions, counter, isRepetition: false);
                break;
            case UplinkVerdict.Repetition:
                Statistics.RepeatedUplinkCount++;
                OnAccepted(device, uplink, receptions, counter, isRepetition: true);
                break;
            case UplinkVerdict.Replay:
                Refuse(RefusalCause.Replay);
                break;
            default:
                Refuse(RefusalCause.BadMic);
                break;
        }
    }

    private NetworkDevice? Find(uint devAddr)
    {
        if (_personalised.Count > 0 && _personalised.TryGetValue(devAddr, out int personalised))
        {
            return _devices[personalised];
        }

        uint pole = devAddr - _firstDevAddr;
        return pole < (uint)_devices.Length && _devices[pole].DevAddr == devAddr ? _devices[pole] : null;
    }

    private void OnAccepted(
        NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions, uint counter, bool isRepetition)
    {
        Session session = device.Active;
        Array.Copy(uplink.Frame, _frame, uplink.Length);
        _codec.CipherPayload(_header, counter, session.NetworkSessionKey, session.ApplicationSessionKey, _frame);
        Remember(device, uplink, receptions);
        HandleCommands(device, uplink, receptions.Length, isRepetition);
        device.MustAcknowledge = _header.IsConfirmed;
        bool mustAnswer = _header.IsConfirmed || _header.IsAdrAcknowledgeRequest;
        if (!isRepetition)
        {
            Deliver(device, uplink, receptions, counter);
            if (_header.IsAdaptiveDataRate)
            {
                device.Adr.Add(device.RouteSnrQuarterDecibel[0]);
                _macCommands.Adapt(device, mustAnswer || device.CommandsLength > 0 || device.Head is not null);
            }
        }

        Answer(device, uplink, mustAnswer);
        _queue.Look(device, uplink.EndUs);
    }

    private void HandleCommands(NetworkDevice device, UplinkTransmission uplink, int gatewayCount, bool isRepetition)
    {
        int neededQuarterDecibel = (int)(ReceiverSensitivity.LimitDecibel(uplink.SpreadingFactor) * 4);
        var context = new MacContext(uplink.EndUs, device.RouteSnrQuarterDecibel[0], neededQuarterDecibel, gatewayCount, isRepetition);
        device.CommandsLength = 0;
        if (_header.FPort == 0)
        {
            _macCommands.Handle(device, _frame, _header.PayloadOffset, _header.PayloadLength, context);
        }
        else
        {
            _macCommands.Handle(device, _frame, _header.FOptsOffset, _header.FOptsLength, context);
        }
    }

    private void Deliver(NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions, uint counter)
    {
        if (_header.IsAcknowledge)
        {
            _queue.Acknowledged(device, uplink.EndUs);
        }

        if (_header.FPort is < 1 or > LastApplicationPort)
        {
            return;
        }

        int fPort = _header.FPort;
        int length = _header.PayloadLength;
        Array.Copy(_frame, _header.PayloadOffset, _payload, 0, length);
        GatewayReception best = Best(receptions);
        var reception = new UplinkReception(
            counter, _header.IsConfirmed, uplink.SpreadingFactor, uplink.FrequencyHz, best.GatewayIndex, receptions.Length,
            (int)Math.Round(best.SignalDbm, MidpointRounding.AwayFromZero), best.SnrQuarterDecibel);
        _application.OnUplink(device.PoleIndex, uplink.EndUs, fPort, _payload, length, reception);
    }

    /// <summary>Sends in one of the two windows what there is: acknowledgement, MAC commands, and what waits from the application.</summary>
    private void Answer(NetworkDevice device, UplinkTransmission uplink, bool mustAnswer)
    {
        ApplicationDownlink? waiting = _queue.ForAnswer(device, uplink.EndUs);
        mustAnswer |= device.CommandsLength > 0;
        if (!mustAnswer && waiting is null)
        {
            return;
        }

        long rx1Us = uplink.EndUs + (Eu868.ReceiveDelay1S * 1_000_000L);
        var rx1 = new ReceiveWindow(rx1Us, uplink.FrequencyHz, Region.Rx1DataRate(device.DataRate, 0));
        var rx2 = new ReceiveWindow(rx1Us + 1_000_000, Eu868.Rx2FrequencyHz, _settings.Rx2DataRate);
        bool isRx2First = (device.DataRate < _settings.PreferRx2BelowDataRate && _settings.Rx2DataRate > device.DataRate)
            || _scheduler.MarginDecibel(device, 0, rx1.FrequencyHz, rx1.DataRate) < _settings.PreferRx2BelowMarginDecibel;
        bool isSent = TryAnswerIn(isRx2First ? rx2 : rx1, device, waiting, mustAnswer)
            || TryAnswerIn(isRx2First ? rx1 : rx2, device, waiting, mustAnswer);
        device.CommandsLength = 0;
        if (!isSent && mustAnswer)
        {
            Statistics.MissedAnswerCount++;
        }
    }

    private bool TryAnswerIn(in ReceiveWindow window, NetworkDevice device, ApplicationDownlink? waiting, bool mustAnswer)
    {
        // RP002-1.0.4, section 2.4.6: FOpts and FRMPayload together are limited by the data rate.
        bool fits = waiting is not null
            && device.CommandsLength + waiting.Length <= Eu868.Region.MaximumPayloadLengths[window.DataRate];
        if (fits && TrySendIn(window, device, waiting))
        {
            return true;
        }

        return mustAnswer && TrySendIn(window, device, null);
    }

    private bool TrySendIn(in ReceiveWindow window, NetworkDevice device, ApplicationDownlink? downlink)
    {
        int length = DownlinkBuilder.LengthOf(device.CommandsLength, downlink);
        if (!_scheduler.TryPlanWindow(device, window, length, out DownlinkPlan plan))
        {
            return false;
        }

        _builder.Build(device, downlink, isAnswer: true);
        DownlinkTransmission transmission = _scheduler.Transmit(device, plan, _builder.Frame);
        Statistics.ClassADownlinkCount++;
        if (downlink is not null)
        {
            _queue.Sent(device, transmission);
        }

        return true;
    }

    /// <summary>Keeps what later downlinks need to know: data rate, time, and the gateways that heard the pole best.</summary>
    private static void Remember(NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        int dataRate = uplink.BandwidthHz > 125_000 ? 6 : 12 - uplink.SpreadingFactor;
        if (dataRate < device.DataRate)
        {
            device.PowerIndex = 0; // the pole's own back-off goes to full power first (TS001-1.0.4, section 4.3.1.1)
        }

        device.DataRate = dataRate;
        device.UplinkPowerDbm = Eu868.Region.PowerDbm(device.PowerIndex);
        device.LastUplinkEndUs = uplink.EndUs;
        device.RouteLength = 0;
        foreach (GatewayReception reception in receptions)
        {
            int at = device.RouteLength;
            while (at > 0 && device.RouteSnrQuarterDecibel[at - 1] < reception.SnrQuarterDecibel)
            {
                at--;
            }

            if (at >= NetworkDevice.RouteCount)
            {
                continue;
            }

            device.RouteLength = Math.Min(device.RouteLength + 1, NetworkDevice.RouteCount);
            for (int moved = device.RouteLength - 1; moved > at; moved--)
            {
                device.RouteGateway[moved] = device.RouteGateway[moved - 1];
                device.RouteSnrQuarterDecibel[moved] = device.RouteSnrQuarterDecibel[moved - 1];
            }

            device.RouteGateway[at] = reception.GatewayIndex;
            device.RouteSnrQuarterDecibel[at] = reception.SnrQuarterDecibel;
        }
    }

    private static GatewayReception Best(ReadOnlySpan<GatewayReception> receptions)
    {
        GatewayReception best = receptions[0];
        foreach (GatewayReception reception in receptions)
        {
            if (reception.SnrQuarterDecibel > best.SnrQuarterDecibel)
            {
                best = reception;
            }
        }

        return best;
    }

    private void Refuse(RefusalCause cause) => Statistics.RefusedCounts[(int)cause]++;
}

// Data uplinks: what is believed, what it changes at the device, what the application hears. What is answered is ClassAAnswers'.
using PoleController.LoRaWan;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>Takes data uplinks.</summary>
internal sealed class UplinkHandler
{
    private const int LastApplicationPort = 223;

    private readonly ServerParts _parts;
    private readonly NetworkStatistics _statistics;
    private readonly UplinkCheck _check;
    private readonly ClassAAnswers _answers;
    private readonly PackageServer _packages;
    private readonly DataFrame _header = new();
    private readonly byte[] _frame = new byte[256];
    private readonly byte[] _payload = new byte[256];

    /// <summary>Makes it over the server's parts.</summary>
    public UplinkHandler(ServerParts parts, ClassAAnswers answers)
    {
        _parts = parts;
        _statistics = parts.Statistics;
        _check = new UplinkCheck(parts.Codec, parts.Settings, parts.MacRequests);
        _answers = answers;
        _packages = new PackageServer(parts);
    }

    /// <summary>A frame that is no join-request was received by at least one gateway. Any bytes: nothing changes unless the MIC is right.</summary>
    public void Take(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        if (!FrameCodec.TryParse(uplink.Frame, uplink.Length, _header) || _header.IsDownlink)
        {
            _statistics.Refuse(RefusalCause.Malformed);
            return;
        }

        NetworkDevice? device = _parts.Devices.Find(_header.DevAddr);
        if (device is null)
        {
            _statistics.Refuse(RefusalCause.UnknownDevice);
            return;
        }

        switch (_check.Check(device, _header, uplink, out uint counter))
        {
            case UplinkVerdict.New:
                _statistics.AcceptedUplinkCount++;
                OnAccepted(device, uplink, receptions, counter, isRepetition: false);
                break;
            case UplinkVerdict.Repetition:
                _statistics.RepeatedUplinkCount++;
                OnAccepted(device, uplink, receptions, counter, isRepetition: true);
                break;
            case UplinkVerdict.Replay:
                _statistics.Refuse(RefusalCause.Replay);
                break;
            default:
                _statistics.Refuse(RefusalCause.BadMic);
                break;
        }
    }

    private void OnAccepted(
        NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions, uint counter, bool isRepetition)
    {
        Session session = device.Active;
        Array.Copy(uplink.Frame, _frame, uplink.Length);
        _parts.Codec.CipherPayload(_header, counter, session.NetworkSessionKey, session.ApplicationSessionKey, _frame);
        GatewayRoutes.Remember(device, uplink, receptions, _parts.Region);
        HandleCommands(device, uplink, receptions.Length, isRepetition);
        device.MustAcknowledge = _header.IsConfirmed;
        bool mustAnswer = _header.IsConfirmed || _header.IsAdrAcknowledgeRequest;
        if (!isRepetition)
        {
            Deliver(device, uplink, receptions, counter);
            _parts.MulticastSetup.Consider(device, uplink.EndUs);
            if (_header.IsAdaptiveDataRate)
            {
                device.Adr.Add(device.RouteSnrQuarterDecibel[0]);
                _parts.MacCommands.Adapt(device, mustAnswer || device.CommandsLength > 0 || device.Head is not null);
            }
        }

        _parts.MacRequests.Consider(device, uplink.EndUs);
        _answers.Answer(device, uplink, mustAnswer || MacRequests.IsAnyUrgent(device));
        _parts.Queue.Look(device, uplink.EndUs);
    }

    private void HandleCommands(NetworkDevice device, UplinkTransmission uplink, int gatewayCount, bool isRepetition)
    {
        int neededQuarterDecibel = (int)(ReceiverSensitivity.LimitDecibel(uplink.SpreadingFactor) * 4);
        var context = new MacContext(uplink.EndUs, device.RouteSnrQuarterDecibel[0], neededQuarterDecibel, gatewayCount, isRepetition);
        device.CommandsLength = 0;
        if (_header.FPort == 0)
        {
            _parts.MacCommands.Handle(device, _frame, _header.PayloadOffset, _header.PayloadLength, context);
        }
        else
        {
            _parts.MacCommands.Handle(device, _frame, _header.FOptsOffset, _header.FOptsLength, context);
        }
    }

    private void Deliver(NetworkDevice device, UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions, uint counter)
    {
        if (_header.IsAcknowledge)
        {
            _parts.Queue.Acknowledged(device, uplink.EndUs);
        }

        if (_header.FPort is < 1 or > LastApplicationPort)
        {
            return;
        }

        int fPort = _header.FPort;
        int length = _header.PayloadLength;
        Array.Copy(_frame, _header.PayloadOffset, _payload, 0, length);
        if (_parts.Settings.SpeaksPackages && _packages.TryTake(device, fPort, _payload, length, uplink.EndUs))
        {
            return;
        }

        GatewayReception best = GatewayRoutes.Best(receptions);
        var reception = new UplinkReception(
            counter, _header.IsConfirmed, uplink.SpreadingFactor, uplink.FrequencyHz, best.GatewayIndex, receptions.Length,
            (int)Math.Round(best.SignalDbm, MidpointRounding.AwayFromZero), best.SnrQuarterDecibel);
        _parts.Application.OnUplink(device.PoleIndex, uplink.EndUs, fPort, _payload, length, reception);
    }
}

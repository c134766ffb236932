// MAC commands: what poles ask and answer, and what the server asks of them. Reads and fills the device's command buffer only.
namespace Simulation.Network;

/// <summary>How the uplink arrived, as far as MAC commands ask for it.</summary>
internal readonly record struct MacContext(long UplinkEndUs, int SnrQuarterDecibel, int NeededSnrQuarterDecibel, int GatewayCount, bool IsRepetition);

/// <summary>MAC commands of LoRaWAN 1.0.4 at the server (TS001-1.0.4, section 5).</summary>
internal sealed class MacCommands
{
    private const int LinkCheck = 0x02;
    private const int LinkAdr = 0x03;
    private const int DeviceTime = 0x0D;

    // Bytes behind the command identifier of what a device sends, 0x02 to 0x0D (TS001-1.0.4, table 5); -1: there is none.
    private static readonly int[] _uplinkLengths = [0, 1, 0, 1, 2, 1, 0, 0, 1, -1, -1, 0];

    private readonly NetworkSettings _settings;
    private readonly NetworkStatistics _statistics;
    private readonly ServerClock _clock;
    private readonly MacRequests _requests;

    /// <summary>Makes it.</summary>
    public MacCommands(NetworkSettings settings, NetworkStatistics statistics, ServerClock clock, MacRequests requests)
    {
        _requests = requests;
        _settings = settings;
        _statistics = statistics;
        _clock = clock;
    }

    /// <summary>Handles what a pole sent. Stops at the first command it does not know: where the next begins cannot be told.</summary>
    public void Handle(NetworkDevice device, byte[] data, int offset, int length, in MacContext context)
    {
        int end = offset + length;
        while (offset < end)
        {
            int command = data[offset];
            int argumentLength = command is >= LinkCheck and <= DeviceTime ? _uplinkLengths[command - LinkCheck] : -1;
            if (argumentLength < 0 || offset + 1 + argumentLength > end)
            {
                return;
            }

            switch (command)
            {
                case LinkCheck:
                    AnswerLinkCheck(device, context);
                    break;
                case LinkAdr:
                    if (!context.IsRepetition)
                    {
                        TakeLinkAdrAnswer(device, data[offset + 1]);
                    }

                    break;
                case DeviceTime:
                    AnswerDeviceTime(device, context);
                    break;
                default:
                    if (!context.IsRepetition)
                    {
                        _requests.TakeAnswer(device, command, data.AsSpan(offset + 1, argumentLength), context.UplinkEndUs);
                    }

                    break;
            }

            offset += 1 + argumentLength;
        }
    }

    /// <summary>Asks the pole for another data rate or power if ADR wants one.</summary>
    /// <param name="device">The pole.</param>
    /// <param name="isAnswered">Whether the uplink is answered anyway, so that the request costs hardly any time on air.</param>
    public void Adapt(NetworkDevice device, bool isAnswered)
    {
        const int RefusalLimit = 3;
        if (!_settings.IsAdaptiveDataRate || device.DataRate > 5 || device.AdrRefusedCount >= RefusalLimit
            || device.Adr.Count < (device.HasAdapted ? AdrHistory.Length : _settings.FirstAdrUplinkCount))
        {
            return;
        }

        AdrDecision decision = device.Adr.Decide(device.DataRate, device.PowerIndex, _settings.AdrMarginDecibel, _settings.AdrLowMarginDecibel);
        if (!IsWorthwhile(device, decision, isAnswered))
        {
            return;
        }

        // Section 5.2: DataRate_TXPower, ChMask (the channels the device is known to have), ChMaskCntl 0 and NbTrans 1.
        // Outside EU868 ChMaskCntl 6: every channel that there is.
        bool isMasked = _settings.Region == PoleController.LoRaWan.RegionId.Eu868;
        int mask = isMasked ? device.ChannelMask : 0xFF;
        Span<byte> request =
            [LinkAdr, (byte)((decision.DataRate << 4) | decision.PowerIndex), (byte)mask, (byte)(mask >> 8), (byte)(isMasked ? 0x01 : 0x61)];
        if (device.TryAddCommand(request))
        {
            device.AdrRequested = decision;
            device.AdrRequestCount++;
            _statistics.LinkAdrRequestCount++;
        }
    }

    /// <summary>
    /// A gateway hears nothing while it transmits, so a request has to be worth it: another data rate always is, more power as well when
    /// the history is full; less power (poles run on mains) only together with a downlink that is sent anyway.
    /// </summary>
    private static bool IsWorthwhile(NetworkDevice device, in AdrDecision decision, bool isAnswered) =>
        decision.DataRate != device.DataRate
        || (device.Adr.Count == AdrHistory.Length
            && (decision.PowerIndex < device.PowerIndex || (isAnswered && decision.PowerIndex > device.PowerIndex)));

    private void TakeLinkAdrAnswer(NetworkDevice device, int status)
    {
        if (device.AdrRequestCount == 0)
        {
            return;
        }

        device.AdrRequestCount = 0;
        if ((status & 0x07) == 0x07)
        {
            device.PowerIndex = device.AdrRequested.PowerIndex;
            device.HasAdapted = true;
            device.Adr.Clear();
            _statistics.LinkAdrAcceptedCount++;
        }
        else
        {
            device.AdrRefusedCount++;
        }
    }

    private static void AnswerLinkCheck(NetworkDevice device, in MacContext context)
    {
        // Section 5.1: margin in decibels above what the demodulator needs, 0 to 254, and how many gateways heard the request.
        int margin = Math.Clamp((context.SnrQuarterDecibel - context.NeededSnrQuarterDecibel) / 4, 0, 254);
        _ = device.TryAddCommand([LinkCheck, (byte)margin, (byte)Math.Min(context.GatewayCount, 255)]);
    }

    private void AnswerDeviceTime(NetworkDevice device, in MacContext context)
    {
        // Section 5.9: GPS time at the end of the uplink, seconds and 1/256 s.
        uint seconds = (uint)_clock.GpsSeconds(context.UplinkEndUs);
        byte fraction = (byte)_clock.Fraction256(context.UplinkEndUs);
        _ = device.TryAddCommand([DeviceTime, (byte)seconds, (byte)(seconds >> 8), (byte)(seconds >> 16), (byte)(seconds >> 24), fraction]);
    }
}

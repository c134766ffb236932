// What the server wants of a device by MAC commands, until it is answered: put into downlinks, sent again, taken in when the answer comes.
// ADR's requests are MacCommands', because they come and go with every uplink.
using PoleController;

namespace Simulation.Network;

/// <summary>Requests by MAC command. A request goes with every downlink in a class A window until it is answered or given up.</summary>
internal sealed class MacRequests
{
    /// <summary>How often a request is sent before it is given up.</summary>
    public const int MaximumTries = 10;

    private const int AllDataRates = 0x50;   // DR0 to DR5

    private readonly NetworkSettings _settings;
    private readonly NetworkStatistics _statistics;

    /// <summary>Makes it.</summary>
    public MacRequests(NetworkSettings settings, NetworkStatistics statistics)
    {
        _settings = settings;
        _statistics = statistics;
    }

    /// <summary>Adds a request; one of the same kind for the same thing that waits gives way.</summary>
    public static void Add(NetworkDevice device, MacRequestKind kind, ReadOnlySpan<byte> arguments, bool isUrgent = true)
    {
        byte[] bytes = [(byte)kind, .. arguments];
        bool isForChannel = kind is MacRequestKind.NewChannel or MacRequestKind.DownlinkChannel;
        device.MacRequests.RemoveAll(other => other.Kind == kind && (!isForChannel || other.Bytes[1] == bytes[1]));
        device.MacRequests.Add(new MacRequest { Kind = kind, Bytes = bytes, IsUrgent = isUrgent });
    }

    /// <summary>A session begins: what the device was told before is forgotten, what the join-accept did not say is asked for.</summary>
    public void SessionBegan(NetworkDevice device)
    {
        device.MacRequests.Clear();
        if (_settings.HasCfList)
        {
            return;
        }

        // Those before are every device's (RP002-1.0.4, section 2.4.2).
        int firstPlanChannel = new PoleController.LoRaWan.Region(_settings.Region).Parameters.DefaultFrequenciesHz.Length;
        IReadOnlyList<int> plan = _settings.ChannelPlanHz;
        for (int channel = 0; channel < plan.Count; channel++)
        {
            byte[] arguments = [(byte)(firstPlanChannel + channel), 0, 0, 0, AllDataRates];
            Wire.WriteUInt24(arguments, 1, plan[channel] / 100);
            Add(device, MacRequestKind.NewChannel, arguments);
        }
    }

    /// <summary>The pole was heard: its status is asked for if that was long ago.</summary>
    public void Consider(NetworkDevice device, long nowUs)
    {
        if (_settings.DevStatusIntervalS == 0 || nowUs < device.StatusDueUs)
        {
            return;
        }

        device.StatusDueUs = nowUs + (_settings.DevStatusIntervalS * 1_000_000L);
        Add(device, MacRequestKind.DeviceStatus, [], isUrgent: false); // a gateway that sends is deaf: with what is sent anyway
    }

    /// <summary>Whether one of the requests is worth a downlink of its own.</summary>
    public static bool IsAnyUrgent(NetworkDevice device) => device.MacRequests.Exists(static request => request.IsUrgent);

    /// <summary>Puts what there is room for into the next downlink.</summary>
    public void Append(NetworkDevice device)
    {
        bool isRoom = true;
        for (int at = 0; at < device.MacRequests.Count; at++)
        {
            MacRequest request = device.MacRequests[at];
            if (request.SentCount >= MaximumTries)
            {
                device.MacRequests.RemoveAt(at--);
                _statistics.MacRequestGivenUpCount++;
                continue;
            }

            // In order, without leaving one out: the answers come in order too.
            isRoom = isRoom && device.TryAddCommand(request.Bytes);
            request.IsInDownlink = isRoom;
        }
    }

    /// <summary>The downlink with the requests was given to a gateway.</summary>
    public void Sent(NetworkDevice device)
    {
        foreach (MacRequest request in device.MacRequests)
        {
            if (request.IsInDownlink)
            {
                request.IsInDownlink = false;
                request.SentCount++;
                _statistics.MacRequestSentCount++;
            }
        }
    }

    /// <summary>Takes an answer. One that nobody waits for (a repeated one, say) changes nothing.</summary>
    /// <param name="device">Who answers.</param>
    /// <param name="command">The command's identifier.</param>
    /// <param name="arguments">What is behind it.</param>
    /// <param name="nowUs">When the uplink ended.</param>
    public void TakeAnswer(NetworkDevice device, int command, ReadOnlySpan<byte> arguments, long nowUs)
    {
        int at = device.MacRequests.FindIndex(request => (int)request.Kind == command && request.SentCount > 0);
        if (at < 0)
        {
            return;
        }

        MacRequest request = device.MacRequests[at];
        device.MacRequests.RemoveAt(at);
        if (TryApply(device, request, arguments, nowUs))
        {
            _statistics.MacRequestAcceptedCount++;
        }
        else
        {
            _statistics.MacRequestRefusedCount++;
        }
    }

    private static bool TryApply(NetworkDevice device, MacRequest request, ReadOnlySpan<byte> arguments, long nowUs)
    {
        byte[] sent = request.Bytes;
        switch (request.Kind)
        {
            case MacRequestKind.DutyCycle:
                return true;
            case MacRequestKind.DeviceStatus:
                int margin = (arguments[1] & 0x3F) << 26 >> 26; // six bits with sign
                device.Status = new DeviceStatus(nowUs, arguments[0], margin);
                return true;
            case MacRequestKind.RxTimingSetup:
                device.ReceiveDelayS = Math.Max(1, sent[1] & 0x0F);
                return true;
            case MacRequestKind.RxParameterSetup when (arguments[0] & 0x07) == 0x07:
                device.Rx1DataRateOffset = (sent[1] >> 4) & 0x07;
                device.Rx2DataRate = sent[1] & 0x0F;
                return true;
            case MacRequestKind.NewChannel when (arguments[0] & 0x03) == 0x03:
                int frequencyHz = Wire.ReadUInt24(sent, 2) * 100;
                device.ChannelMask = frequencyHz == 0 ? device.ChannelMask & ~(1 << sent[1]) : device.ChannelMask | (1 << sent[1]);
                return true;
            case MacRequestKind.DownlinkChannel when (arguments[0] & 0x03) == 0x03:
                device.DownlinkFrequencies = [.. device.DownlinkFrequencies.Where(entry => entry.Channel != sent[1]), (sent[1], Wire.ReadUInt24(sent, 2) * 100)];
                return true;
            default:
                return false;
        }
    }
}

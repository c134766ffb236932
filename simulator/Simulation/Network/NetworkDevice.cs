// What the network server keeps of one pole. No behaviour beyond keeping its own sessions and queue in order.
namespace Simulation.Network;

/// <summary>One pole at the network server; about 900 bytes.</summary>
internal sealed class NetworkDevice
{
    /// <summary>Gateways remembered for downlinks.</summary>
    public const int RouteCount = 3;

    /// <summary>Longest FOpts.</summary>
    public const int FOptsLength = 15;

    /// <summary>Its index.</summary>
    public readonly int PoleIndex;

    /// <summary>DevAddr in every session: it names the pole, the keys tell the sessions apart.</summary>
    public uint DevAddr;

    /// <summary>JoinEUI as one number.</summary>
    public ulong JoinEui { get; private set; }

    /// <summary>AppKey.</summary>
    public byte[] AppKey { get; private set; }

    /// <summary>GenAppKey, from which the keys of the packages follow; zeros when it has none.</summary>
    public byte[] GenAppKey { get; set; } = [];

    /// <summary>Greatest DevNonce seen; -1 before the first.</summary>
    public int LastDevNonce = -1;

    /// <summary>JoinNonce of the last join-accept, 24 bits.</summary>
    public int LastJoinNonce;

    /// <summary>The session in use.</summary>
    public Session Active = new();

    /// <summary>The session of the last join-accept, until the first uplink in it.</summary>
    public Session Pending = new();

    /// <summary>Signal-to-noise ratios for ADR.</summary>
    public readonly AdrHistory Adr = new();

    /// <summary>Data rate of the last uplink, 0 to 6.</summary>
    public int DataRate;

    /// <summary>TXPower the pole was last known to use.</summary>
    public int PowerIndex;

    /// <summary>Whether the pole accepted a LinkADRReq in this session.</summary>
    public bool HasAdapted;

    /// <summary>LinkADRReq that wait for their answer; 0 when none does.</summary>
    public int AdrRequestCount;

    /// <summary>What the LinkADRReq that waits for its answer asked for.</summary>
    public AdrDecision AdrRequested;

    /// <summary>LinkADRReq the pole refused in this session.</summary>
    public int AdrRefusedCount;

    /// <summary>Requests by MAC command that wait for their answers.</summary>
    public readonly List<MacRequest> MacRequests = new(0);

    /// <summary>Channels that the device has in this session, a bit each.</summary>
    public int ChannelMask;

    /// <summary>RECEIVE_DELAY1 in this session, in seconds.</summary>
    public int ReceiveDelayS = 1;

    /// <summary>RX1DROffset in this session.</summary>
    public int Rx1DataRateOffset;

    /// <summary>RX2's data rate in this session.</summary>
    public int Rx2DataRate;

    /// <summary>Channels whose RX1 is on another frequency than their uplinks.</summary>
    public (int Channel, int FrequencyHz)[] DownlinkFrequencies = [];

    /// <summary>What it last said of itself; null before.</summary>
    public DeviceStatus? Status;

    /// <summary>When it is asked for its status again.</summary>
    public long StatusDueUs;

    /// <summary>MAC commands for the next downlink.</summary>
    public readonly byte[] Commands = new byte[FOptsLength];

    /// <summary>Bytes of <see cref="Commands"/> in use.</summary>
    public int CommandsLength;

    /// <summary>Whether the uplink in work has to be acknowledged.</summary>
    public bool MustAcknowledge;

    /// <summary>Gateways that heard it best, best first.</summary>
    public readonly int[] RouteGateway = new int[RouteCount];

    /// <summary>Signal-to-noise ratio of its last uplink there, in quarters of a decibel.</summary>
    public readonly int[] RouteSnrQuarterDecibel = new int[RouteCount];

    /// <summary>How many of them there are.</summary>
    public int RouteLength;

    /// <summary>Power of its last uplink in dBm EIRP, as the server believes it.</summary>
    public int UplinkPowerDbm = 16;

    /// <summary>When its last uplink ended; long.MinValue / 2 before the first.</summary>
    public long LastUplinkEndUs = long.MinValue / 2;

    /// <summary>No class C downlink before this time: another one is on its way to the pole.</summary>
    public long BusyUntilUs;

    /// <summary>Whether it stands in the line of a gateway for class C.</summary>
    public bool IsInLine;

    /// <summary>Whether a procedure goes on that may send to it at any time.</summary>
    public bool IsHeld;

    /// <summary>The multicast groups it is in, by McGroupID.</summary>
    public MulticastMember[] Memberships = [];

    /// <summary>The application downlink that waits for its acknowledgement.</summary>
    public ApplicationDownlink? Unacknowledged;

    /// <summary>Until when it may be acknowledged.</summary>
    public long AcknowledgeUntilUs;

    /// <summary>How many application downlinks wait.</summary>
    public int QueueLength;

    private ApplicationDownlink? _head;

    /// <summary>Makes it without a session.</summary>
    public NetworkDevice(int poleIndex, uint devAddr, ulong joinEui, byte[] appKey)
    {
        PoleIndex = poleIndex;
        DevAddr = devAddr;
        JoinEui = joinEui;
        AppKey = appKey;
    }

    /// <summary>Somebody registered it with these keys; sessions stay.</summary>
    public void SetKeys(ulong joinEui, byte[] appKey)
    {
        JoinEui = joinEui;
        AppKey = appKey;
    }

    /// <summary>Forgets everything that a join made.</summary>
    public void Forget()
    {
        Active.IsValid = false;
        Pending.IsValid = false;
        LastDevNonce = -1;
        RouteLength = 0;
        Status = null;
    }

    /// <summary>The first application downlink that waits.</summary>
    public ApplicationDownlink? Head => _head;

    /// <summary>Adds a MAC command to the next downlink. False when there is no room.</summary>
    public bool TryAddCommand(ReadOnlySpan<byte> command)
    {
        if (CommandsLength + command.Length > FOptsLength)
        {
            return false;
        }

        command.CopyTo(Commands.AsSpan(CommandsLength));
        CommandsLength += command.Length;
        return true;
    }

    /// <summary>A session has what the join-accept said.</summary>
    public void SetJoinParameters(NetworkSettings settings)
    {
        ChannelMask = settings.HasCfList ? (1 << (3 + settings.ChannelPlanHz.Count)) - 1 : 0x07;
        ReceiveDelayS = settings.ReceiveDelayS;
        Rx1DataRateOffset = 0;
        Rx2DataRate = settings.Rx2DataRate;
        DownlinkFrequencies = [];
    }

    /// <summary>The session of the last join-accept takes over; nothing is known yet of the pole's radio in it.</summary>
    public void UsePendingSession()
    {
        (Active, Pending) = (Pending, Active);
        Pending.IsValid = false;
        Adr.Clear();
        HasAdapted = false;
        AdrRequestCount = 0;
        AdrRefusedCount = 0;
        PowerIndex = 0;
    }

    /// <summary>Puts an application downlink at the end of the queue. Queues are short: see NetworkSettings.DownlinkQueueLength.</summary>
    public void Append(ApplicationDownlink downlink)
    {
        QueueLength++;
        downlink.Next = null;
        if (_head is null)
        {
            _head = downlink;
            return;
        }

        ApplicationDownlink last = _head;
        while (last.Next is not null)
        {
            last = last.Next;
        }

        last.Next = downlink;
    }

    /// <summary>Puts an application downlink that has to be sent again at the front.</summary>
    public void Prepend(ApplicationDownlink downlink)
    {
        QueueLength++;
        downlink.Next = _head;
        _head = downlink;
    }

    /// <summary>Takes the first.</summary>
    public ApplicationDownlink TakeHead()
    {
        ApplicationDownlink head = _head ?? throw new InvalidOperationException("The queue is empty.");
        _head = head.Next;
        head.Next = null;
        QueueLength--;
        return head;
    }
}

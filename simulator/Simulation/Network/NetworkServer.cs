// The network server as its gateways and the application see it. What it does with a frame stands in its rooms: JoinAnswers, UplinkHandler,
// ClassAAnswers, ClassCQueue; who they are made of, in ServerParts.
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>
/// A LoRaWAN 1.0.4 network server for one fleet. Reception is decided at the end of an uplink for all gateways at once, so de-duplication
/// needs no waiting time: the gateways that heard the frame come together, and the one with the best signal-to-noise ratio answers.
/// </summary>
internal sealed class NetworkServer : IGatewayBackend
{
    private const int JoinRequestType = 0x00;
    private const int TypeMask = 0xE0;

    private readonly GatewayRequests _requests;
    private readonly ServerParts _parts;
    private readonly JoinAnswers _joins;
    private readonly UplinkHandler _uplinks;

    /// <summary>Makes it with every pole known and none joined.</summary>
    /// <exception cref="ArgumentException">An identity has the wrong length or comes twice.</exception>
    public NetworkServer(
        NetworkSettings settings, IReadOnlyList<PoleSite> poles, int gatewayCount, long startUtcMs,
        GatewayRequests requests, DownlinkScheduler scheduler, RadioStatistics radioStatistics, IApplicationServer application)
    {
        _requests = requests;
        _parts = new ServerParts(settings, poles, gatewayCount, startUtcMs, scheduler, radioStatistics, application);
        DeviceRequests = new DeviceRequests(_parts.Devices, _parts.Scheduler.ClassCFrequencyHz);
        _joins = new JoinAnswers(_parts);
        _uplinks = new UplinkHandler(_parts, new ClassAAnswers(_parts));
    }

    /// <summary>What can be asked of single poles by MAC command.</summary>
    public DeviceRequests DeviceRequests { get; }

    /// <summary>The devices.</summary>
    public DeviceDirectory Devices => _parts.Devices;

    /// <summary>What it did so far.</summary>
    public NetworkStatistics Statistics => _parts.Statistics;

    /// <summary>When it has something to do without a new uplink.</summary>
    public long NextEventUs => Math.Min(_parts.Fragmentation.NextEventUs, Math.Min(_parts.Queue.NextEventUs, _parts.Multicast.NextEventUs));

    /// <summary>Lets timers run out and class C downlinks be scheduled.</summary>
    public void Run(long nowUs)
    {
        _parts.Fragmentation.Run(nowUs);
        _parts.Multicast.Run(nowUs); // first: one frame for many
        _parts.Queue.Run(nowUs);
    }

    /// <summary>Whether nothing is on its way or waiting for a pole.</summary>
    public bool IsQuiet(int poleIndex, long timeUs)
    {
        NetworkDevice device = _parts.Devices[poleIndex];
        foreach (MulticastMember member in device.Memberships)
        {
            if (member.Group.IsBusy(timeUs))
            {
                return false;
            }
        }

        return !device.IsHeld && device.QueueLength == 0 && device.Unacknowledged is null && !device.IsInLine && device.BusyUntilUs <= timeUs;
    }

    /// <summary>The multicast groups, by their index in the settings.</summary>
    public IReadOnlyList<MulticastGroup> Groups => _parts.Multicast.Groups;

    /// <summary>How many messages wait for a group.</summary>
    public int MulticastWaitingCount(int groupIndex) => _parts.Multicast.Groups[groupIndex].Waiting.Count;

    /// <summary>Takes a message for a multicast group.</summary>
    public bool TryEnqueueMulticast(int group, int fPort, ReadOnlySpan<byte> payload, long nowUs, long lifetimeUs, DownlinkTally? tally, out long id) =>
        _parts.Multicast.TryEnqueue(Groups[group], fPort, payload, nowUs, lifetimeUs, tally, out id);

    /// <summary>Takes an application downlink.</summary>
    public bool TryEnqueue(int pole, int fPort, ReadOnlySpan<byte> payload, bool isConfirmed, long nowUs, long lifetimeUs, DownlinkTally? tally, out long id) =>
        _parts.Queue.TryEnqueue(_parts.Devices[pole], fPort, payload, isConfirmed, nowUs, lifetimeUs, out id, tally);

    /// <summary>Sends data blocks by fragments.</summary>
    public FragmentationServer Fragmentation => _parts.Fragmentation;

    /// <summary>Whether a member listens for its group at a time.</summary>
    public bool IsListening(int group, int pole, long timeUs) => Find(group, pole)?.IsListening(timeUs) == true;

    /// <summary>A member did not do what its group was told: it is set up again.</summary>
    public void DoubtMember(int group, int pole)
    {
        if (Find(group, pole) is { Stage: MulticastStage.HasSession } member && member.Group.Plan.IsSetUpRemotely)
        {
            MulticastSetup.Restart(member);
        }
    }

    /// <summary>Makes a pole known with keys, or gives a known one others.</summary>
    public void Register(int pole, byte[] devEui, ulong joinEui, byte[] appKey)
    {
        NetworkDevice device = _parts.Devices[pole];
        device.SetKeys(joinEui, appKey);
        _parts.JoinServer.Remove(devEui);
        _parts.JoinServer.Add(devEui, device);
    }

    /// <summary>Forgets a pole, its session and what waits for it.</summary>
    public void Unregister(int pole, byte[] devEui)
    {
        _parts.JoinServer.Remove(devEui);
        NetworkDevice device = _parts.Devices[pole];
        device.Forget();
        _parts.Queue.Drop(device);
    }

    /// <summary>Adds a multicast group whose address and session keys somebody else chose; the index it is known by from now on.</summary>
    public int AddGroup(MulticastSession session) => _parts.Multicast.AddSession(session);

    /// <summary>Says who is in a group of <see cref="AddGroup"/>: they have its keys and listen.</summary>
    public void SetMembers(int group, IReadOnlyList<int> poles) => _parts.MulticastSetup.SetMembers(Groups[group], poles);

    /// <summary>Gives a pole a session without a join (activation by personalisation).</summary>
    public void Personalise(
        int pole, uint devAddr, ReadOnlySpan<byte> networkSessionKey, ReadOnlySpan<byte> applicationSessionKey, int powerIndex, uint uplinkCounter,
        uint downlinkCounter) =>
        _parts.Devices.Personalise(pole, devAddr, networkSessionKey, applicationSessionKey, powerIndex, uplinkCounter, downlinkCounter);

    /// <summary>An uplink was received by at least one gateway. Any bytes: nothing changes unless the MIC is right.</summary>
    public void OnUplink(UplinkTransmission uplink, ReadOnlySpan<GatewayReception> receptions)
    {
        _requests.Heard(uplink.EndUs, receptions);
        if (uplink.Length < 1)
        {
            Statistics.Refuse(RefusalCause.Malformed);
        }
        else if ((uplink.Frame[0] & TypeMask) == JoinRequestType)
        {
            _joins.Take(uplink, receptions);
        }
        else
        {
            _uplinks.Take(uplink, receptions);
        }
    }

    private MulticastMember? Find(int group, int pole) =>
        Array.Find(_parts.Devices[pole].Memberships, member => member.Group.Index == group);
}

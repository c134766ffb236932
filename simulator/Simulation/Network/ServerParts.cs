// The parts of the network server, made once and wired here. A class takes from it what it uses; it decides nothing.
using PoleController.LoRaWan;
using Simulation.Parts;
using Simulation.Radio;

namespace Simulation.Network;

/// <summary>What the rooms of a network server have in common.</summary>
internal sealed class ServerParts
{
    /// <summary>Makes them.</summary>
    /// <exception cref="ArgumentException">An identity has the wrong length or comes twice.</exception>
    public ServerParts(
        NetworkSettings settings, IReadOnlyList<PoleSite> poles, int gatewayCount, long startUtcMs,
        DownlinkScheduler scheduler, RadioStatistics radioStatistics, IApplicationServer application)
    {
        Settings = settings;
        Region = new Region(settings.Region);
        Scheduler = scheduler;
        RadioStatistics = radioStatistics;
        Application = application;
        var aes = new AesBlock();
        Codec = new FrameCodec(aes);
        Devices = new DeviceDirectory(settings, poles);
        JoinServer = new JoinServer(settings, aes, Codec.Crypto);
        for (int pole = 0; settings.KnowsDevices && pole < poles.Count; pole++)
        {
            JoinServer.Add(poles[pole].DevEui, Devices[pole]);
        }

        Clock = new ServerClock(startUtcMs, settings.GpsLeapSeconds);
        MacRequests = new MacRequests(settings, Statistics);
        MacCommands = new MacCommands(settings, Statistics, Clock, MacRequests);
        Builder = new DownlinkBuilder(Codec);
        Queue = new ClassCQueue(settings, Statistics, scheduler, Builder, application, Devices, gatewayCount);
        Multicast = new MulticastQueue(this, gatewayCount);
        MulticastSetup = new MulticastSetup(this, Clock);
        Fragmentation = new FragmentationServer(this);
        for (int group = 0; group < settings.MulticastGroups.Count; group++)
        {
            var made = new MulticastGroup(group, settings.MulticastGroups[group], Devices.GroupAddress(group));
            MulticastSetup.Prepare(made);
            Multicast.Add(made);
        }
    }

    /// <summary>The time of day.</summary>
    public ServerClock Clock { get; }

    /// <summary>Messages for multicast groups that wait, and the groups.</summary>
    public MulticastQueue Multicast { get; }

    /// <summary>Sends data blocks by fragments.</summary>
    public FragmentationServer Fragmentation { get; }

    /// <summary>Tells members of their groups.</summary>
    public MulticastSetup MulticastSetup { get; }

    /// <summary>The region.</summary>
    public Region Region { get; }

    /// <summary>The settings.</summary>
    public NetworkSettings Settings { get; }

    /// <summary>What the server did so far.</summary>
    public NetworkStatistics Statistics { get; } = new();

    /// <summary>What the air did so far.</summary>
    public RadioStatistics RadioStatistics { get; }

    /// <summary>The application behind the server.</summary>
    public IApplicationServer Application { get; }

    /// <summary>Finds gateway and time for downlinks.</summary>
    public DownlinkScheduler Scheduler { get; }

    /// <summary>The devices.</summary>
    public DeviceDirectory Devices { get; }

    /// <summary>Builds and opens frames.</summary>
    public FrameCodec Codec { get; }

    /// <summary>Joins and session keys.</summary>
    public JoinServer JoinServer { get; }

    /// <summary>Requests by MAC command that wait for their answers.</summary>
    public MacRequests MacRequests { get; }

    /// <summary>MAC commands.</summary>
    public MacCommands MacCommands { get; }

    /// <summary>Data downlinks of one session.</summary>
    public DownlinkBuilder Builder { get; }

    /// <summary>Application downlinks that wait.</summary>
    public ClassCQueue Queue { get; }
}

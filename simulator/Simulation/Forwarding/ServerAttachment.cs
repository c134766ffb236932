// Makes the virtual gateways of a fleet and their forwarders to a real server.
using System.Net;
using System.Net.Sockets;
using Simulation.Engine;
using Simulation.Forwarding.Semtech;
using Simulation.Forwarding.Station;
using Simulation.Network;
using Simulation.Radio;

namespace Simulation.Forwarding;

/// <summary>Attaches a fleet to a real server.</summary>
public sealed class ServerAttachment : IFleetAttachment, IDisposable
{
    private readonly AttachSettings _settings;
    private readonly IPEndPoint? _server;
    private readonly TimeProvider _clock;
    private readonly long _startTicks;
    private ForwarderBackend? _backend;

    /// <summary>Makes it; looks the server's name up.</summary>
    /// <param name="settings">The server and what the gateways can.</param>
    /// <param name="clock">The wall clock.</param>
    /// <param name="write">Takes a line when something goes wrong between gateways and server.</param>
    /// <exception cref="SocketException">The server's name is not known.</exception>
    public ServerAttachment(AttachSettings settings, TimeProvider clock, Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(clock);
        _settings = settings;
        _clock = clock;
        _startTicks = clock.GetTimestamp();
        Log = new ForwardingLog(write);
        if (settings.Target.Protocol == AttachProtocol.Semtech)
        {
            IPAddress[] addresses = Dns.GetHostAddresses(settings.Target.Address.IdnHost);
            _server = new IPEndPoint(addresses.FirstOrDefault() ?? throw new SocketException((int)SocketError.HostNotFound), settings.Target.Address.Port);
        }
    }

    /// <summary>What the forwarders did.</summary>
    public ForwardingStatistics Statistics { get; } = new();

    /// <summary>What went wrong.</summary>
    public ForwardingLog Log { get; }

    /// <summary>The gateways, once the fleet is built.</summary>
    public IReadOnlyList<VirtualGateway> Gateways { get; private set; } = [];

    /// <inheritdoc/>
    public IGatewayBackend Attach(IGatewayRadios radios, FleetOutline outline)
    {
        ArgumentNullException.ThrowIfNull(radios);
        ArgumentNullException.ThrowIfNull(outline);
        GpsTime gps = new(outline.StartUtcMs);
        VirtualGateway[] gateways = [.. outline.Gateways.Select((site, index) => MakeGateway(site, index, outline, gps))];
        IGatewayForwarder[] forwarders = [.. gateways.Select(gateway => MakeForwarder(gateway, outline, radios))];
        Gateways = gateways;
        _backend = new ForwarderBackend(radios, gateways, forwarders, outline.PoleCount, Statistics, radios.Statistics, WallMs);
        return _backend;
    }

    /// <inheritdoc/>
    public void Dispose() => _backend?.Dispose();

    private long WallMs() => (long)_clock.GetElapsedTime(_startTicks).TotalMilliseconds;

    private VirtualGateway MakeGateway(GatewaySite site, int index, FleetOutline outline, GpsTime gps)
    {
        TransmitLimits limits = new()
        {
            IsFrequencyAllowed = outline.IsFrequencyAllowed,
            HasGps = _settings.HasGps && site.HasGpsTime,
            KeepsBeaconTime = _settings.KeepsBeaconTime,
        };
        return new VirtualGateway(
            index, _settings.GatewayEui(index), site.Name, site.Counter, limits, gps, Statistics)
        {
            Latitude = site.Latitude,
            Longitude = site.Longitude,
        };
    }

    private IGatewayForwarder MakeForwarder(VirtualGateway gateway, FleetOutline outline, IGatewayRadios radios)
    {
        RandomStream tokens = new(outline.Seed, "gatewayToken", gateway.Index);
        if (_server is not null)
        {
            return new SemtechForwarder(gateway, new UdpLink(_server, Log), Statistics, Log, () => (ushort)tokens.Next(65_536));
        }

        StationLink link = new(_settings.Target.Address, gateway.Eui, _settings.Authorization, Log);
        return new StationForwarder(gateway, link, radios, Statistics, Log, session: 1 + tokens.Next(127));
    }
}

// Where the antennas are and who is behind them.
namespace Simulation.Radio;

/// <summary>A gateway.</summary>
/// <param name="Name">Name in reports.</param>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
public sealed record GatewaySite(string Name, double Latitude, double Longitude)
{
    /// <summary>When it is out of order, in any order.</summary>
    public IReadOnlyList<GatewayOutage> Outages { get; init; } = [];

    /// <summary>Its own clock. By default right and at 0.</summary>
    public GatewayCounter Counter { get; init; } = new(0, 0);

    /// <summary>Whether it knows GPS time, so that a server can name the time of a transmission in it. Default true.</summary>
    public bool HasGpsTime { get; init; } = true;

    /// <summary>How long a message takes between it and the server in the mean, in microseconds; half to one and a half times that. Default 0.</summary>
    public long BackhaulDelayUs { get; init; }
}

/// <summary>A time in which a gateway neither receives nor transmits.</summary>
/// <param name="StartUs">Beginning, in microseconds since the start of the run.</param>
/// <param name="EndUs">End, in microseconds since the start of the run.</param>
public readonly record struct GatewayOutage(long StartUs, long EndUs);

/// <summary>A pole as the network knows it. Identities in the byte order as printed (most significant first).</summary>
/// <param name="Latitude">Degrees north, WGS 84.</param>
/// <param name="Longitude">Degrees east, WGS 84.</param>
/// <param name="DevEui">8 bytes.</param>
/// <param name="JoinEui">8 bytes.</param>
/// <param name="AppKey">16 bytes.</param>
public sealed record PoleSite(double Latitude, double Longitude, byte[] DevEui, byte[] JoinEui, byte[] AppKey)
{
    /// <summary>GenAppKey, 16 bytes, from which the keys of multicast groups and data blocks follow; zeros when the pole has none.</summary>
    public byte[] GenAppKey { get; init; } = new byte[16];

    /// <summary>Key of the service port, 16 bytes; zeros when the pole has none.</summary>
    public byte[] ServiceKey { get; init; } = new byte[16];
}

// The network server's time of day: UTC, and GPS time from it.
namespace Simulation.Network;

/// <summary>Turns the run's time into GPS time (TS001-1.0.4, section 5.9: seconds since 1980-01-06, without leap seconds).</summary>
internal sealed class ServerClock(long startUtcMs, int gpsLeapSeconds)
{
    private const long GpsEpochUnixS = 315_964_800; // 1980-01-06T00:00:00Z

    /// <summary>Whole GPS seconds at a time of the run.</summary>
    public long GpsSeconds(long timeUs) => (UnixUs(timeUs) / 1_000_000) - GpsEpochUnixS + gpsLeapSeconds;

    /// <summary>What is above the whole second, in 1/256 s.</summary>
    public int Fraction256(long timeUs) => (int)(UnixUs(timeUs) % 1_000_000 * 256 / 1_000_000);

    private long UnixUs(long timeUs) => (startUtcMs * 1000) + timeUs;
}

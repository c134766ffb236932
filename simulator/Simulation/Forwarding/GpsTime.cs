// GPS time of the simulated world: what a gateway with a GPS receiver says, whatever the wall clock shows.
namespace Simulation.Forwarding;

/// <summary>Turns the run's time into UTC and GPS time.</summary>
/// <param name="startUtcMs">UTC at time 0 of the run, in milliseconds since 1970.</param>
public sealed class GpsTime(long startUtcMs)
{
    /// <summary>GPS time began on 6 January 1980, 315,964,800 s after 1970 (IS-GPS-200, section 3.3.4).</summary>
    private const long GpsEpochUnixUs = 315_964_800_000_000;

    /// <summary>Seconds that GPS time is ahead of UTC since 2017 (IERS bulletin C).</summary>
    private const long LeapUs = 18_000_000;

    /// <summary>UTC in microseconds since 1970.</summary>
    /// <param name="timeUs">Microseconds since the start of the run.</param>
    public long UtcUs(long timeUs) => (startUtcMs * 1000) + timeUs;

    /// <summary>UTC as a date.</summary>
    /// <param name="timeUs">Microseconds since the start of the run.</param>
    public DateTime Utc(long timeUs) => DateTime.UnixEpoch.AddTicks(UtcUs(timeUs) * 10);

    /// <summary>GPS time in microseconds since 1980.</summary>
    /// <param name="timeUs">Microseconds since the start of the run.</param>
    public long GpsUs(long timeUs) => UtcUs(timeUs) - GpsEpochUnixUs + LeapUs;

    /// <summary>The run's time at a GPS time.</summary>
    /// <param name="gpsUs">Microseconds since 1980.</param>
    public long TimeUs(long gpsUs) => gpsUs + GpsEpochUnixUs - LeapUs - (startUtcMs * 1000);
}

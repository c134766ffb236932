// GPS time, as LoRaWAN counts it, to UTC and back. The leap seconds are here and nowhere else.
namespace PoleController.Time
{
    /// <summary>Seconds since the GPS epoch, 1980-01-06T00:00:00Z, without leap seconds; modulo 2^32, so up to the year 2116.</summary>
    public static class GpsTime
    {
        /// <summary>
        /// Leap seconds between GPS time and UTC: 18 since 2017-01-01 (IERS Bulletin C 52). No further one is announced, and the General
        /// Conference on Weights and Measures has decided (2022, resolution 4) to give them up by 2035; if one should come, this changes.
        /// </summary>
        public const int LeapSeconds = 18;

        // 1980-01-06T00:00:00Z in seconds since 1970.
        private const long EpochS = 315964800;

        /// <summary>UTC in milliseconds since 1970.</summary>
        public static long UtcMs(uint gpsS)
        {
            return (EpochS + gpsS - LeapSeconds) * 1000;
        }

        /// <summary>Whole seconds of GPS time at a UTC in milliseconds since 1970.</summary>
        public static uint Seconds(long utcMs)
        {
            return (uint)((utcMs / 1000) - EpochS + LeapSeconds);
        }
    }
}

// Where the sun is: declination and equation of time. Nothing about places on the ground (SunTimes knows those).
using System;

namespace PoleController.Lighting
{
    /// <summary>
    /// The sun's apparent position after Jean Meeus, Astronomical Algorithms, 2nd edition: chapter 25 "Solar Coordinates" (low accuracy, 0.01
    /// degree), chapter 22 for the obliquity, chapter 28 for the equation of time. The difference between dynamical time and UTC (about 70 s)
    /// is left out: the sun's declination changes by less than 0.0004 degree in it. Made once, computed in place.
    /// </summary>
    public sealed class SolarPosition
    {
        private const double RadiansPerDegree = Math.PI / 180.0;

        // 2000-01-01T12:00 in milliseconds since 1970, and the milliseconds of a Julian century.
        private const double EpochJ2000Ms = 946728000000.0;
        private const double JulianCenturyMs = 36525.0 * 86400000.0;

        /// <summary>Declination in radians, north positive.</summary>
        public double DeclinationRadians { get; private set; }

        /// <summary>Equation of time in radians of hour angle, apparent minus mean solar time; between -0.08 and 0.08.</summary>
        public double EquationOfTimeRadians { get; private set; }

        /// <summary>Computes the position.</summary>
        /// <param name="utcMs">UTC in milliseconds since 1970; made for the years 1900 to 2120.</param>
        public void Compute(long utcMs)
        {
            double t = ((double)utcMs - EpochJ2000Ms) / JulianCenturyMs;

            // (25.2), (25.3), the equation of the centre and the true longitude.
            double meanLongitude = Reduce(280.46646 + (t * (36000.76983 + (t * 0.0003032))));
            double meanAnomaly = Reduce(357.52911 + (t * (35999.05029 - (t * 0.0001537)))) * RadiansPerDegree;
            double centre = ((1.914602 - (t * (0.004817 + (t * 0.000014)))) * Math.Sin(meanAnomaly))
                + ((0.019993 - (t * 0.000101)) * Math.Sin(2.0 * meanAnomaly))
                + (0.000289 * Math.Sin(3.0 * meanAnomaly));

            // Aberration and the largest term of nutation make the longitude apparent (chapter 25); the obliquity is (22.2) and (25.8).
            double node = Reduce(125.04 - (t * 1934.136)) * RadiansPerDegree;
            double nutation = -0.00478 * Math.Sin(node);
            double longitude = (meanLongitude + centre - 0.00569 + nutation) * RadiansPerDegree;
            double obliquity = (23.439291 - (t * (0.0130042 + (t * (0.00000016 - (t * 0.000000504))))) + (0.00256 * Math.Cos(node))) * RadiansPerDegree;

            // (25.6) and (25.7). A product of two sines cannot leave -1 to 1, so the arcsine is defined.
            double sinLongitude = Math.Sin(longitude);
            double rightAscension = Math.Atan2(Math.Cos(obliquity) * sinLongitude, Math.Cos(longitude));
            DeclinationRadians = Math.Asin(Math.Sin(obliquity) * sinLongitude);

            // (28.1), in degrees, brought to the half turn around zero.
            double equation = meanLongitude - 0.0057183 - (rightAscension / RadiansPerDegree) + (nutation * Math.Cos(obliquity));
            EquationOfTimeRadians = (Reduce(equation + 180.0) - 180.0) * RadiansPerDegree;
        }

        // To 0 up to 360 degrees.
        private static double Reduce(double degrees)
        {
            return degrees - (360.0 * Math.Floor(degrees / 360.0));
        }
    }
}

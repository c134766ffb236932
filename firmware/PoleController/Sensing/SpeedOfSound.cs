// How an ultrasonic distance changes with the temperature of the air, and which temperature to take.
using System;
using PoleController.Hal;
using PoleController.Settings;

namespace PoleController.Sensing
{
    /// <summary>The speed of sound in air.</summary>
    public static class SpeedOfSound
    {
        // No air is as cold: the sensor's way to say that it compensates itself.
        private const int NoReference = -10000;

        /// <summary>
        /// Speed of sound in dry air in millimetres a second: 331.3 m/s times the square root of (1 + T / 273.15 K), as for an ideal gas (Kinsler, Fundamentals of
        /// Acoustics). Humidity adds 0.35 % at most (saturated air at 20 degrees).
        /// </summary>
        /// <param name="centidegrees">Air temperature in hundredths of a degree Celsius, -4,000 to 8,500.</param>
        public static int MillimetresPerSecond(int centidegrees)
        {
            return (int)(331300 * Math.Sqrt(1 + (centidegrees / 27315.0)));
        }

        /// <summary>Corrects a distance that a part has computed with the speed of sound at another temperature.</summary>
        /// <param name="distanceMillimetres">What the part says.</param>
        /// <param name="referenceCentidegrees">The temperature it computes with; <see cref="int.MinValue"/> when it compensates itself.</param>
        /// <param name="airCentidegrees">The temperature of the air.</param>
        public static int Correct(int distanceMillimetres, int referenceCentidegrees, int airCentidegrees)
        {
            if (referenceCentidegrees < NoReference)
            {
                return distanceMillimetres;
            }

            long reference = MillimetresPerSecond(referenceCentidegrees);
            return (int)(((distanceMillimetres * (long)MillimetresPerSecond(airCentidegrees)) + (reference / 2)) / reference);
        }

        /// <summary>The temperature of the air to compute with: the measured one, else the operator's, else the one the part computes with.</summary>
        /// <param name="sensor">The ranging sensor.</param>
        /// <param name="air">What is measured of the air.</param>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="substituteCentidegrees">What the operator has set; <see cref="FillLevelSettings.NoSubstitute"/> for nothing.</param>
        /// <param name="isSubstituted">Whether the distance would need the temperature, and it is not measured.</param>
        public static int AirCentidegrees(IRangeSensor sensor, IAirTemperature air, long nowMs, int substituteCentidegrees, out bool isSubstituted)
        {
            isSubstituted = false;
            int reference = sensor.ReferenceCentidegrees;
            if (reference < NoReference)
            {
                return 0;
            }

            int centidegrees;
            if (air.TryGetTemperature(nowMs, out centidegrees))
            {
                return centidegrees;
            }

            isSubstituted = true;
            return substituteCentidegrees != FillLevelSettings.NoSubstitute ? substituteCentidegrees : reference;
        }
    }
}

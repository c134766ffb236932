// Between the words of Sensirion's parts and the port's units. Pure, integers only.
namespace PoleController.Drivers
{
    /// <summary>Temperature is -45 + 175 x word / 65535 degrees Celsius, relative humidity 100 x word / 65535 percent (data sheets of SCD4x and SGP41).</summary>
    public static class SensirionConversion
    {
        private const int FullScale = 65535;
        private const int HalfScale = 32767;

        /// <summary>Temperature in hundredths of a degree Celsius, -4,500 to 13,000.</summary>
        public static int TemperatureCentidegrees(int word)
        {
            return (((17500 * word) + HalfScale) / FullScale) - 4500;
        }

        /// <summary>Relative humidity in thousandths, 0 to 1000.</summary>
        public static int HumidityPermille(int word)
        {
            return ((1000 * word) + HalfScale) / FullScale;
        }

        /// <summary>The word for a temperature; outside -4,500 to 13,000 the nearest of the two is taken.</summary>
        public static int TemperatureWord(int centidegrees)
        {
            int limited = centidegrees < -4500 ? -4500 : centidegrees > 13000 ? 13000 : centidegrees;
            return (int)((((limited + 4500L) * FullScale) + 8750) / 17500);
        }

        /// <summary>The word for a relative humidity; outside 0 to 1000 the nearest of the two is taken.</summary>
        public static int HumidityWord(int permille)
        {
            int limited = permille < 0 ? 0 : permille > 1000 ? 1000 : permille;
            return ((limited * FullScale) + 500) / 1000;
        }
    }
}

// The classes of the air quality index of the German Umweltbundesamt, as far as a pole can judge.
namespace PoleController.Sensing
{
    /// <summary>
    /// The air quality index (LQI) of the Umweltbundesamt by hourly means of PM2.5 and PM10 in whole micrograms per cubic metre: very good to 5 and 9, good to 15 and
    /// 27, moderate to 30 and 54, poor to 50 and 90, very poor beyond. The worse of the two decides. Ozone, nitrogen dioxide and sulphur dioxide are not
    /// measured: the index is incomplete, and indicative.
    /// </summary>
    public static class AirIndex
    {
        /// <summary>What is said when neither is known.</summary>
        public const int Unknown = -1;

        /// <summary>The worst class.</summary>
        public const int VeryPoor = 4;

        /// <summary>The class, from 0 (very good) to 4 (very poor); <see cref="Unknown"/>.</summary>
        /// <param name="pm25">Hourly mean of PM2.5 in tenths of a microgram; negative when not known.</param>
        /// <param name="pm10">Hourly mean of PM10 in tenths of a microgram; negative when not known.</param>
        public static int Class(int pm25, int pm10)
        {
            int fine = pm25 < 0 ? Unknown : ClassOf((pm25 + 5) / 10, 5, 15, 30, 50);
            int coarse = pm10 < 0 ? Unknown : ClassOf((pm10 + 5) / 10, 9, 27, 54, 90);
            return fine > coarse ? fine : coarse;
        }

        private static int ClassOf(int micrograms, int veryGood, int good, int moderate, int poor)
        {
            if (micrograms <= good)
            {
                return micrograms <= veryGood ? 0 : 1;
            }

            return micrograms <= moderate ? 2 : (micrograms <= poor ? 3 : VeryPoor);
        }
    }
}

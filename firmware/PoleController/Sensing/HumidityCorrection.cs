// What light scattering would have read had the air been dry.
namespace PoleController.Sensing
{
    /// <summary>
    /// The correction of particulates for humidity after the kappa-Koehler theory: particles take up water, and what scatters light is their wet size. With kappa 0.4 it
    /// turns a fivefold over-reading in fog into 1.05 (Di Antonio et al. 2018, doi:10.3390/s18092790; Crilley et al. 2018, doi:10.5194/amt-11-709-2018, who found
    /// kappa 0.38 to 0.41 for urban air, and take the particles' density as 1.65 times that of water). The result is indicative, not a reference value.
    /// </summary>
    public static class HumidityCorrection
    {
        /// <summary>Above this humidity no more is corrected, in thousandths: the growth goes towards infinity while a sensor's humidity is 2 percent off.</summary>
        public const int MostPermille = 950;

        private const int DensityPermille = 1650;

        /// <summary>How many times the dry mass is read, in thousandths: 1000 + (kappa / 1.65) * a / (1 - a), a being the relative humidity.</summary>
        /// <param name="humidityPermille">Relative humidity in thousandths.</param>
        /// <param name="kappaPermille">Hygroscopicity in thousandths.</param>
        public static int GrowthPermille(int humidityPermille, int kappaPermille)
        {
            int humidity = humidityPermille < 0 ? 0 : (humidityPermille > MostPermille ? MostPermille : humidityPermille);
            return 1000 + (int)((long)kappaPermille * 1000 * humidity / ((1000 - humidity) * (long)DensityPermille));
        }

        /// <summary>The dry value.</summary>
        /// <param name="value">What the part says.</param>
        /// <param name="growthPermille">How many times the dry mass is read, 1000 or more.</param>
        public static int Dry(int value, int growthPermille)
        {
            return (int)(((value * 1000L) + (growthPermille / 2)) / growthPermille);
        }
    }
}

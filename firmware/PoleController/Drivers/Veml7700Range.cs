// The ranges of the VEML7700 that the driver uses and what their counts mean. Pure.
namespace PoleController.Drivers
{
    /// <summary>
    /// Four of the part's 24 combinations of gain and integration time, from the least sensitive to the most: 1/8 and 25 ms (2.15 lx a count), 1/8 and
    /// 100 ms (0.54), 1 and 100 ms (0.067), 2 and 400 ms (0.0084).
    /// </summary>
    public static class Veml7700Range
    {
        /// <summary>How many ranges there are.</summary>
        public const int Count = 4;

        /// <summary>The most that the part can measure, in 1/1000 lx (data sheet: 140,000 lx); what is above is said to be this.</summary>
        public const int MaximumMillilux = 140000000;

        // Lux a count at gain 2 and 800 ms; everything else is less sensitive by whole factors. Data sheet 84286 since revision 1.7 (2023-11); the
        // 0.0036 of earlier ones, which many drivers have, was "wrongly stated" (Vishay's product change notification).
        private const double LuxPerCount = 0.0042;

        // Application note 84323, "correction formula": above 1,000 lx the part reads low, every part alike.
        private const double LinearLux = 1000;
        private const double Fourth = 6.0135E-13;
        private const double Third = -9.3924E-9;
        private const double Second = 8.1488E-5;
        private const double First = 1.0023;

        // Beyond this the polynomial is past the part's range (it gives 140,000 lx here).
        private const double MostLux = 24000;

        // ALS_CONF_0: gain in bits 11 and 12 (00 = 1, 01 = 2, 10 = 1/8), integration time in bits 6 to 9 (1100 = 25 ms, 0000 = 100 ms, 0010 = 400 ms);
        // persistence (bits 4 and 5) 2, which means nothing without interrupts, so that no configuration is all zeros.
        private static readonly ushort[] Configurations = { 0x1310, 0x1010, 0x0010, 0x0890 };
        private static readonly short[] IntegrationTimesMs = { 25, 100, 100, 400 };
        private static readonly short[] Factors = { 512, 128, 16, 2 };

        /// <summary>What the configuration register holds for a range, the part switched on.</summary>
        public static int Configuration(int range)
        {
            return Configurations[range];
        }

        /// <summary>Integration time of a range in milliseconds.</summary>
        public static int IntegrationMs(int range)
        {
            return IntegrationTimesMs[range];
        }

        /// <summary>Illuminance in 1/1000 lx, 0 to <see cref="MaximumMillilux"/>.</summary>
        /// <param name="range">The range, 0 to 3.</param>
        /// <param name="counts">What the part has counted, 0 to 65,535.</param>
        public static int IlluminanceMillilux(int range, int counts)
        {
            double lux = counts * (LuxPerCount * Factors[range]);
            if (lux > MostLux)
            {
                return MaximumMillilux;
            }

            if (lux > LinearLux)
            {
                lux = ((((((Fourth * lux) + Third) * lux) + Second) * lux) + First) * lux;
            }

            int millilux = (int)((lux * 1000) + 0.5);
            return millilux < MaximumMillilux ? millilux : MaximumMillilux;
        }
    }
}

// Levels in permille to arc power levels of control gear and back. Pure conversions.
using System;

namespace PoleController.Drivers
{
    /// <summary>
    /// Arc power levels. Logarithmic (IEC 62386-102): light in percent = 10^((level - 1) * 3 / 253 - 1), level 1 is 0.1 %, level 254 is 100 %. Linear
    /// (IEC 62386-207): light in percent = level * 100 / 254. Level 0 is off.
    /// </summary>
    public static class DaliLevel
    {
        /// <summary>Full light.</summary>
        public const int Full = 254;

        private const double StepsPerDecade = 253.0 / 3.0;

        /// <summary>The arc power level nearest to a level.</summary>
        /// <param name="levelPermille">0 to 1000; beyond that the nearest of the two.</param>
        /// <param name="isLinear">Whether the gear's dimming curve is linear.</param>
        /// <returns>0 to 254; never 0 for light.</returns>
        public static int FromPermille(int levelPermille, bool isLinear)
        {
            if (levelPermille <= 0)
            {
                return 0;
            }

            if (levelPermille >= 1000)
            {
                return Full;
            }

            if (isLinear)
            {
                int level = ((levelPermille * Full) + 500) / 1000;
                return level < 1 ? 1 : level;
            }

            return 1 + (int)((StepsPerDecade * Math.Log10(levelPermille)) + 0.5);
        }

        /// <summary>The light of an arc power level, rounded to a permille.</summary>
        /// <param name="arcPower">0 to 254.</param>
        /// <param name="isLinear">Whether the gear's dimming curve is linear.</param>
        public static int ToPermille(int arcPower, bool isLinear)
        {
            if (arcPower <= 0)
            {
                return 0;
            }

            return isLinear
                ? ((arcPower * 1000) + (Full / 2)) / Full
                : (int)(Math.Pow(10.0, (arcPower - 1) / StepsPerDecade) + 0.5);
        }
    }
}

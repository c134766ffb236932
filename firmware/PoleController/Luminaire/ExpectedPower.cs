// What a luminaire should draw at a level: the operator's curve, or a straight line. A pure function of the settings.
using PoleController.Settings;

namespace PoleController.Luminaire
{
    /// <summary>The power that the level explains.</summary>
    internal static class ExpectedPower
    {
        private const int FullPermille = 1000;

        /// <summary>What the lamp should draw above standby.</summary>
        /// <param name="settings">Full and standby power, and the curve.</param>
        /// <param name="outputPermille">What is put out, 0 to 1000.</param>
        /// <returns>Milliwatts; 0 where full power is below standby.</returns>
        internal static long LampMilliwatts(ControllerSettings settings, int outputPermille)
        {
            long lampMilliwatts = settings.LuminaireFullPowerMilliwatts - settings.LuminaireStandbyPowerMilliwatts;
            return lampMilliwatts <= 0 ? 0 : lampMilliwatts * SharePermille(settings.Supervision, outputPermille) / FullPermille;
        }

        /// <summary>The share of the lamp's full power: straight lines from nothing over the points to full.</summary>
        private static int SharePermille(SupervisionSettings supervision, int outputPermille)
        {
            int fromLevel = 0;
            int fromPower = 0;
            for (int i = 0; i < supervision.PointCount; i++)
            {
                int level = supervision.PointLevelPermille[i];
                int power = supervision.PointPowerPermille[i];
                if (outputPermille <= level)
                {
                    return Between(outputPermille, fromLevel, fromPower, level, power);
                }

                fromLevel = level;
                fromPower = power;
            }

            return Between(outputPermille, fromLevel, fromPower, FullPermille, FullPermille);
        }

        private static int Between(int level, int fromLevel, int fromPower, int toLevel, int toPower)
        {
            int span = toLevel - fromLevel;
            return span <= 0 ? toPower : fromPower + ((toPower - fromPower) * (level - fromLevel) / span);
        }
    }
}

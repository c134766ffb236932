// Three states with two thresholds and hysteresis: the traffic light of a container, the warning and the alarm of a gauge.
namespace PoleController.Sensing
{
    /// <summary>How a level stands against its thresholds.</summary>
    public enum LevelState
    {
        /// <summary>Below the first threshold.</summary>
        Green = 0,

        /// <summary>At or above the first threshold.</summary>
        Yellow = 1,

        /// <summary>At or above the second threshold.</summary>
        Red = 2,
    }

    /// <summary>Hysteresis over two thresholds.</summary>
    public static class Hysteresis
    {
        /// <summary>The state after a level, given the state before: it rises at once and falls only when the level is below a threshold by the hysteresis.</summary>
        /// <param name="before">The state before.</param>
        /// <param name="level">The level.</param>
        /// <param name="yellowFrom">First threshold.</param>
        /// <param name="redFrom">Second threshold, not below the first.</param>
        /// <param name="hysteresis">How far below a threshold a level must be to end a state, in the unit of the level.</param>
        public static LevelState Next(LevelState before, int level, int yellowFrom, int redFrom, int hysteresis)
        {
            if (level >= redFrom || (before == LevelState.Red && level >= (long)redFrom - hysteresis))
            {
                return LevelState.Red;
            }

            return level >= yellowFrom || (before != LevelState.Green && level >= (long)yellowFrom - hysteresis) ? LevelState.Yellow : LevelState.Green;
        }
    }
}

// Copies and compares dimming programs, so that a command can be undone and a repeated one recognised.
using System;
using PoleController.Lighting;

namespace PoleController.Messages
{
    /// <summary>Copies and compares dimming programs; points that are not in use do not count.</summary>
    internal static class ProgramCopy
    {
        /// <summary>Makes one program like the other.</summary>
        public static void Copy(LightingProgram from, LightingProgram to)
        {
            to.PointCount = from.PointCount;
            to.FadeSeconds = from.FadeSeconds;
            Array.Copy(from.Reference, to.Reference, from.PointCount);
            Array.Copy(from.OffsetMinutes, to.OffsetMinutes, from.PointCount);
            Array.Copy(from.LevelPermille, to.LevelPermille, from.PointCount);
            Array.Copy(from.OccupancyLevelPermille, to.OccupancyLevelPermille, from.PointCount);
        }

        /// <summary>Whether two programs say the same.</summary>
        public static bool IsSame(LightingProgram first, LightingProgram second)
        {
            if (first.PointCount != second.PointCount || first.FadeSeconds != second.FadeSeconds)
            {
                return false;
            }

            for (int i = 0; i < first.PointCount; i++)
            {
                if (first.Reference[i] != second.Reference[i]
                    || first.OffsetMinutes[i] != second.OffsetMinutes[i]
                    || first.LevelPermille[i] != second.LevelPermille[i]
                    || first.OccupancyLevelPermille[i] != second.OccupancyLevelPermille[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}

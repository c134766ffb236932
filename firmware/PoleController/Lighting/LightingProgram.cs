// A dimming program: up to eight switching points of one lighting day (noon to noon, local time). Data only; LightingSchedule
// turns it into times.
namespace PoleController.Lighting
{
    /// <summary>A dimming program for one lighting day.</summary>
    public sealed class LightingProgram
    {
        /// <summary>Most switching points a program can have.</summary>
        public const int MaximumPoints = 8;

        /// <summary>How many of the points are in use, 0 to <see cref="MaximumPoints"/>; with 0 the program is empty and the lamp burns from civil dusk to civil dawn at full level.</summary>
        public int PointCount;

        /// <summary>Of each point, what its offset is counted from: a <see cref="SwitchingReference"/>.</summary>
        public readonly byte[] Reference = new byte[MaximumPoints];

        /// <summary>Of each point, minutes: 0 to 1439 of the local day for <see cref="SwitchingReference.Clock"/>, else -720 to 720 from the sun's event.</summary>
        public readonly short[] OffsetMinutes = new short[MaximumPoints];

        /// <summary>Of each point, the level from then on, 0 to 1000.</summary>
        public readonly short[] LevelPermille = new short[MaximumPoints];

        /// <summary>Of each point, the level while somebody is there, 0 to 1000; it acts where it is above <see cref="LevelPermille"/>, 0 means no reaction.</summary>
        public readonly short[] OccupancyLevelPermille = new short[MaximumPoints];

        /// <summary>How long a change of level at a switching point takes, 0 to 3600 seconds.</summary>
        public int FadeSeconds;
    }
}

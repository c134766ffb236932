// SKELETON
#pragma warning disable
using PoleController.Settings;
using PoleController.Time;
namespace PoleController.Lighting
{
    /// <summary>The level that the program asks for at a time. Computes the sun once a lighting day.</summary>
    public sealed class LightingSchedule
    {
        /// <summary>Makes it.</summary>
        public LightingSchedule(ControllerSettings settings) { _ = settings; }
        /// <summary>Level of the point in force, 0 to 1000.</summary>
        public int LevelPermille { get; private set; }
        /// <summary>Occupancy level of the point in force, 0 to 1000.</summary>
        public int OccupancyLevelPermille { get; private set; }
        /// <summary>Fade of the program in force.</summary>
        public int FadeMs { get; private set; }
        /// <summary>Program in force, 0 to 3.</summary>
        public int ProgramIndex { get; private set; }
        /// <summary>Point in force, 0 to 7; -1 for the built-in dusk-to-dawn program.</summary>
        public int PointIndex { get; private set; }
        /// <summary>When the next point comes into force (or the lighting day ends), UTC ms.</summary>
        public long NextChangeUtcMs { get; private set; }
        /// <summary>Forgets what was computed: the settings changed.</summary>
        public void Invalidate() { throw new System.NotImplementedException(); }
        /// <summary>Brings the properties up to the time.</summary>
        public void Update(long utcMs) { throw new System.NotImplementedException(); }
    }
}

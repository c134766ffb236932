// SKELETON
#pragma warning disable
using PoleController.Hal;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;
namespace PoleController.Lighting
{
    /// <summary>Decides the level of the lamp and drives dimmer and relay.</summary>
    public sealed class LightingControl : Component
    {
        /// <summary>Longest override a command may ask for: 48 hours.</summary>
        public const int MaximumOverrideMinutes = 2880;
        /// <summary>Makes it.</summary>
        public LightingControl(PoleClock clock, ControllerSettings settings, LightingSchedule schedule, OccupancySensor occupancy,
            IDimmerOutput dimmer, IRelay? relay, ILightSensor? photocell, IRandom random)
        { _ = clock; _ = settings; _ = schedule; _ = occupancy; _ = dimmer; _ = relay; _ = photocell; _ = random; }
        /// <summary>Level put out now, 0 to 1000.</summary>
        public int LevelPermille { get; private set; }
        /// <summary>Level it is on the way to, 0 to 1000.</summary>
        public int TargetLevelPermille { get; private set; }
        /// <summary>Why.</summary>
        public LevelCause Cause { get; private set; }
        /// <summary>Whether a fade is going on.</summary>
        public bool IsFading { get; private set; }
        /// <summary>When the output last changed, in ms since start.</summary>
        public long LastChangeMs { get; private set; }
        /// <summary>Starts, with the random delay when power has just returned.</summary>
        public override void Start(long nowMs, bool isPowerReturn) { throw new System.NotImplementedException(); }
        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs) { throw new System.NotImplementedException(); }
        /// <summary>A command's level until its time-out.</summary>
        public void SetOverride(long nowMs, int levelPermille, int fadeMs, long durationMs) { throw new System.NotImplementedException(); }
        /// <summary>Ends an override.</summary>
        public void ResumeProgram(long nowMs) { throw new System.NotImplementedException(); }
        /// <summary>Goes to full light at once because something failed.</summary>
        public void GoToSafeLevel(long nowMs) { throw new System.NotImplementedException(); }
    }
}

// SKELETON
#pragma warning disable
using PoleController.LoRaWan;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;
using PoleController.Hal;
namespace PoleController.Messages
{
    /// <summary>Sends status messages and alarms, takes commands and answers them.</summary>
    public sealed class Reporter : Component
    {
        /// <summary>Makes it.</summary>
        public Reporter(EndDevice device, CommandProcessor commands, PoleClock clock, LightingControl lighting, OccupancySensor occupancy,
            LuminaireMonitor luminaire, ControllerSettings settings, SettingsStore settingsStore, IRandom random)
        { _ = device; _ = commands; _ = clock; _ = lighting; _ = occupancy; _ = luminaire; _ = settings; _ = settingsStore; _ = random; }
        /// <summary>Starts.</summary>
        public override void Start(long nowMs, bool isPowerReturn) { throw new System.NotImplementedException(); }
        /// <summary>Runs; returns the next wake time.</summary>
        public override long Step(long nowMs) { throw new System.NotImplementedException(); }
    }
}

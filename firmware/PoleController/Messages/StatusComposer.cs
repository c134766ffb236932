// Fills a status message from the components. It neither sends nor takes anything.
using PoleController.LoRaWan;
using PoleController.Lighting;
using PoleController.Luminaire;
using PoleController.Sensing;
using PoleController.Settings;
using PoleController.Time;

namespace PoleController.Messages
{
    /// <summary>Fills a status message.</summary>
    internal sealed class StatusComposer
    {
        private readonly EndDevice _device;
        private readonly PoleClock _clock;
        private readonly LightingControl _lighting;
        private readonly OccupancySensor _occupancy;
        private readonly LuminaireMonitor _luminaire;
        private readonly ControllerSettings _settings;
        private readonly SettingsStore _settingsStore;
        private readonly SettingsHash _hash = new SettingsHash();

        /// <summary>Makes it.</summary>
        public StatusComposer(EndDevice device, PoleClock clock, LightingControl lighting, OccupancySensor occupancy, LuminaireMonitor luminaire,
            ControllerSettings settings, SettingsStore settingsStore)
        {
            _device = device;
            _clock = clock;
            _lighting = lighting;
            _occupancy = occupancy;
            _luminaire = luminaire;
            _settings = settings;
            _settingsStore = settingsStore;
        }

        /// <summary>Fills the message.</summary>
        /// <param name="message">The message.</param>
        /// <param name="nowMs">Milliseconds since start.</param>
        /// <param name="startedMs">When the controller started.</param>
        /// <param name="intervals">The interval that ends with it: its length, and which of its arrivals can be told.</param>
        public void Fill(StatusMessage message, long nowMs, long startedMs, IntervalLog intervals)
        {
            message.LevelPermille = _lighting.LevelPermille;
            message.TargetLevelPermille = _lighting.TargetLevelPermille;
            message.Cause = _lighting.Cause;
            message.LightingHealth = _lighting.Health.State;
            message.OccupancyHealth = _occupancy.Health.State;
            message.LuminaireHealth = _luminaire.Health.State;
            message.RadioHealth = _device.Health.State;
            message.SettingsHealth = _settingsStore.Health.State;
            message.LampOnHours = Limit(_luminaire.LampOnSeconds / 3600);
            message.IsLampFailure = _luminaire.IsLampFailure;
            message.IsDayBurner = _luminaire.IsDayBurner;
            message.IsOccupied = _lighting.Cause == LevelCause.Occupancy;
            message.IsFading = _lighting.IsFading;
            message.HasPosition = _settings.HasPosition;
            message.ClockAccuracy = ClockAccuracyScale.Of(_clock.IsKnown, _clock.UncertaintyMs(nowMs));
            message.PowerMilliwatts = _luminaire.PowerMilliwatts;
            message.EnergyWattHours = _luminaire.EnergyWattHours;
            message.OccupancyCount = intervals.TellableCount;
            message.OccupancyIntervalSeconds = Limit((nowMs - intervals.SinceMs) / 1000);
            message.SettingsRevision = _settings.Revision;
            message.SettingsHash = _hash.Compute(_settings);
            message.DownlinkRssiDbm = _device.LastRssiDbm;
            message.UptimeHours = Limit((nowMs - startedMs) / 3600000);
        }

        private static int Limit(long value)
        {
            return value > 0xFFFFF ? 0xFFFFF : (int)value;
        }
    }
}

// How the lamp reacts to somebody, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>Hold time, fades and debounce of occupancy.</summary>
    public sealed class OccupancyPart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public OccupancyPart(ControllerSettings settings)
            : base(SettingsSection.Occupancy)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.HoldTimeMs = 30000;
            _settings.OccupancyFadeUpMs = 500;
            _settings.OccupancyFadeDownMs = 5000;
            _settings.OccupancyDebounceMs = 50;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!SettingsRules.IsWithin(_settings.HoldTimeMs, 1000, 3600000))
            {
                return SettingsFault.HoldTime;
            }

            if (!SettingsRules.IsWithin(_settings.OccupancyFadeUpMs, 0, 10000) || !SettingsRules.IsWithin(_settings.OccupancyFadeDownMs, 0, 60000))
            {
                return SettingsFault.OccupancyFade;
            }

            return SettingsRules.IsWithin(_settings.OccupancyDebounceMs, 0, 1000) ? SettingsFault.None : SettingsFault.OccupancyDebounce;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put32(_settings.HoldTimeMs);
            writer.Put16(_settings.OccupancyFadeUpMs);
            writer.Put16(_settings.OccupancyFadeDownMs);
            writer.Put16(_settings.OccupancyDebounceMs);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.HoldTimeMs = reader.Get32();
            _settings.OccupancyFadeUpMs = reader.Get16();
            _settings.OccupancyFadeDownMs = reader.Get16();
            _settings.OccupancyDebounceMs = reader.Get16();
            return true;
        }
    }
}

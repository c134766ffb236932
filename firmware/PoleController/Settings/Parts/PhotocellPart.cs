// What starts the light, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>Power-return delay, photocell thresholds and delay.</summary>
    public sealed class PhotocellPart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public PhotocellPart(ControllerSettings settings)
            : base(SettingsSection.Photocell)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.PowerReturnDelayMaximumMs = 5000;
            _settings.PhotocellOnLux = 20;
            _settings.PhotocellOffLux = 40;
            _settings.PhotocellDelaySeconds = 60;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!SettingsRules.IsWithin(_settings.PowerReturnDelayMaximumMs, 0, 60000))
            {
                return SettingsFault.PowerReturnDelay;
            }

            return SettingsRules.IsWithin(_settings.PhotocellOnLux, 1, 1000)
                && SettingsRules.IsWithin(_settings.PhotocellOffLux, _settings.PhotocellOnLux + 1, 2000)
                && SettingsRules.IsWithin(_settings.PhotocellDelaySeconds, 0, 600)
                ? SettingsFault.None : SettingsFault.Photocell;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(_settings.PowerReturnDelayMaximumMs);
            writer.Put16(_settings.PhotocellOnLux);
            writer.Put16(_settings.PhotocellOffLux);
            writer.Put16(_settings.PhotocellDelaySeconds);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.PowerReturnDelayMaximumMs = reader.Get16();
            _settings.PhotocellOnLux = reader.Get16();
            _settings.PhotocellOffLux = reader.Get16();
            _settings.PhotocellDelaySeconds = reader.Get16();
            return true;
        }
    }
}

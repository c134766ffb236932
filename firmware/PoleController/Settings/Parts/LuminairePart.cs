// What the luminaire draws, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>Full and standby power.</summary>
    public sealed class LuminairePart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public LuminairePart(ControllerSettings settings)
            : base(SettingsSection.Luminaire)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.LuminaireFullPowerMilliwatts = 0;
            _settings.LuminaireStandbyPowerMilliwatts = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsWithin(_settings.LuminaireFullPowerMilliwatts, 0, SettingsRules.MaximumLuminairePowerMilliwatts)
                && SettingsRules.IsWithin(_settings.LuminaireStandbyPowerMilliwatts, 0, SettingsRules.MaximumLuminairePowerMilliwatts)
                ? SettingsFault.None : SettingsFault.LuminairePower;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put32(_settings.LuminaireFullPowerMilliwatts);
            writer.Put32(_settings.LuminaireStandbyPowerMilliwatts);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.LuminaireFullPowerMilliwatts = reader.Get32();
            _settings.LuminaireStandbyPowerMilliwatts = reader.Get32();
            return true;
        }
    }
}

// What local time is, as a section of the settings.
using PoleController.Time;
namespace PoleController.Settings.Parts
{
    /// <summary>Offset from UTC and daylight-saving rule.</summary>
    public sealed class LocalTimePart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public LocalTimePart(ControllerSettings settings)
            : base(SettingsSection.LocalTime)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.UtcOffsetMinutes = 60;
            _settings.DaylightSaving = (int)DaylightSavingRule.EuropeanUnion;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (!SettingsRules.IsUtcOffset(_settings.UtcOffsetMinutes))
            {
                return SettingsFault.UtcOffset;
            }

            return SettingsRules.IsWithin(_settings.DaylightSaving, (int)DaylightSavingRule.None, (int)DaylightSavingRule.Chile)
                ? SettingsFault.None : SettingsFault.DaylightSaving;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(_settings.UtcOffsetMinutes);
            writer.Put8(_settings.DaylightSaving);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.UtcOffsetMinutes = reader.GetSigned16();
            _settings.DaylightSaving = reader.Get8();
            return true;
        }
    }
}

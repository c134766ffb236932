// How the pole reports, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>Status interval, and whether status messages are confirmed.</summary>
    public sealed class ReportingPart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public ReportingPart(ControllerSettings settings)
            : base(SettingsSection.Reporting)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.StatusIntervalSeconds = 600;
            _settings.IsStatusConfirmed = false;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsWithin(_settings.StatusIntervalSeconds, 60, 86400) ? SettingsFault.None : SettingsFault.StatusInterval;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put32(_settings.StatusIntervalSeconds);
            writer.Put8(_settings.IsStatusConfirmed ? 1 : 0);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.StatusIntervalSeconds = reader.Get32();
            int confirmed = reader.Get8();
            _settings.IsStatusConfirmed = confirmed == 1;
            return confirmed <= 1;
        }
    }
}

// Where the pole stands, as a section of the settings.
namespace PoleController.Settings.Parts
{
    /// <summary>Latitude and longitude. Left out of the record while the position was never set.</summary>
    public sealed class PositionPart : SettingsPart
    {
        private readonly ControllerSettings _settings;

        /// <summary>Makes it over the settings whose values it is.</summary>
        public PositionPart(ControllerSettings settings)
            : base(SettingsSection.Position)
        {
            _settings = settings;
        }

        /// <inheritdoc/>
        public override bool IsSet
        {
            get { return _settings.HasPosition; }
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            _settings.LatitudeMicrodegrees = 0;
            _settings.LongitudeMicrodegrees = 0;
            _settings.HasPosition = false;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsWithin(_settings.LatitudeMicrodegrees, -90000000, 90000000)
                && SettingsRules.IsWithin(_settings.LongitudeMicrodegrees, -180000000, 180000000)
                ? SettingsFault.None : SettingsFault.Position;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put32(_settings.LatitudeMicrodegrees);
            writer.Put32(_settings.LongitudeMicrodegrees);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            _settings.LatitudeMicrodegrees = reader.Get32();
            _settings.LongitudeMicrodegrees = reader.Get32();
            _settings.HasPosition = true;
            return true;
        }
    }
}

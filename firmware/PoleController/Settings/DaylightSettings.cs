// What the photocell may add to the program: light before the evening's switching point and after the morning's, within bounds.
namespace PoleController.Settings
{
    /// <summary>
    /// How far the photocell may go beyond the program while that asks for darkness: a dark storm comes before dusk. It only ever adds light. Bytes: minutes
    /// earlier 1, minutes later 1, level 1 (in percent).
    /// </summary>
    public sealed class DaylightSettings : SettingsPart
    {
        /// <summary>How long before the program switches the light on the photocell may do so, 0 (never) to 240 minutes.</summary>
        public int MaximumEarlierMinutes;

        /// <summary>How long after the program has switched the light off the photocell may keep it on or bring it back, 0 (never) to 240 minutes.</summary>
        public int MaximumLaterMinutes;

        /// <summary>The level meanwhile, 10 to 1000 in steps of 10.</summary>
        public int LevelPermille;

        /// <summary>Makes it with the defaults.</summary>
        public DaylightSettings()
            : base(SettingsSection.Daylight)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            MaximumEarlierMinutes = 0;
            MaximumLaterMinutes = 0;
            LevelPermille = 1000;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsWithin(MaximumEarlierMinutes, 0, 240)
                && SettingsRules.IsWithin(MaximumLaterMinutes, 0, 240)
                && SettingsRules.IsPercentLevel(LevelPermille, 10)
                ? SettingsFault.None : SettingsFault.Daylight;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(MaximumEarlierMinutes);
            writer.Put8(MaximumLaterMinutes);
            writer.Put8(LevelPermille / 10);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            MaximumEarlierMinutes = reader.Get8();
            MaximumLaterMinutes = reader.Get8();
            LevelPermille = reader.Get8() * 10;
            return true;
        }
    }
}

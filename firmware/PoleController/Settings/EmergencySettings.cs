// The emergency and the crisis profile: their levels, and how long they last at most.
namespace PoleController.Settings
{
    /// <summary>
    /// The two profiles that a command calls for a limited time: emergency (full light as a rule) and crisis (any fixed level, also none). Bytes: emergency's level
    /// 1, crisis's level 1 (in percent), limit 2.
    /// </summary>
    public sealed class EmergencySettings : SettingsPart
    {
        /// <summary>Level of the emergency profile, 100 to 1000 in steps of 10.</summary>
        public int EmergencyLevelPermille;

        /// <summary>Level of the crisis profile, 0 to 1000 in steps of 10.</summary>
        public int CrisisLevelPermille;

        /// <summary>How long a command may call a profile for at most, 1 to 1440 minutes: none is left on by accident.</summary>
        public int MaximumMinutes;

        /// <summary>Makes it with the defaults.</summary>
        public EmergencySettings()
            : base(SettingsSection.Emergency)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            EmergencyLevelPermille = 1000;
            CrisisLevelPermille = 300;
            MaximumMinutes = 240;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsPercentLevel(EmergencyLevelPermille, 100)
                && SettingsRules.IsPercentLevel(CrisisLevelPermille, 0)
                && SettingsRules.IsWithin(MaximumMinutes, 1, 1440)
                ? SettingsFault.None : SettingsFault.Emergency;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(EmergencyLevelPermille / 10);
            writer.Put8(CrisisLevelPermille / 10);
            writer.Put16(MaximumMinutes);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            EmergencyLevelPermille = reader.Get8() * 10;
            CrisisLevelPermille = reader.Get8() * 10;
            MaximumMinutes = reader.Get16();
            return true;
        }
    }
}

// The dark-sky and insect profile: when the light is low and warm while nobody is there.
namespace PoleController.Settings
{
    /// <summary>
    /// A season and hours in which the program's level is limited and the light is warm. What somebody who arrives gets is not limited, only its colour. Bytes:
    /// from 2, to 2 (month and day), from 2, to 2 (minutes of the local day), idle level 1, warm share 1, warm share otherwise 1 (in percent).
    /// </summary>
    public sealed class DarkSkySettings : SettingsPart
    {
        /// <summary>First lighting day of the season, as month * 100 + day; 101 to 1231.</summary>
        public int FromMonthDay;

        /// <summary>Last lighting day of the season, as month * 100 + day; before the first it goes over the new year.</summary>
        public int ToMonthDay;

        /// <summary>Local minute of the day at which it begins, 0 to 1439.</summary>
        public int FromMinute;

        /// <summary>Local minute of the day at which it ends, 0 to 1439; the same as the beginning means the whole lighting day.</summary>
        public int ToMinute;

        /// <summary>The most that the program puts out meanwhile, 10 to 1000 in steps of 10; 1000 does not limit. What the program has dark stays dark.</summary>
        public int IdleLevelPermille;

        /// <summary>Which share of the light comes from the warm channel meanwhile, where the luminaire has two, 0 to 1000 in steps of 10.</summary>
        public int WarmSharePermille;

        /// <summary>Which share of the light comes from the warm channel at all other times, 0 to 1000 in steps of 10.</summary>
        public int WarmShareOtherwisePermille;

        /// <summary>Makes it with the defaults.</summary>
        public DarkSkySettings()
            : base(SettingsSection.DarkSky)
        {
            SetDefaults();
        }

        /// <summary>Whether it changes anything at any time.</summary>
        public bool IsUsed
        {
            get { return IdleLevelPermille < 1000 || WarmSharePermille != WarmShareOtherwisePermille; }
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            FromMonthDay = 101;
            ToMonthDay = 1231;
            FromMinute = 0;
            ToMinute = 0;
            IdleLevelPermille = 1000;
            WarmSharePermille = 0;
            WarmShareOtherwisePermille = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsYearlyDate(0, FromMonthDay)
                && SettingsRules.IsYearlyDate(0, ToMonthDay)
                && SettingsRules.IsWithin(FromMinute, 0, 1439)
                && SettingsRules.IsWithin(ToMinute, 0, 1439)
                && SettingsRules.IsPercentLevel(IdleLevelPermille, 10)
                && SettingsRules.IsPercentLevel(WarmSharePermille, 0)
                && SettingsRules.IsPercentLevel(WarmShareOtherwisePermille, 0)
                ? SettingsFault.None : SettingsFault.DarkSky;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put16(FromMonthDay);
            writer.Put16(ToMonthDay);
            writer.Put16(FromMinute);
            writer.Put16(ToMinute);
            writer.Put8(IdleLevelPermille / 10);
            writer.Put8(WarmSharePermille / 10);
            writer.Put8(WarmShareOtherwisePermille / 10);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            FromMonthDay = reader.Get16();
            ToMonthDay = reader.Get16();
            FromMinute = reader.Get16();
            ToMinute = reader.Get16();
            IdleLevelPermille = reader.Get8() * 10;
            WarmSharePermille = reader.Get8() * 10;
            WarmShareOtherwisePermille = reader.Get8() * 10;
            return true;
        }
    }
}

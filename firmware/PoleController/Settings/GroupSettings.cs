// The lighting groups that a pole is in, and the hours in which it is brighter than its program (a hotspot).
namespace PoleController.Settings
{
    /// <summary>
    /// Lighting groups and boost. A group is a number that commands name: it says which light is meant, not how the command gets there. Bytes: how many groups 1;
    /// each 1; boost 1 (in percent), weekdays 1, from 2, to 2 (minutes of the local day).
    /// </summary>
    public sealed class GroupSettings : SettingsPart
    {
        /// <summary>Most groups that a pole is in.</summary>
        public const int MaximumCount = 8;

        /// <summary>As a command's group: whoever hears it.</summary>
        public const int Everybody = 0;

        /// <summary>How many groups are in use.</summary>
        public int GroupCount;

        /// <summary>The groups, 1 to 255 each.</summary>
        public readonly byte[] GroupNumber = new byte[MaximumCount];

        /// <summary>By how much the light is raised in the hours below, 0 (not at all) to 1000 in steps of 10. Only where the program has light.</summary>
        public int BoostPermille;

        /// <summary>On which lighting days, as bits: bit 0 is Monday, bit 6 is Sunday.</summary>
        public int BoostWeekdayMask;

        /// <summary>Local minute of the day at which the boost begins, 0 to 1439.</summary>
        public int BoostFromMinute;

        /// <summary>Local minute of the day at which it ends, 0 to 1439; the same as the beginning means the whole lighting day.</summary>
        public int BoostToMinute;

        /// <summary>Makes it with the defaults.</summary>
        public GroupSettings()
            : base(SettingsSection.Groups)
        {
            SetDefaults();
        }

        /// <summary>Whether a command for a group is for this pole.</summary>
        /// <param name="group">1 to 255, or <see cref="Everybody"/>.</param>
        public bool Contains(int group)
        {
            for (int i = 0; i < GroupCount && i < MaximumCount; i++)
            {
                if (GroupNumber[i] == group)
                {
                    return true;
                }
            }

            return group == Everybody;
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            GroupCount = 0;
            BoostPermille = 0;
            BoostWeekdayMask = 0;
            BoostFromMinute = 0;
            BoostToMinute = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (GroupCount < 0 || GroupCount > MaximumCount)
            {
                return SettingsFault.LightingGroup;
            }

            for (int i = 0; i < GroupCount; i++)
            {
                if (GroupNumber[i] == Everybody)
                {
                    return SettingsFault.LightingGroup;
                }
            }

            return SettingsRules.IsPercentLevel(BoostPermille, 0) && SettingsRules.IsWithin(BoostWeekdayMask, 0, 127)
                && SettingsRules.IsWithin(BoostFromMinute, 0, 1439) && SettingsRules.IsWithin(BoostToMinute, 0, 1439)
                ? SettingsFault.None : SettingsFault.LightingGroup;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(GroupCount);
            for (int i = 0; i < GroupCount; i++)
            {
                writer.Put8(GroupNumber[i]);
            }

            writer.Put8(BoostPermille / 10);
            writer.Put8(BoostWeekdayMask);
            writer.Put16(BoostFromMinute);
            writer.Put16(BoostToMinute);
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            GroupCount = reader.Get8();
            if (GroupCount > MaximumCount)
            {
                return false;
            }

            for (int i = 0; i < GroupCount; i++)
            {
                GroupNumber[i] = (byte)reader.Get8();
            }

            BoostPermille = reader.Get8() * 10;
            BoostWeekdayMask = reader.Get8();
            BoostFromMinute = reader.Get16();
            BoostToMinute = reader.Get16();
            return true;
        }
    }
}

// Scenes: levels with a name that is a number, which a command recalls at a pole or a group.
namespace PoleController.Settings
{
    /// <summary>Up to 16 scenes. Bytes: how many 1; each: level 1 (in percent), fade 2, warm share 1 (in percent; 255 is as at other times).</summary>
    public sealed class SceneSettings : SettingsPart
    {
        /// <summary>Most scenes.</summary>
        public const int MaximumCount = 16;

        /// <summary>In <see cref="SceneWarmSharePermille"/>: the share that the dark-sky profile gives.</summary>
        public const int WarmShareUnchanged = 2550;

        /// <summary>How many are in use, 0 to 16: scenes 0 to one less.</summary>
        public int SceneCount;

        /// <summary>Of each, the level, 0 to 1000 in steps of 10.</summary>
        public readonly short[] SceneLevelPermille = new short[MaximumCount];

        /// <summary>Of each, how long the way there takes, 0 to 3600 seconds.</summary>
        public readonly short[] SceneFadeSeconds = new short[MaximumCount];

        /// <summary>Of each, the warm channel's share, 0 to 1000 in steps of 10, or <see cref="WarmShareUnchanged"/>.</summary>
        public readonly short[] SceneWarmSharePermille = new short[MaximumCount];

        /// <summary>Makes it with the defaults.</summary>
        public SceneSettings()
            : base(SettingsSection.Scenes)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            SceneCount = 0;
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            if (SceneCount < 0 || SceneCount > MaximumCount)
            {
                return SettingsFault.Scene;
            }

            for (int i = 0; i < SceneCount; i++)
            {
                bool isWarmShare = SceneWarmSharePermille[i] == WarmShareUnchanged || SettingsRules.IsPercentLevel(SceneWarmSharePermille[i], 0);
                if (!isWarmShare || !SettingsRules.IsPercentLevel(SceneLevelPermille[i], 0) || !SettingsRules.IsWithin(SceneFadeSeconds[i], 0, 3600))
                {
                    return SettingsFault.Scene;
                }
            }

            return SettingsFault.None;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(SceneCount);
            for (int i = 0; i < SceneCount; i++)
            {
                writer.Put8(SceneLevelPermille[i] / 10);
                writer.Put16(SceneFadeSeconds[i]);
                writer.Put8(SceneWarmSharePermille[i] / 10);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            SceneCount = reader.Get8();
            if (SceneCount > MaximumCount)
            {
                return false;
            }

            for (int i = 0; i < SceneCount; i++)
            {
                SceneLevelPermille[i] = (short)(reader.Get8() * 10);
                SceneFadeSeconds[i] = (short)reader.Get16();
                SceneWarmSharePermille[i] = (short)(reader.Get8() * 10);
            }

            return true;
        }
    }
}

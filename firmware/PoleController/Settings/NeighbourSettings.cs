// Where a pole stands in its street, and the key that it shares with its neighbours.
namespace PoleController.Settings
{
    /// <summary>
    /// The neighbours: poles of one line (a street), numbered along it. Bytes: whether they talk 1, line 2, index 1, reach 1, hold time 2, key 16. The key is
    /// secret: it is stored and sent within encrypted downlinks, and never printed.
    /// </summary>
    public sealed class NeighbourSettings : SettingsPart
    {
        /// <summary>Bytes of the key.</summary>
        public const int KeyLength = 16;

        /// <summary>The farthest reach: this many poles on either side.</summary>
        public const int MaximumReach = 8;

        /// <summary>Whether the pole tells its neighbours of arrivals and heeds theirs.</summary>
        public bool IsEnabled;

        /// <summary>Number of the line, 0 to 65,535: the poles that share the key. Lines that meet have different numbers.</summary>
        public int Line;

        /// <summary>Where in the line the pole stands, 1 to 255, counted along the street; neighbours differ by 1.</summary>
        public int PoleIndex;

        /// <summary>How many poles ahead an arrival here raises, 1 to <see cref="MaximumReach"/>.</summary>
        public int Reach;

        /// <summary>How long this pole stays raised by a neighbour's arrival, 1 to 600 s.</summary>
        public int HoldSeconds;

        /// <summary>The key of the line, 16 bytes; all zero means that there is none, and then they do not talk.</summary>
        public readonly byte[] Key = new byte[KeyLength];

        /// <summary>Makes it with the defaults.</summary>
        public NeighbourSettings()
            : base(SettingsSection.Neighbours)
        {
            SetDefaults();
        }

        /// <inheritdoc/>
        public override void SetDefaults()
        {
            IsEnabled = false;
            Line = 0;
            PoleIndex = 1;
            Reach = 2;
            HoldSeconds = 15;
            for (int i = 0; i < KeyLength; i++)
            {
                Key[i] = 0;
            }
        }

        /// <inheritdoc/>
        public override SettingsFault Validate()
        {
            return SettingsRules.IsWithin(Line, 0, 65535) && SettingsRules.IsWithin(PoleIndex, 1, 255)
                && SettingsRules.IsWithin(Reach, 1, MaximumReach) && SettingsRules.IsWithin(HoldSeconds, 1, 600) && (!IsEnabled || HasKey())
                ? SettingsFault.None : SettingsFault.Neighbours;
        }

        /// <inheritdoc/>
        public override void Put(SettingsWriter writer)
        {
            writer.Put8(IsEnabled ? 1 : 0);
            writer.Put16(Line);
            writer.Put8(PoleIndex);
            writer.Put8(Reach);
            writer.Put16(HoldSeconds);
            for (int i = 0; i < KeyLength; i++)
            {
                writer.Put8(Key[i]);
            }
        }

        /// <inheritdoc/>
        public override bool Get(SettingsReader reader)
        {
            int enabled = reader.Get8();
            IsEnabled = enabled == 1;
            Line = reader.Get16();
            PoleIndex = reader.Get8();
            Reach = reader.Get8();
            HoldSeconds = reader.Get16();
            for (int i = 0; i < KeyLength; i++)
            {
                Key[i] = (byte)reader.Get8();
            }

            return enabled <= 1;
        }

        private bool HasKey()
        {
            for (int i = 0; i < KeyLength; i++)
            {
                if (Key[i] != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }
}

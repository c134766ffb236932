// A section of the settings as an object: its values, their defaults, their ranges, their bytes. Where sections are kept and how they come over the
// air is the business of SettingsCodec, SettingsStore and Messages.
namespace PoleController.Settings
{
    /// <summary>One section of the settings. Made once; changed in place. Fields are public, as the settings of a pole are data.</summary>
    public abstract class SettingsPart
    {
        /// <summary><see cref="Item"/> of a section of which there is one.</summary>
        public const int NoItem = -1;

        /// <summary>Makes it.</summary>
        /// <param name="section">Which section it is.</param>
        protected SettingsPart(SettingsSection section)
        {
            Section = section;
            Item = NoItem;
        }

        /// <summary>Makes one of several of the same section, each of which can come alone (a program, a scene).</summary>
        /// <param name="section">Which section it is.</param>
        /// <param name="item">Which of them, 0 to 254: the first byte of the content, which <see cref="Put"/> writes and <see cref="Get"/> reads over.</param>
        protected SettingsPart(SettingsSection section, int item)
        {
            Section = section;
            Item = item;
        }

        /// <summary>Which section it is.</summary>
        public SettingsSection Section { get; }

        /// <summary>Of a section of which there are several, which one; else <see cref="NoItem"/>.</summary>
        public int Item { get; }

        /// <summary>Whether it has anything to say; a part that has not is left out of the record and read with its defaults.</summary>
        public virtual bool IsSet
        {
            get { return true; }
        }

        /// <summary>Puts every value back to what a pole starts with that was never provisioned.</summary>
        public abstract void SetDefaults();

        /// <summary>The first thing that is wrong with the values; <see cref="SettingsFault.None"/> when nothing is.</summary>
        public abstract SettingsFault Validate();

        /// <summary>Writes the values, in the order and with the bytes that messages.yaml gives to the section.</summary>
        public abstract void Put(SettingsWriter writer);

        /// <summary>
        /// Reads the values. What is missing reads as 0; whether the section was as long as its content is judged by the caller, whether the values are valid
        /// by <see cref="Validate"/>.
        /// </summary>
        /// <returns>False when there is more of something than there can be.</returns>
        public abstract bool Get(SettingsReader reader);

        /// <summary>Whether a value lies in a range, both ends included.</summary>
        protected static bool IsWithin(int value, int minimum, int maximum)
        {
            return value >= minimum && value <= maximum;
        }
    }
}

// A section of the settings as an object: its values, their defaults, their ranges, their bytes. Where sections are kept and how they come over the
// air is the business of SettingsCodec, SettingsStore and Messages.
namespace PoleController.Settings
{
    /// <summary>One section of the settings. Made once; changed in place. Fields are public, as the settings of a pole are data.</summary>
    public abstract class SettingsPart
    {
        /// <summary>Makes it.</summary>
        /// <param name="section">Which section it is.</param>
        protected SettingsPart(SettingsSection section)
        {
            Section = section;
        }

        /// <summary>Which section it is.</summary>
        public SettingsSection Section { get; }

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

// What can be wrong with the bytes of a section, whatever its values.
namespace PoleController.Settings
{
    /// <summary>What is wrong with a section's bytes.</summary>
    public enum SectionError
    {
        /// <summary>Nothing.</summary>
        None = 0,

        /// <summary>There is no such section, or no such item of it.</summary>
        Unknown = 1,

        /// <summary>The bytes end before the section's content does.</summary>
        TooShort = 2,

        /// <summary>The bytes go on after the section's content.</summary>
        TooLong = 3,

        /// <summary>There is more of something than there can be, or a flag is neither 0 nor 1.</summary>
        OutOfRange = 4,
    }
}

// The parts that a block of settings is made of.
namespace PoleController.Messages
{
    /// <summary>A section of a settings block; its number on the wire. The content of each is laid out as in the settings' own record (SettingsCodec).</summary>
    public enum SettingsSection
    {
        /// <summary>Latitude 4, longitude 4: for one pole, not for a group.</summary>
        Position = 1,

        /// <summary>UTC offset 2, daylight saving 1.</summary>
        LocalTime = 2,

        /// <summary>Hold time 4, fades up 2 and down 2, debounce 2.</summary>
        Occupancy = 3,

        /// <summary>Status interval 4, whether status is confirmed 1.</summary>
        Reporting = 4,

        /// <summary>Power-return delay 2, photocell on 2, off 2, delay 2.</summary>
        Photocell = 5,

        /// <summary>Full power 4, standby power 4.</summary>
        Luminaire = 6,

        /// <summary>Which program 1, the program.</summary>
        Program = 7,

        /// <summary>The calendar.</summary>
        Calendar = 8,

        /// <summary>The four multicast groups' windows of answers, 2 each.</summary>
        MulticastAnswerWindows = 9,
    }
}

// The sections that the settings are made of, in the store, in a block over the air, and in a command.
namespace PoleController.Settings
{
    /// <summary>A section of the settings; its number on the wire and in the record.</summary>
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

        /// <summary>What is expected of the luminaire, and from where on it is a fault: <see cref="SettingsPart"/> of that name, as all that follow.</summary>
        Supervision = 10,

        /// <summary>Constant light output, virtual power output, derating.</summary>
        LightOutput = 11,

        /// <summary>Calibration points of the 0-10 V output.</summary>
        DimmerCalibration = 12,

        /// <summary>Container, thresholds, intervals of the fill level.</summary>
        FillLevel = 13,

        /// <summary>Gauge zero, thresholds, intervals of the water level.</summary>
        WaterLevel = 14,

        /// <summary>Air station.</summary>
        Air = 15,

        /// <summary>Counting of people and vehicles.</summary>
        Traffic = 16,

        /// <summary>Tilt, impact, door.</summary>
        PoleGuard = 17,

        /// <summary>Which quantities are measured at all, and how often each is sent.</summary>
        Measurements = 18,

        /// <summary>Scenes.</summary>
        Scenes = 19,

        /// <summary>Lighting groups of the pole, hotspot boost.</summary>
        Groups = 20,

        /// <summary>Dark-sky and insect profile.</summary>
        DarkSky = 21,

        /// <summary>Emergency and crisis profile.</summary>
        Emergency = 22,

        /// <summary>Steps of load shedding.</summary>
        LoadShedding = 23,

        /// <summary>Neighbouring poles and the key they share.</summary>
        Neighbours = 24,

        /// <summary>Service port.</summary>
        Service = 25,

        /// <summary>Public holidays.</summary>
        Holidays = 26,

        /// <summary>How far the photocell may go beyond the program.</summary>
        Daylight = 27,
    }
}

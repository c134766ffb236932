// What can be wrong with settings. The same numbers stand in messages.yaml; a new one comes last.
namespace PoleController.Settings
{
    /// <summary>The first thing found wrong with settings, a program or a calendar.</summary>
    public enum SettingsFault
    {
        /// <summary>Nothing is wrong.</summary>
        None = 0,

        /// <summary>The revision is negative.</summary>
        Revision = 1,

        /// <summary>Latitude or longitude is out of range.</summary>
        Position = 2,

        /// <summary>The offset from UTC is out of range.</summary>
        UtcOffset = 3,

        /// <summary>There is no such daylight-saving rule.</summary>
        DaylightSaving = 4,

        /// <summary>The hold time is out of range.</summary>
        HoldTime = 5,

        /// <summary>A fade on occupancy is out of range.</summary>
        OccupancyFade = 6,

        /// <summary>The debounce time is out of range.</summary>
        OccupancyDebounce = 7,

        /// <summary>The status interval is out of range.</summary>
        StatusInterval = 8,

        /// <summary>The delay after power return is out of range.</summary>
        PowerReturnDelay = 9,

        /// <summary>A photocell threshold or delay is out of range, or off is not above on.</summary>
        Photocell = 10,

        /// <summary>A power of the luminaire is out of range.</summary>
        LuminairePower = 11,

        /// <summary>A program has too many points.</summary>
        ProgramPointCount = 12,

        /// <summary>A program's fade is out of range.</summary>
        ProgramFade = 13,

        /// <summary>A point refers to nothing known.</summary>
        PointReference = 14,

        /// <summary>A point's offset is out of the range of its reference.</summary>
        PointOffset = 15,

        /// <summary>A point's level is out of range.</summary>
        PointLevel = 16,

        /// <summary>The calendar has too many rules or exception days.</summary>
        CalendarCount = 17,

        /// <summary>A calendar entry has a date that does not exist, or a year that is neither 0 nor 2000 to 2099.</summary>
        CalendarDate = 18,

        /// <summary>A rule's occurrences have a bit beyond the last.</summary>
        CalendarWeekdays = 19,

        /// <summary>A calendar entry selects a program that does not exist.</summary>
        CalendarProgram = 20,

        /// <summary>A multicast group's window of answers is out of range.</summary>
        MulticastAnswerWindow = 21,

        /// <summary>A container's shape is unknown, or its distances or widths make no container.</summary>
        FillLevelContainer = 22,

        /// <summary>A threshold of the fill level is out of range, or red is not above yellow.</summary>
        FillLevelThresholds = 23,

        /// <summary>Pings, an interval or the substitute temperature of the fill level are out of range.</summary>
        FillLevelMeasuring = 24,

        /// <summary>The height of the water sensor is out of range.</summary>
        WaterLevelGauge = 25,

        /// <summary>A threshold of the water level is out of range, or the alarm is not above the warning.</summary>
        WaterLevelThresholds = 26,

        /// <summary>Pings, an interval or the substitute temperature of the water level are out of range.</summary>
        WaterLevelMeasuring = 27,

        /// <summary>An interval of the air station is out of range.</summary>
        AirInterval = 28,

        /// <summary>The correction for humidity is out of range.</summary>
        AirHumidity = 29,

        /// <summary>The smallest count published or a boundary between speed classes is out of range.</summary>
        Traffic = 30,

        /// <summary>Threshold, hysteresis, interval or learning time of the tilt are out of range.</summary>
        Tilt = 31,

        /// <summary>The threshold of an impact is out of range.</summary>
        Impact = 32,

        /// <summary>The debounce time of the door contact is out of range.</summary>
        DoorDebounce = 33,

        /// <summary>An interval of the measurements is out of range.</summary>
        MeasurementInterval = 34,

        /// <summary>A section has more of something than there can be, or a flag that is neither 0 nor 1.</summary>
        SectionContent = 35,

        /// <summary>The tolerance of the power, or the number of dark spells in an hour, is out of range.</summary>
        SupervisionTolerance = 36,

        /// <summary>A limit of temperature, or its hysteresis, is out of range.</summary>
        SupervisionTemperature = 37,

        /// <summary>The lowest supply voltage is out of range.</summary>
        SupervisionSupply = 38,

        /// <summary>The power curve has too many points, or they do not rise.</summary>
        SupervisionCurve = 39,

        /// <summary>The virtual power output is out of range.</summary>
        LightOutputPower = 40,

        /// <summary>Allowance, interval or time of the cleaning are out of range.</summary>
        LightOutputCleaning = 41,

        /// <summary>Floor or step of the derating are out of range.</summary>
        LightOutputDerating = 42,

        /// <summary>The constant light output has too many points, they do not rise, or the last one is not full.</summary>
        LightOutputCurve = 43,

        /// <summary>The 0-10 V output has one point or too many, or they do not rise.</summary>
        DimmerCalibration = 44,

        /// <summary>There are too many public holidays, or one has a date that does not exist.</summary>
        Holiday = 45,

        /// <summary>What the photocell may add to the program is out of range.</summary>
        Daylight = 46,

        /// <summary>There are too many scenes, or a value of one is out of range.</summary>
        Scene = 47,

        /// <summary>A lighting group is 0 or there are too many, or the boost is out of range.</summary>
        LightingGroup = 48,

        /// <summary>A value of the dark-sky profile is out of range.</summary>
        DarkSky = 49,

        /// <summary>A level or the time limit of the emergency profiles is out of range.</summary>
        Emergency = 50,

        /// <summary>A limit, the floor or the time limit of load shedding is out of range.</summary>
        LoadShedding = 51,

        /// <summary>A value of the neighbours is out of range.</summary>
        Neighbours = 52,
    }
}

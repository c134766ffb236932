// What alarms can be about: something that began, changed or ended, or that just happened. The same numbers stand in messages.yaml.
namespace PoleController.Alarms
{
    /// <summary>What an alarm is about.</summary>
    public enum AlarmKind
    {
        /// <summary>Nothing; never sent.</summary>
        None = 0,

        /// <summary>The lamp should be lit and draws too little.</summary>
        LampFailure = 1,

        /// <summary>The lamp should be dark and draws power.</summary>
        DayBurner = 2,

        /// <summary>Dimmer, relay or photocell does not do what it should, or the program cannot run (defaultsInForce: the position was never set).</summary>
        LightingFault = 3,

        /// <summary>The occupancy sensor cannot be believed (implausible: it never rests) or does not answer.</summary>
        OccupancyFault = 4,

        /// <summary>The luminaire's meter is silent or implausible.</summary>
        MeterFault = 5,

        /// <summary>The settings were lost, or cannot be kept.</summary>
        SettingsFault = 6,

        /// <summary>The pole is joined and still does not know the time after 15 minutes.</summary>
        ClockUnknown = 7,

        /// <summary>The control gear reports that it does not work, or draws next to nothing although it is fed.</summary>
        GearFailure = 8,

        /// <summary>The lamp went dark though it should be lit, and was lit before.</summary>
        UnexpectedOff = 9,

        /// <summary>The lamp goes off and on again and again by itself. Value: times in the last hour.</summary>
        Cycling = 10,

        /// <summary>The luminaire draws more than its level explains. Value: percent of what is expected.</summary>
        PowerTooHigh = 11,

        /// <summary>The luminaire draws less than its level explains. Value: percent of what is expected.</summary>
        PowerTooLow = 12,

        /// <summary>Gear, lamp or controller are too hot: the light is derated. Value: degrees Celsius.</summary>
        OverTemperature = 13,

        /// <summary>The mains were lost: told by the last message where the board can, else with its end after the return. Value: seconds without mains, where known.</summary>
        SupplyLoss = 14,

        /// <summary>The control gear does not answer on the dimming bus.</summary>
        GearFault = 15,

        /// <summary>A container is as full as the operator's first threshold (yellow). Value: percent full.</summary>
        FillLevelWarning = 16,

        /// <summary>A container is as full as the operator's second threshold (red): it has to be emptied. Value: percent full.</summary>
        FillLevelAlarm = 17,

        /// <summary>A container was emptied. It happens, it does not last. Value: percent full before.</summary>
        ContainerEmptied = 18,

        /// <summary>The fill level sensor is silent, blind or implausible.</summary>
        FillLevelFault = 19,

        /// <summary>The water is as high as the operator's first threshold, or rises as fast. Value: level in centimetres.</summary>
        WaterWarning = 20,

        /// <summary>The water is as high as the operator's second threshold. Value: level in centimetres.</summary>
        WaterAlarm = 21,

        /// <summary>The water level sensor is silent, blind or implausible.</summary>
        WaterLevelFault = 22,

        /// <summary>A sensor of the air station is silent, worn out or implausible.</summary>
        AirSensorFault = 23,

        /// <summary>The hourly mean of the air is in the worst class of the index. Value: PM2.5 in micrograms per cubic metre.</summary>
        AirQualityPoor = 24,

        /// <summary>The pole leans against how it was mounted. Value: tenths of a degree.</summary>
        Tilt = 25,

        /// <summary>Something hit the pole. It happens, it does not last. Value: thousandths of standard gravity.</summary>
        Impact = 26,

        /// <summary>The pole's door is open.</summary>
        DoorOpen = 27,

        /// <summary>The accelerometer is silent or implausible.</summary>
        PoleSensorFault = 28,

        /// <summary>Somebody opened the service port with the pole's key.</summary>
        ServiceOpened = 29,

        /// <summary>Somebody tried to open the service port and failed. Value: failures in a row.</summary>
        ServiceRefused = 30,

        /// <summary>The controller restarted. It happens, it does not last. Value: why: the journal's RestartCause.</summary>
        Restarted = 31,

        /// <summary>The controller's supply voltage is too low. Value: millivolts.</summary>
        SupplyLow = 32,

        /// <summary>An emergency or crisis profile decides the light. Value: minutes that it may last at most.</summary>
        EmergencyProfile = 33,

        /// <summary>The grid operator's step of load shedding limits the light. Value: the step.</summary>
        LoadShedding = 34,

        /// <summary>The store refuses writes or is damaged. Value: refused writes since the start.</summary>
        StoreFault = 35,

        /// <summary>The short-range radio does not work, or broadcasts without a right signature are heard. Value: refused broadcasts in the last hour.</summary>
        NeighbourFault = 36,

        /// <summary>The controller itself is too hot. Value: degrees Celsius.</summary>
        BoardOverheated = 37,

        /// <summary>The supply voltage or the temperature of the controller's board cannot be measured.</summary>
        BoardSensorFault = 38,
    }
}

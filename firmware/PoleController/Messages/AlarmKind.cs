// What alarms can be about. The same numbers stand in messages.yaml.
namespace PoleController.Messages
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

        /// <summary>Dimmer, relay or photocell does not do what it should, or the program cannot run because the position was never set.</summary>
        LightingFault = 3,

        /// <summary>The occupancy sensor cannot be believed.</summary>
        OccupancyFault = 4,

        /// <summary>The luminaire's meter is silent or implausible.</summary>
        MeterFault = 5,

        /// <summary>The settings were lost, or cannot be kept.</summary>
        SettingsFault = 6,

        /// <summary>The pole is joined and still does not know the time.</summary>
        ClockUnknown = 7,
    }
}

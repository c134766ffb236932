// Why the lamp has the level it has. Every level has exactly one cause; the values go over the air in four bits.
namespace PoleController.Lighting
{
    /// <summary>The cause of the present level.</summary>
    public enum LevelCause
    {
        /// <summary>The controller has just started and not decided yet; the light is at full level.</summary>
        Start = 0,

        /// <summary>The program's switching point.</summary>
        Program = 1,

        /// <summary>Somebody is there, or was within the hold time.</summary>
        Occupancy = 2,

        /// <summary>A command, until its time-out.</summary>
        Override = 3,

        /// <summary>The clock is unknown and there is no photocell that can be trusted: full light.</summary>
        ClockUnknown = 4,

        /// <summary>The clock is unknown and the photocell decides.</summary>
        Photocell = 5,

        /// <summary>The random delay after the return of power.</summary>
        PowerReturnDelay = 6,

        /// <summary>A part of the controller failed and the light went to its safe level: full light.</summary>
        Failure = 7,

        /// <summary>A scene that a command recalled, until its time-out.</summary>
        Scene = 8,

        /// <summary>An emergency or crisis profile, until its time-out.</summary>
        Emergency = 9,

        /// <summary>The grid operator's step of load shedding limits what would be brighter.</summary>
        LoadShedding = 10,

        /// <summary>The program, raised for some hours (a hotspot).</summary>
        Boost = 11,

        /// <summary>Somebody arrived at a neighbouring pole and is on the way.</summary>
        Neighbour = 12,

        /// <summary>The program, limited by the dark-sky and insect profile.</summary>
        DarkSky = 13,

        /// <summary>The pole blinks so that somebody in the street can find it.</summary>
        Identify = 14,

        /// <summary>The photocell says that it is dark, shortly before the program switches on or after it has switched off.</summary>
        Daylight = 15,
    }
}

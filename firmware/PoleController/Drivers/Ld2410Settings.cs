// What an LD2410 is set to. Which values suit a street is found on site; the driver compares them with the part's and writes only what differs.
namespace PoleController.Drivers
{
    /// <summary>Settings of an LD2410, which it keeps without supply. Gates are 0.75 m wide: gate 8 ends at 6.75 m.</summary>
    public sealed class Ld2410Settings
    {
        /// <summary>The farthest gate in which something that moves counts, 2 to 8.</summary>
        public int MovingGate { get; set; } = 8;

        /// <summary>The farthest gate in which something that stands counts, 2 to 8.</summary>
        public int StillGate { get; set; } = 8;

        /// <summary>
        /// How long the part says that somebody is there after it saw nobody any more, in seconds, 0 to 65,535. The lamp has a hold time of its own, and arrivals one
        /// after the other are told apart better when this is short.
        /// </summary>
        public int NoOneSeconds { get; set; } = 2;

        /// <summary>Energy from which on something that moves counts, in all gates, 0 to 100; -1 leaves the part's own.</summary>
        public int MovingSensitivity { get; set; } = -1;

        /// <summary>Energy from which on something that stands counts, in all gates from 2 on, 0 to 100; -1 leaves the part's own.</summary>
        public int StillSensitivity { get; set; } = -1;
    }
}

// The words of the record "board" for what may hang at a board. The variants' words are those of the board files.
namespace PoleController.Boards
{
    /// <summary>Words for parts.</summary>
    public static class PartWords
    {
        /// <summary>Control gear on DALI instead of 0-10 V.</summary>
        public const string Dali = "dali";

        /// <summary>Two DALI gears: the cold channel at short address 0, the warm one at 1. Together with <see cref="Dali"/>.</summary>
        public const string Warm = "warm";

        /// <summary>The energy meter.</summary>
        public const string Metered = "metered";

        /// <summary>
        /// An energy meter that tells by pulses, which needs no UART: together with the radar or an ultrasonic sensor. Beside <see cref="Metered"/> it does nothing.
        /// </summary>
        public const string PulseMetered = "pulse-metered";

        /// <summary>The radar.</summary>
        public const string Counting = "counting";

        /// <summary>The ultrasonic sensor above a container.</summary>
        public const string Container = "container";

        /// <summary>The ultrasonic sensor above water.</summary>
        public const string Water = "water";

        /// <summary>An occupancy sensor's output: a PIR, or the radar's.</summary>
        public const string Occupancy = "occupancy";

        /// <summary>The photocell.</summary>
        public const string Photocell = "photocell";

        /// <summary>Temperature, humidity and pressure (BME280).</summary>
        public const string Climate = "climate";

        /// <summary>Particulates (SPS30).</summary>
        public const string Particulates = "particulates";

        /// <summary>Carbon dioxide (SCD41).</summary>
        public const string CarbonDioxide = "co2";

        /// <summary>Gas (SGP41).</summary>
        public const string Gas = "gas";

        /// <summary>Tilt and impact (LIS3DH).</summary>
        public const string Accelerometer = "accelerometer";

        /// <summary>The contact at the door.</summary>
        public const string Door = "door";

        /// <summary>The thermometer of the board.</summary>
        public const string Thermometer = "thermometer";

        /// <summary>The service port.</summary>
        public const string Service = "service";

        /// <summary>Bluetooth LE to the neighbouring poles.</summary>
        public const string Neighbours = "neighbours";

        /// <summary>The external watchdog, where the board does not always have one.</summary>
        public const string Watchdog = "watchdog";
    }
}

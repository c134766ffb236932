// What went wrong with a sensor, and at which register or frame: for the service port, for tests and for health. What follows from it (try again,
// when) is decided by the driver.
namespace PoleController.Hal
{
    /// <summary>What went wrong with a sensor.</summary>
    public enum SensorFaultKind
    {
        /// <summary>Nothing yet.</summary>
        None = 0,

        /// <summary>The bus or the UART of the board failed, or a line of it is stuck.</summary>
        BusFailed = 1,

        /// <summary>The part does not answer, or fell silent.</summary>
        NoAnswer = 2,

        /// <summary>A part answers, but not the one the driver is for.</summary>
        WrongPart = 3,

        /// <summary>A checksum is wrong, again and again.</summary>
        ChecksumWrong = 4,

        /// <summary>What comes is no frame of this part: garbage, a wrong length, a wrong speed.</summary>
        NoFrame = 5,

        /// <summary>The part was not ready in its time.</summary>
        TimedOut = 6,

        /// <summary>The part refused a command.</summary>
        CommandRefused = 7,

        /// <summary>The part reports a defect of its own (fan, laser, heater, self-test).</summary>
        PartDefect = 8,

        /// <summary>A value that the part cannot measure.</summary>
        Implausible = 9,

        /// <summary>The part has restarted and lost its settings.</summary>
        StateLost = 10,
    }

    /// <summary>The last fault of a sensor. Made once; changed in place.</summary>
    public sealed class SensorFault
    {
        /// <summary>What went wrong.</summary>
        public SensorFaultKind Kind { get; private set; }

        /// <summary>The register, command or frame at which it was noticed, as the data sheet numbers it; the driver's page says which it is.</summary>
        public int Code { get; private set; }

        /// <summary>What the part said: a register's value, a checksum, error bits; 0 when it said nothing.</summary>
        public int Value { get; private set; }

        /// <summary>Counts faults since the driver was made.</summary>
        public int Count { get; private set; }

        /// <summary>Takes note of a fault.</summary>
        public void Set(SensorFaultKind kind, int code, int value)
        {
            Kind = kind;
            Code = code;
            Value = value;
            Count++;
        }
    }
}

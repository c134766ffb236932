// What went wrong with a radio chip, and at which command or register: for the log on the service port and for tests. What follows from it
// is decided by the driver (give up, reset at the next operation) and by the RadioSupervisor (when that is).
namespace PoleController.Drivers
{
    /// <summary>What went wrong with a radio chip.</summary>
    public enum RadioChipFaultKind
    {
        /// <summary>Nothing yet.</summary>
        None = 0,

        /// <summary>The bus refused a transfer.</summary>
        BusFailed = 1,

        /// <summary>The reset line could not be switched.</summary>
        ResetFailed = 2,

        /// <summary>What came back can come from no chip: all zeros, all ones, a mode that does not exist.</summary>
        NoAnswer = 3,

        /// <summary>A chip answers, but not the one the driver is for.</summary>
        WrongPart = 4,

        /// <summary>BUSY stayed high, or a calibration did not end.</summary>
        BusyStuck = 5,

        /// <summary>The chip reported that it could not carry out a command.</summary>
        CommandRefused = 6,

        /// <summary>The chip reported an error of its oscillator, PLL or calibration.</summary>
        DeviceError = 7,

        /// <summary>The chip is not in the mode it was put into: it has restarted (brown-out) and forgotten everything.</summary>
        StateLost = 8,

        /// <summary>A transmission did not end in its time.</summary>
        TimedOut = 9,

        /// <summary>An interrupt line is active and the chip knows no reason.</summary>
        InterruptStuck = 10,
    }

    /// <summary>The last fault of a radio chip. Made once; changed in place.</summary>
    public sealed class RadioChipFault
    {
        /// <summary>What went wrong.</summary>
        public RadioChipFaultKind Kind { get; private set; }

        /// <summary>
        /// The command (SX1262: <see cref="Sx1262Command"/>) or register (SX1276: <see cref="Sx1276Register"/>) at which it was noticed.
        /// </summary>
        public int Code { get; private set; }

        /// <summary>What the chip said: a status byte, a register's value or error bits; 0 when it said nothing.</summary>
        public int Value { get; private set; }

        /// <summary>Counts faults since the driver was made.</summary>
        public int Count { get; private set; }

        /// <summary>Takes note of a fault.</summary>
        internal void Set(RadioChipFaultKind kind, int code, int value)
        {
            Kind = kind;
            Code = code;
            Value = value;
            Count++;
        }
    }
}

// The status byte that the SX1261/2 sends with every command (data sheet rev. 2.1, table 13-76). Pure.
namespace PoleController.Drivers
{
    /// <summary>Meaning of the SX1262's status byte.</summary>
    public static class Sx1262Status
    {
        /// <summary>Mode: standby on the RC oscillator, as after a reset.</summary>
        public const int StandbyRc = 2;

        /// <summary>Mode: standby with the crystal or TCXO running.</summary>
        public const int StandbyXosc = 3;

        /// <summary>Mode: frequency synthesis.</summary>
        public const int FrequencySynthesis = 4;

        /// <summary>Mode: receiving.</summary>
        public const int Receiving = 5;

        /// <summary>Mode: transmitting.</summary>
        public const int Transmitting = 6;

        private const int CommandTimeout = 3;
        private const int CommandProcessingError = 4;
        private const int CommandFailed = 5;

        /// <summary>The chip's mode, 0 to 7; 2 to 6 exist.</summary>
        public static int ModeOf(int status)
        {
            return (status >> 4) & 0x07;
        }

        /// <summary>Whether a chip can have sent this byte.</summary>
        public static bool IsPossible(int status)
        {
            int mode = ModeOf(status);
            return (status & 0x80) == 0 && mode >= StandbyRc && mode <= Transmitting;
        }

        /// <summary>Whether the chip says that it did not carry out the command before.</summary>
        public static bool IsRefusal(int status)
        {
            int command = (status >> 1) & 0x07;
            return command == CommandTimeout || command == CommandProcessingError || command == CommandFailed;
        }
    }
}

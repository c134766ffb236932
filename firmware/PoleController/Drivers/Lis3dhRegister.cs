// The registers of the LIS3DH that the driver uses (data sheet DocID17530, section 8).
namespace PoleController.Drivers
{
    /// <summary>Registers of the LIS3DH. Bit 7 of the address makes it go on to the next register while several bytes are read.</summary>
    public static class Lis3dhRegister
    {
        /// <summary>Identity: 0x33.</summary>
        public const int WhoAmI = 0x0F;

        /// <summary>CTRL_REG1: rate and axes; CTRL_REG2 to CTRL_REG5 follow: filter, pins, scale, memory and latch.</summary>
        public const int Control1 = 0x20;

        /// <summary>REFERENCE: reading it resets the high-pass filter.</summary>
        public const int Reference = 0x26;

        /// <summary>OUT_X_L: the oldest sample in the memory, six bytes.</summary>
        public const int Output = 0x28;

        /// <summary>FIFO_CTRL_REG: mode of the memory.</summary>
        public const int MemoryControl = 0x2E;

        /// <summary>FIFO_SRC_REG: how many samples are in the memory.</summary>
        public const int MemorySource = 0x2F;

        /// <summary>INT1_CFG: which axes interrupt.</summary>
        public const int InterruptConfiguration = 0x30;

        /// <summary>INT1_SRC: what has interrupted; reading it ends the latch.</summary>
        public const int InterruptSource = 0x31;

        /// <summary>INT1_THS: threshold.</summary>
        public const int InterruptThreshold = 0x32;

        /// <summary>INT1_DURATION: how long the threshold has to be exceeded.</summary>
        public const int InterruptDuration = 0x33;
    }
}

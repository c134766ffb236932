// Interrupts of the SX1261/2 (data sheet rev. 2.1, table 13-29).
namespace PoleController.Drivers
{
    /// <summary>Bits of the SX1262's interrupt status.</summary>
    public static class Sx1262Interrupt
    {
        /// <summary>The frame has left.</summary>
        public const int TxDone = 0x0001;

        /// <summary>A frame was received.</summary>
        public const int RxDone = 0x0002;

        /// <summary>A preamble was detected.</summary>
        public const int PreambleDetected = 0x0004;

        /// <summary>A header with a right CRC came.</summary>
        public const int HeaderValid = 0x0010;

        /// <summary>A header with a wrong CRC came.</summary>
        public const int HeaderError = 0x0020;

        /// <summary>The payload's CRC is wrong.</summary>
        public const int CrcError = 0x0040;

        /// <summary>The operation's time-out.</summary>
        public const int Timeout = 0x0200;

        /// <summary>What the driver lets the chip take note of.</summary>
        public const int Noted = TxDone | RxDone | PreambleDetected | HeaderValid | HeaderError | CrcError | Timeout;

        /// <summary>What raises DIO1: what ends something.</summary>
        public const int OnDio1 = TxDone | RxDone | HeaderError | Timeout;

        /// <summary>All interrupts that exist.</summary>
        public const int All = 0x03FF;
    }
}

// Values of the SX1276's registers that the driver uses (data sheet rev. 7, section 6.4).
namespace PoleController.Drivers
{
    /// <summary>Modes (OpMode) and interrupts (IrqFlags) of the SX1276.</summary>
    public static class Sx1276Bits
    {
        /// <summary>OpMode: LoRa.</summary>
        public const int LongRangeMode = 0x80;

        /// <summary>OpMode: the registers of the lower bands; for frequencies below 525 MHz.</summary>
        public const int LowFrequencyMode = 0x08;

        /// <summary>OpMode: sleep.</summary>
        public const int Sleep = 0;

        /// <summary>OpMode: standby.</summary>
        public const int Standby = 1;

        /// <summary>OpMode: transmitting.</summary>
        public const int Transmit = 3;

        /// <summary>OpMode: receiving without an end.</summary>
        public const int ReceiveContinuous = 5;

        /// <summary>OpMode: receiving one frame, or none within the symbol time-out.</summary>
        public const int ReceiveSingle = 6;

        /// <summary>Interrupt: no preamble within the symbol time-out.</summary>
        public const int RxTimeout = 0x80;

        /// <summary>Interrupt: a frame was received.</summary>
        public const int RxDone = 0x40;

        /// <summary>Interrupt: the payload's CRC is wrong.</summary>
        public const int PayloadCrcError = 0x20;

        /// <summary>Interrupt: a header came.</summary>
        public const int ValidHeader = 0x10;

        /// <summary>Interrupt: the frame has left.</summary>
        public const int TxDone = 0x08;

        /// <summary>Mask while transmitting: everything but TxDone.</summary>
        public const int TransmitMask = 0xFF & ~TxDone;

        /// <summary>Mask while receiving: everything but what a reception raises.</summary>
        public const int ReceiveMask = 0xFF & ~(RxTimeout | RxDone | PayloadCrcError | ValidHeader);

        /// <summary>ModemStat: the header is known.</summary>
        public const int HeaderInfoValid = 0x08;

        /// <summary>ImageCal: begins a calibration.</summary>
        public const int ImageCalStart = 0x40;

        /// <summary>ImageCal: a calibration goes on.</summary>
        public const int ImageCalRunning = 0x20;
    }
}

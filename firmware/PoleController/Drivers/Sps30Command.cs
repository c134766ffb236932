// The commands of the SPS30 that the drivers use, on I2C and in SHDLC frames (data sheet SPS30, version 1.0, sections 5.3 and 6.3).
namespace PoleController.Drivers
{
    /// <summary>Commands of the SPS30: 16 bits on I2C, 8 bits (Serial...) in SHDLC frames.</summary>
    public static class Sps30Command
    {
        /// <summary>Begins to measure; a word says in which format.</summary>
        public const int StartMeasurement = 0x0010;

        /// <summary>Ends the measurement.</summary>
        public const int StopMeasurement = 0x0104;

        /// <summary>Whether a value waits.</summary>
        public const int ReadDataReady = 0x0202;

        /// <summary>The values.</summary>
        public const int ReadMeasurement = 0x0300;

        /// <summary>Sleep; from rest only.</summary>
        public const int Sleep = 0x1001;

        /// <summary>Wakes the part; twice within 100 ms.</summary>
        public const int WakeUp = 0x1103;

        /// <summary>Cleans the fan; while measuring only.</summary>
        public const int StartFanCleaning = 0x5607;

        /// <summary>Product type, eight characters.</summary>
        public const int ReadProductType = 0xD002;

        /// <summary>Device status, two words.</summary>
        public const int ReadStatus = 0xD206;

        /// <summary>Begins to measure.</summary>
        public const int SerialStart = 0x00;

        /// <summary>Ends the measurement.</summary>
        public const int SerialStop = 0x01;

        /// <summary>The values; nothing when there are no new ones.</summary>
        public const int SerialRead = 0x03;

        /// <summary>Sleep; from rest only.</summary>
        public const int SerialSleep = 0x10;

        /// <summary>Wakes the part, after a byte 0xFF that only wakes its UART.</summary>
        public const int SerialWakeUp = 0x11;

        /// <summary>Cleans the fan; while measuring only.</summary>
        public const int SerialClean = 0x56;

        /// <summary>Device information: 00 is the product type.</summary>
        public const int SerialInformation = 0xD0;

        /// <summary>Device status.</summary>
        public const int SerialStatus = 0xD2;
    }
}

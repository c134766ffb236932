// Pins, channels and buses of pole-controller-r1. Made from hardware/boards/pole-controller-r1.yaml by host-tools/BoardFiles; do not edit.
namespace PoleController.Esp32.Boards
{
    /// <summary>Pole controller, revision 1. Pins are GPIO numbers.</summary>
    public static class PoleControllerR1Pins
    {
        /// <summary>Name of the board.</summary>
        public const string BoardName = "pole-controller-r1";

        /// <summary>0-10 V interface of the control gear, DIM+ and DIM-; full duty is 10 V.</summary>
        public const int DimmerPwmPin = 6;

        /// <summary>Whether the level that leaves the light on is the high one.</summary>
        public const bool DimmerPwmLightIsHigh = true;

        /// <summary>PWM channel as nanoFramework counts, from 1.</summary>
        public const int DimmerPwmChannel = 1;

        /// <summary>Frequency in hertz.</summary>
        public const int DimmerPwmFrequencyHz = 2000;

        /// <summary>Steps of the duty cycle at this frequency.</summary>
        public const int DimmerPwmSteps = 8192;

        /// <summary>Luminaire's L over the resting contact of K1; high energises the coil and opens it.</summary>
        public const int RelayOpenPin = 21;

        /// <summary>Whether the level that leaves the light on is the high one.</summary>
        public const bool RelayOpenLightIsHigh = false;

        /// <summary>OUT of the PIR; high is movement, an open wire is none.</summary>
        public const int OccupancyPin = 7;

        /// <summary>SDA of the photocell.</summary>
        public const int SensorDataPin = 4;

        /// <summary>SCL of the photocell.</summary>
        public const int SensorClockPin = 5;

        /// <summary>BL0942 RX through U6; idle is high, the optocoupler's LED dark.</summary>
        public const int MeterTransmitPin = 17;

        /// <summary>BL0942 TX through U6.</summary>
        public const int MeterReceivePin = 18;

        /// <summary>U2 NRESET; low resets.</summary>
        public const int RadioResetPin = 8;

        /// <summary>Driven to low only; something else pulls it up.</summary>
        public const bool RadioResetIsOpenDrain = true;

        /// <summary>U2 DIO1.</summary>
        public const int RadioEventPin = 9;

        /// <summary>U2 NSS.</summary>
        public const int RadioSelectPin = 10;

        /// <summary>U2 MOSI.</summary>
        public const int RadioMosiPin = 11;

        /// <summary>U2 SCK.</summary>
        public const int RadioClockPin = 12;

        /// <summary>U2 MISO.</summary>
        public const int RadioMisoPin = 13;

        /// <summary>U2 BUSY.</summary>
        public const int RadioBusyPin = 14;

        /// <summary>U3 DONE; a rising edge at least once in 60 s.</summary>
        public const int WatchdogPetPin = 15;

        /// <summary>LED inside the housing; high is on.</summary>
        public const int StatusLedPin = 38;

        /// <summary>BOOT; open in normal use.</summary>
        public const int BootSelectPin = 0;

        /// <summary>RX of a 3.3 V serial adapter.</summary>
        public const int ServiceTransmitPin = 43;

        /// <summary>TX of a 3.3 V serial adapter.</summary>
        public const int ServiceReceivePin = 44;

        /// <summary>USB D-.</summary>
        public const int UsbMinusPin = 19;

        /// <summary>USB D+.</summary>
        public const int UsbPlusPin = 20;

        /// <summary>SX1262: number of the chip's unit, from 0.</summary>
        public const int RadioSpiUnit = 2;

        /// <summary>Clock in hertz.</summary>
        public const int RadioSpiSpeedHz = 8000000;

        /// <summary>Photocell: number of the chip's unit, from 0.</summary>
        public const int SensorI2cUnit = 0;

        /// <summary>Clock in hertz.</summary>
        public const int SensorI2cSpeedHz = 100000;

        /// <summary>7-bit address of the VEML7700.</summary>
        public const int SensorI2cVEML7700Address = 0x10;

        /// <summary>Energy meter, through U6: number of the chip's unit, from 0.</summary>
        public const int MeterUartUnit = 1;

        /// <summary>Bit rate.</summary>
        public const int MeterUartSpeedHz = 4800;
    }
}

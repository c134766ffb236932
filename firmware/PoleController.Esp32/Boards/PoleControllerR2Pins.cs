// Pins, channels and buses of pole-controller-r2. Made from hardware/boards/pole-controller-r2.yaml by host-tools/BoardFiles; do not edit.
namespace PoleController.Esp32.Boards
{
    /// <summary>Pole controller, revision 2. Pins are GPIO numbers.</summary>
    public static class PoleControllerR2Pins
    {
        /// <summary>Name of the board.</summary>
        public const string BoardName = "pole-controller-r2";

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

        /// <summary>DALI bus through U9; high pulls the bus low.</summary>
        public const int DaliTransmitPin = 47;

        /// <summary>The pin is low while the line outside is high.</summary>
        public const bool DaliTransmitIsInverted = true;

        /// <summary>RMT channel.</summary>
        public const int DaliTransmitRmtChannel = 0;

        /// <summary>DALI bus through U10; low is a high bus.</summary>
        public const int DaliReceivePin = 48;

        /// <summary>The pin is low while the line outside is high.</summary>
        public const bool DaliReceiveIsInverted = true;

        /// <summary>RMT channel.</summary>
        public const int DaliReceiveRmtChannel = 4;

        /// <summary>BL0942 RX through U6; idle is high, the optocoupler's LED dark.</summary>
        public const int MeterTransmitPin = 17;

        /// <summary>BL0942 TX through U15.</summary>
        public const int MeterReceivePin = 18;

        /// <summary>OUT of the PIR at J4 or of the radar at J9, one diode each; high is movement, an open wire is none.</summary>
        public const int OccupancyPin = 7;

        /// <summary>SDA of photocell and air station.</summary>
        public const int SensorDataPin = 4;

        /// <summary>SCL of photocell and air station.</summary>
        public const int SensorClockPin = 5;

        /// <summary>RX of the radar or ultrasonic sensor.</summary>
        public const int SerialTransmitPin = 39;

        /// <summary>TX of the radar or ultrasonic sensor, through U11.</summary>
        public const int SerialReceivePin = 40;

        /// <summary>U13 SDA.</summary>
        public const int BoardDataPin = 35;

        /// <summary>U13 SCL.</summary>
        public const int BoardClockPin = 36;

        /// <summary>U13 INT1; high is an impact.</summary>
        public const int AccelerometerEventPin = 16;

        /// <summary>Contact to GND, closed while the door is shut; high is open, a cut cable too.</summary>
        public const int DoorPin = 3;

        /// <summary>12V, before D3: falls as soon as the mains are gone.</summary>
        public const int SupplyVoltagePin = 1;

        /// <summary>ADC channel as nanoFramework counts, from 0.</summary>
        public const int SupplyVoltageAdcChannel = 0;

        /// <summary>Resistor above the pin, in ohms.</summary>
        public const int SupplyVoltageOhmsAbove = 330000;

        /// <summary>Resistor from the pin to ground, in ohms.</summary>
        public const int SupplyVoltageOhmsBelow = 68000;

        /// <summary>NTC to GND, resistor to 3V3; between PS1 and K1, the warmest place.</summary>
        public const int BoardTemperaturePin = 2;

        /// <summary>ADC channel as nanoFramework counts, from 0.</summary>
        public const int BoardTemperatureAdcChannel = 1;

        /// <summary>Resistor above the pin, in ohms.</summary>
        public const int BoardTemperatureOhmsAbove = 10000;

        /// <summary>NTC to ground at 25 degrees, in ohms.</summary>
        public const int BoardTemperatureOhmsBelow = 10000;

        /// <summary>Constant B25/85 of the NTC, in kelvin.</summary>
        public const int BoardTemperatureNtcBeta = 3435;

        /// <summary>U2 NRST; low resets.</summary>
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

        /// <summary>RX of a 3.3 V serial adapter.</summary>
        public const int ServiceTransmitPin = 41;

        /// <summary>TX of a 3.3 V serial adapter.</summary>
        public const int ServiceReceivePin = 42;

        /// <summary>LED inside the housing; high is on.</summary>
        public const int StatusLedPin = 38;

        /// <summary>BOOT; open in normal use.</summary>
        public const int BootSelectPin = 0;

        /// <summary>RX of a 3.3 V serial adapter.</summary>
        public const int FlashTransmitPin = 43;

        /// <summary>TX of a 3.3 V serial adapter.</summary>
        public const int FlashReceivePin = 44;

        /// <summary>USB D-.</summary>
        public const int UsbMinusPin = 19;

        /// <summary>USB D+.</summary>
        public const int UsbPlusPin = 20;

        /// <summary>SX1262: number of the chip's unit, from 0.</summary>
        public const int RadioSpiUnit = 2;

        /// <summary>Clock in hertz.</summary>
        public const int RadioSpiSpeedHz = 8000000;

        /// <summary>Sensors outside, at J5: number of the chip's unit, from 0.</summary>
        public const int SensorI2cUnit = 0;

        /// <summary>Clock in hertz.</summary>
        public const int SensorI2cSpeedHz = 100000;

        /// <summary>7-bit address of the VEML7700.</summary>
        public const int SensorI2cVEML7700Address = 0x10;

        /// <summary>7-bit address of the SGP41.</summary>
        public const int SensorI2cSGP41Address = 0x59;

        /// <summary>7-bit address of the SCD41.</summary>
        public const int SensorI2cSCD41Address = 0x62;

        /// <summary>7-bit address of the SPS30.</summary>
        public const int SensorI2cSPS30Address = 0x69;

        /// <summary>7-bit address of the BME280.</summary>
        public const int SensorI2cBME280Address = 0x76;

        /// <summary>On the board, so that a cut cable outside does not silence it: number of the chip's unit, from 0.</summary>
        public const int BoardI2cUnit = 1;

        /// <summary>Clock in hertz.</summary>
        public const int BoardI2cSpeedHz = 100000;

        /// <summary>7-bit address of the LIS3DH.</summary>
        public const int BoardI2cLIS3DHAddress = 0x18;

        /// <summary>Energy meter, through U6 and U15: number of the chip's unit, from 0.</summary>
        public const int MeterUartUnit = 1;

        /// <summary>Bit rate of the BL0942.</summary>
        public const int MeterUartBL0942SpeedHz = 4800;

        /// <summary>Sensor at J9: number of the chip's unit, from 0.</summary>
        public const int SerialUartUnit = 1;

        /// <summary>Bit rate of the LD2410.</summary>
        public const int SerialUartLD2410SpeedHz = 256000;

        /// <summary>Bit rate of the A02YYUW.</summary>
        public const int SerialUartA02YYUWSpeedHz = 9600;

        /// <summary>Bit rate of the MB738x.</summary>
        public const int SerialUartMB738xSpeedHz = 9600;

        /// <summary>Service port: number of the chip's unit, from 0.</summary>
        public const int ServiceUartUnit = 2;

        /// <summary>Bit rate.</summary>
        public const int ServiceUartSpeedHz = 115200;
    }
}

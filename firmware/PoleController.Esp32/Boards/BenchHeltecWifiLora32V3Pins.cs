// Pins, channels and buses of bench-heltec-wifi-lora-32-v3. Made from hardware/boards/bench-heltec-wifi-lora-32-v3.yaml by host-tools/BoardFiles; do not edit.
namespace PoleController.Esp32.Boards
{
    /// <summary>Bench: Heltec WiFi LoRa 32 V3. Pins are GPIO numbers.</summary>
    public static class BenchHeltecWifiLora32V3Pins
    {
        /// <summary>Name of the board.</summary>
        public const string BoardName = "bench-heltec-wifi-lora-32-v3";

        /// <summary>SX1262 NSS, on the board.</summary>
        public const int RadioSelectPin = 8;

        /// <summary>SX1262 SCK, on the board.</summary>
        public const int RadioClockPin = 9;

        /// <summary>SX1262 MOSI, on the board.</summary>
        public const int RadioMosiPin = 10;

        /// <summary>SX1262 MISO, on the board.</summary>
        public const int RadioMisoPin = 11;

        /// <summary>SX1262 NRESET, on the board; low resets, the chip pulls it up itself.</summary>
        public const int RadioResetPin = 12;

        /// <summary>Driven to low only; something else pulls it up.</summary>
        public const bool RadioResetIsOpenDrain = true;

        /// <summary>SX1262 BUSY, on the board.</summary>
        public const int RadioBusyPin = 13;

        /// <summary>SX1262 DIO1, on the board.</summary>
        public const int RadioEventPin = 14;

        /// <summary>PWM input of the 0-10 V stage, and 10 kOhm to 3V3.</summary>
        public const int DimmerPwmPin = 5;

        /// <summary>Whether the level that leaves the light on is the high one.</summary>
        public const bool DimmerPwmLightIsHigh = true;

        /// <summary>PWM channel as nanoFramework counts, from 1.</summary>
        public const int DimmerPwmChannel = 1;

        /// <summary>Frequency in hertz.</summary>
        public const int DimmerPwmFrequencyHz = 2000;

        /// <summary>Steps of the duty cycle at this frequency.</summary>
        public const int DimmerPwmSteps = 8192;

        /// <summary>Input of the relay module (high opens the lamp's contact), and 10 kOhm to GND.</summary>
        public const int RelayOpenPin = 6;

        /// <summary>Whether the level that leaves the light on is the high one.</summary>
        public const bool RelayOpenLightIsHigh = false;

        /// <summary>Output of the PIR module; high is movement.</summary>
        public const int OccupancyPin = 4;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool OccupancyPullIsUp = false;

        /// <summary>RX of the meter, radar or ultrasonic sensor.</summary>
        public const int SerialTransmitPin = 47;

        /// <summary>TX of the meter, radar or ultrasonic sensor.</summary>
        public const int SerialReceivePin = 48;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool SerialReceivePullIsUp = true;

        /// <summary>Collector of the pulse meter's optocoupler over 1 kOhm, and 10 kOhm to 3V3; a falling edge is a pulse.</summary>
        public const int MeterPulsesPin = 26;

        /// <summary>SDA of the breakouts; the VEML7700's brings the resistor.</summary>
        public const int SensorDataPin = 41;

        /// <summary>SCL of the breakouts; the VEML7700's brings the resistor.</summary>
        public const int SensorClockPin = 42;

        /// <summary>DONE of the TPL5010 breakout, and 10 kOhm to GND.</summary>
        public const int WatchdogPetPin = 7;

        /// <summary>INT1 of the LIS3DH breakout; high is an impact.</summary>
        public const int AccelerometerEventPin = 38;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool AccelerometerEventPullIsUp = false;

        /// <summary>A switch to GND, closed while the door is shut; high is open.</summary>
        public const int DoorPin = 3;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool DoorPullIsUp = true;

        /// <summary>NTC to GND, and 10 kOhm to 3V3.</summary>
        public const int BoardTemperaturePin = 2;

        /// <summary>ADC channel as nanoFramework counts, from 0.</summary>
        public const int BoardTemperatureAdcChannel = 1;

        /// <summary>Resistor above the pin, in ohms.</summary>
        public const int BoardTemperatureOhmsAbove = 10000;

        /// <summary>NTC to ground at 25 degrees, in ohms.</summary>
        public const int BoardTemperatureOhmsBelow = 10000;

        /// <summary>Constant B25/85 of the NTC, in kelvin.</summary>
        public const int BoardTemperatureNtcBeta = 3435;

        /// <summary>TX of the DALI interface (high pulls the bus low), and 10 kOhm to GND.</summary>
        public const int DaliTransmitPin = 39;

        /// <summary>The pin is low while the line outside is high.</summary>
        public const bool DaliTransmitIsInverted = true;

        /// <summary>RMT channel.</summary>
        public const int DaliTransmitRmtChannel = 0;

        /// <summary>RX of the DALI interface (low is a high bus).</summary>
        public const int DaliReceivePin = 40;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool DaliReceivePullIsUp = true;

        /// <summary>The pin is low while the line outside is high.</summary>
        public const bool DaliReceiveIsInverted = true;

        /// <summary>RMT channel.</summary>
        public const int DaliReceiveRmtChannel = 4;

        /// <summary>RX of a 3.3 V serial adapter.</summary>
        public const int ServiceTransmitPin = 33;

        /// <summary>TX of a 3.3 V serial adapter.</summary>
        public const int ServiceReceivePin = 34;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool ServiceReceivePullIsUp = true;

        /// <summary>Button PRG, on the board; low is pressed.</summary>
        public const int UserButtonPin = 0;

        /// <summary>Battery over 390 kOhm and 100 kOhm, on the board; not used.</summary>
        public const int BatteryVoltagePin = 1;

        /// <summary>Display SDA, on the board.</summary>
        public const int DisplayDataPin = 17;

        /// <summary>Display SCL, on the board.</summary>
        public const int DisplayClockPin = 18;

        /// <summary>Display reset, on the board; low resets.</summary>
        public const int DisplayResetPin = 21;

        /// <summary>White LED, on the board; high is on.</summary>
        public const int StatusLedPin = 35;

        /// <summary>Switch of the rail Ve, on the board; low is on.</summary>
        public const int VextOffPin = 36;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool VextOffPullIsUp = true;

        /// <summary>Battery divider, on the board; low connects it.</summary>
        public const int BatteryMeasureOffPin = 37;

        /// <summary>CP2102 RXD, on the board.</summary>
        public const int FlashTransmitPin = 43;

        /// <summary>CP2102 TXD, on the board.</summary>
        public const int FlashReceivePin = 44;

        /// <summary>The chip's own resistor has to be switched on, and pulls up (else down).</summary>
        public const bool FlashReceivePullIsUp = true;

        /// <summary>SX1262: number of the chip's unit, from 0.</summary>
        public const int RadioSpiUnit = 2;

        /// <summary>Clock in hertz.</summary>
        public const int RadioSpiSpeedHz = 4000000;

        /// <summary>Display, on the board: number of the chip's unit, from 0.</summary>
        public const int DisplayI2cUnit = 0;

        /// <summary>Clock in hertz.</summary>
        public const int DisplayI2cSpeedHz = 400000;

        /// <summary>7-bit address of the SSD1306.</summary>
        public const int DisplayI2cSSD1306Address = 0x3C;

        /// <summary>Photocell, air station, accelerometer: number of the chip's unit, from 0.</summary>
        public const int SensorI2cUnit = 1;

        /// <summary>Clock in hertz.</summary>
        public const int SensorI2cSpeedHz = 100000;

        /// <summary>7-bit address of the VEML7700.</summary>
        public const int SensorI2cVEML7700Address = 0x10;

        /// <summary>7-bit address of the LIS3DH.</summary>
        public const int SensorI2cLIS3DHAddress = 0x18;

        /// <summary>7-bit address of the SGP41.</summary>
        public const int SensorI2cSGP41Address = 0x59;

        /// <summary>7-bit address of the SCD41.</summary>
        public const int SensorI2cSCD41Address = 0x62;

        /// <summary>7-bit address of the SPS30.</summary>
        public const int SensorI2cSPS30Address = 0x69;

        /// <summary>7-bit address of the BME280.</summary>
        public const int SensorI2cBME280Address = 0x76;

        /// <summary>One of meter, radar, ultrasonic sensor: number of the chip's unit, from 0.</summary>
        public const int SerialUartUnit = 1;

        /// <summary>Bit rate of the BL0942.</summary>
        public const int SerialUartBL0942SpeedHz = 4800;

        /// <summary>Bit rate of the LD2410.</summary>
        public const int SerialUartLD2410SpeedHz = 256000;

        /// <summary>Bit rate of the A02YYUW.</summary>
        public const int SerialUartA02YYUWSpeedHz = 9600;

        /// <summary>Service port: number of the chip's unit, from 0.</summary>
        public const int ServiceUartUnit = 2;

        /// <summary>Bit rate.</summary>
        public const int ServiceUartSpeedHz = 115200;
    }
}

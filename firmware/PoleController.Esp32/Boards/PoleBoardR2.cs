// The pole controller, revision 2 (hardware/boards/pole-controller-r2.md). Which driver is at which port is decided here; pins and addresses come from the
// board file.
using System.Device.Gpio;
using PoleController.Boards;
using PoleController.Drivers;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Ports;
using PoleController.Hal;
using Pins = PoleController.Esp32.Boards.PoleControllerR2Pins;

namespace PoleController.Esp32.Boards
{
    /// <summary>The pole controller, revision 2.</summary>
    internal static class PoleBoardR2
    {
        internal static BoardParts Build(BoardBuilder builder)
        {
            // The lamp first: the stage at full, the contact closed. Where the gear is on DALI, full stays what the stage says.
            Esp32Pwm pwm = new Esp32Pwm(Pins.DimmerPwmPin, Pins.DimmerPwmChannel, Pins.DimmerPwmFrequencyHz);
            Esp32Relay relay = builder.Relay(Pins.RelayOpenPin, Pins.RelayOpenLightIsHigh);
            DaliBus? dali = builder.Fitting.Has(PartWords.Dali) ? Dali(builder) : null;
            DaliGear? gear = dali == null ? null : builder.FirstGear(dali);
            IDimmerOutput dimmer = gear != null ? (IDimmerOutput)gear : new AnalogDimmer(pwm);

            Esp32Spi spi = BoardBuilder.Spi(
                Pins.RadioSpiUnit, Pins.RadioClockPin, Pins.RadioMosiPin, Pins.RadioMisoPin, Pins.RadioSelectPin, Pins.RadioSpiSpeedHz);
            PoleHardware hardware = builder.Hardware(
                Pins.BoardName, dimmer, builder.Radio(spi, Pins.RadioResetPin, Pins.RadioBusyPin, Pins.RadioEventPin));
            hardware.Relay = relay;
            if (dali != null && gear != null)
            {
                builder.FitGear(dali, gear, hardware);
            }

            // On the board itself, so always there.
            hardware.Watchdog = new Esp32Watchdog(builder.Gpio, Pins.WatchdogPetPin);
            hardware.SupplyVoltage = BoardBuilder.Divided(
                Pins.SupplyVoltageAdcChannel, Pins.SupplyVoltageOhmsAbove, Pins.SupplyVoltageOhmsBelow);
            hardware.BoardTemperature = BoardBuilder.Thermometer(Pins.BoardTemperatureAdcChannel, Pins.BoardTemperatureNtcBeta);
            hardware.Accelerometer = new Lis3dh(
                builder.I2c(Pins.BoardI2cUnit, Pins.BoardDataPin, Pins.BoardClockPin, Pins.BoardI2cSpeedHz).Device(Pins.BoardI2cLIS3DHAddress),
                builder.Impact(Pins.AccelerometerEventPin, PinMode.Input));
            hardware.Service = builder.Uart(Pins.ServiceUartUnit, Pins.ServiceTransmitPin, Pins.ServiceReceivePin, Pins.ServiceUartSpeedHz, false);

            FitOutside(builder, hardware);
            FitSerial(builder, hardware);
            return builder.Finish(hardware);
        }

        private static DaliBus Dali(BoardBuilder builder)
        {
            DaliWiring wiring = new DaliWiring
            {
                TransmitPin = Pins.DaliTransmitPin,
                TransmitChannel = Pins.DaliTransmitRmtChannel,
                IsTransmitInverted = Pins.DaliTransmitIsInverted,
                ReceivePin = Pins.DaliReceivePin,
                ReceiveChannel = Pins.DaliReceiveRmtChannel,
                IsReceiveInverted = Pins.DaliReceiveIsInverted,
            };
            return new DaliBus(new Esp32DaliLine(builder.Clock, builder.Gpio, wiring));
        }

        private static void FitOutside(BoardBuilder builder, PoleHardware hardware)
        {
            if (builder.Fitting.Has(PartWords.Occupancy))
            {
                hardware.Occupancy = builder.Input(Pins.OccupancyPin, PinMode.Input);
            }

            if (builder.Fitting.Has(PartWords.Door))
            {
                hardware.Door = builder.Input(Pins.DoorPin, PinMode.Input);
            }

            builder.FitSensors(
                hardware, builder.I2c(Pins.SensorI2cUnit, Pins.SensorDataPin, Pins.SensorClockPin, Pins.SensorI2cSpeedHz),
                Pins.SensorI2cVEML7700Address, Pins.SensorI2cBME280Address, Pins.SensorI2cSPS30Address, Pins.SensorI2cSCD41Address,
                Pins.SensorI2cSGP41Address);
        }

        // UART1 is led to the meter or to the sensor outside, never to both (variants of the board file).
        private static void FitSerial(BoardBuilder builder, PoleHardware hardware)
        {
            if (builder.Fitting.Has(PartWords.Metered))
            {
                hardware.Meter = new Bl0942(
                    builder.Uart(Pins.MeterUartUnit, Pins.MeterTransmitPin, Pins.MeterReceivePin, Pins.MeterUartBL0942SpeedHz, false),
                    new Bl0942Scale(), 0);
            }
            else if (builder.Fitting.Has(PartWords.Counting))
            {
                hardware.Presence = new Ld2410(
                    builder.RadarUart(Pins.SerialUartUnit, Pins.SerialTransmitPin, Pins.SerialReceivePin, Pins.SerialUartLD2410SpeedHz), hardware.Occupancy,
                    new Ld2410Settings());
            }
            else if (builder.Fitting.Has(PartWords.Container))
            {
                hardware.FillLevel = new A02yyuw(Serial(builder, Pins.SerialUartA02YYUWSpeedHz, false));
            }
            else if (builder.Fitting.Has(PartWords.Water))
            {
                hardware.WaterLevel = new Mb738x(Serial(builder, Pins.SerialUartMB738xSpeedHz, true));
            }
        }

        private static Esp32Uart Serial(BoardBuilder builder, int bitsPerSecond, bool isInverted)
        {
            return builder.Uart(Pins.SerialUartUnit, Pins.SerialTransmitPin, Pins.SerialReceivePin, bitsPerSecond, isInverted);
        }
    }
}

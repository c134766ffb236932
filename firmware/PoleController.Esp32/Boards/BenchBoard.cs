// The bench: a Heltec WiFi LoRa 32 V3 with what hardware/boards/bench-heltec-wifi-lora-32-v3.md adds. Which driver is at which port is decided here; pins
// and addresses come from the board file.
using System.Device.Gpio;
using PoleController.Boards;
using PoleController.Drivers;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Ports;
using PoleController.Hal;
using Pins = PoleController.Esp32.Boards.BenchHeltecWifiLora32V3Pins;

namespace PoleController.Esp32.Boards
{
    /// <summary>The bench board.</summary>
    internal static class BenchBoard
    {
        internal static BoardParts Build(BoardBuilder builder)
        {
            // The lamp first: the stage at full, the contact closed.
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

            FitInputs(builder, hardware);
            FitSerial(builder, hardware);
            FitPulseMeter(builder, hardware);
            FitBus(builder, hardware);
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

        private static void FitInputs(BoardBuilder builder, PoleHardware hardware)
        {
            if (builder.Fitting.Has(PartWords.Watchdog))
            {
                hardware.Watchdog = new Esp32Watchdog(builder.Gpio, Pins.WatchdogPetPin);
            }

            if (builder.Fitting.Has(PartWords.Occupancy))
            {
                hardware.Occupancy = builder.Input(Pins.OccupancyPin, PinMode.InputPullDown);
            }

            if (builder.Fitting.Has(PartWords.Door))
            {
                hardware.Door = builder.Input(Pins.DoorPin, PinMode.InputPullUp);
            }

            if (builder.Fitting.Has(PartWords.Thermometer))
            {
                hardware.BoardTemperature = BoardBuilder.Thermometer(Pins.BoardTemperatureAdcChannel, Pins.BoardTemperatureNtcBeta);
            }
        }

        // One UART for one of these; the other is the service port's.
        private static void FitSerial(BoardBuilder builder, PoleHardware hardware)
        {
            if (builder.Fitting.Has(PartWords.Metered))
            {
                hardware.Meter = new Bl0942(Serial(builder, Pins.SerialUartBL0942SpeedHz), new Bl0942Scale(), 0);
            }
            else if (builder.Fitting.Has(PartWords.Counting))
            {
                hardware.Presence = new Ld2410(
                    builder.RadarUart(Pins.SerialUartUnit, Pins.SerialTransmitPin, Pins.SerialReceivePin, Pins.SerialUartLD2410SpeedHz), hardware.Occupancy,
                    new Ld2410Settings());
            }
            else if (builder.Fitting.Has(PartWords.Container))
            {
                hardware.FillLevel = new A02yyuw(Serial(builder, Pins.SerialUartA02YYUWSpeedHz));
            }
            else if (builder.Fitting.Has(PartWords.Water))
            {
                hardware.WaterLevel = new A02yyuw(Serial(builder, Pins.SerialUartA02YYUWSpeedHz));
            }

            if (builder.Fitting.Has(PartWords.Service))
            {
                hardware.Service = builder.Uart(
                    Pins.ServiceUartUnit, Pins.ServiceTransmitPin, Pins.ServiceReceivePin, Pins.ServiceUartSpeedHz, false);
            }
        }

        // Needs no UART, so it is beside the radar or the ultrasonic sensor. A meter on the UART tells more.
        private static void FitPulseMeter(BoardBuilder builder, PoleHardware hardware)
        {
            if (builder.Fitting.Has(PartWords.PulseMetered) && hardware.Meter == null)
            {
                // The optocoupler pulls the line low while CF is high: the fast edge of both.
                hardware.Meter = new PulseMeter(
                    new Esp32PulseCounter(Pins.MeterPulsesPin, GpioPulsePolarity.Falling),
                    PulseMeterScale.Bl0937(PulseMeterScale.DefaultShuntMicroohms, PulseMeterScale.DefaultDividerMilli));
            }
        }

        private static Esp32Uart Serial(BoardBuilder builder, int bitsPerSecond)
        {
            return builder.Uart(Pins.SerialUartUnit, Pins.SerialTransmitPin, Pins.SerialReceivePin, bitsPerSecond, false);
        }

        private static void FitBus(BoardBuilder builder, PoleHardware hardware)
        {
            Esp32I2cBus bus = builder.I2c(Pins.SensorI2cUnit, Pins.SensorDataPin, Pins.SensorClockPin, Pins.SensorI2cSpeedHz);
            builder.FitSensors(
                hardware, bus, Pins.SensorI2cVEML7700Address, Pins.SensorI2cBME280Address, Pins.SensorI2cSPS30Address, Pins.SensorI2cSCD41Address,
                Pins.SensorI2cSGP41Address);
            if (builder.Fitting.Has(PartWords.Accelerometer))
            {
                hardware.Accelerometer = new Lis3dh(
                    bus.Device(Pins.SensorI2cLIS3DHAddress), builder.Impact(Pins.AccelerometerEventPin, PinMode.InputPullDown));
            }
        }
    }
}

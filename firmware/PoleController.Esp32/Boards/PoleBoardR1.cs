// The pole controller, revision 1 (hardware/boards/pole-controller-r1.md). Which driver is at which port is decided here; pins and addresses come from the
// board file.
using System.Device.Gpio;
using PoleController.Boards;
using PoleController.Drivers;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Ports;
using Pins = PoleController.Esp32.Boards.PoleControllerR1Pins;

namespace PoleController.Esp32.Boards
{
    /// <summary>The pole controller, revision 1.</summary>
    internal static class PoleBoardR1
    {
        internal static BoardParts Build(BoardBuilder builder)
        {
            AnalogDimmer dimmer = new AnalogDimmer(new Esp32Pwm(Pins.DimmerPwmPin, Pins.DimmerPwmChannel, Pins.DimmerPwmFrequencyHz));
            Esp32Relay relay = builder.Relay(Pins.RelayOpenPin, Pins.RelayOpenLightIsHigh);
            Esp32Spi spi = BoardBuilder.Spi(
                Pins.RadioSpiUnit, Pins.RadioClockPin, Pins.RadioMosiPin, Pins.RadioMisoPin, Pins.RadioSelectPin, Pins.RadioSpiSpeedHz);
            PoleHardware hardware = builder.Hardware(
                Pins.BoardName, dimmer, builder.Radio(spi, Pins.RadioResetPin, Pins.RadioBusyPin, Pins.RadioEventPin));
            hardware.Relay = relay;
            hardware.Watchdog = new Esp32Watchdog(builder.Gpio, Pins.WatchdogPetPin);
            if (builder.Fitting.Has(PartWords.Occupancy))
            {
                hardware.Occupancy = builder.Input(Pins.OccupancyPin, PinMode.Input);
            }

            if (builder.Fitting.Has(PartWords.Photocell))
            {
                Esp32I2cBus bus = builder.I2c(Pins.SensorI2cUnit, Pins.SensorDataPin, Pins.SensorClockPin, Pins.SensorI2cSpeedHz);
                hardware.Photocell = new Veml7700(bus.Device(Pins.SensorI2cVEML7700Address));
            }

            if (builder.Fitting.Has(PartWords.Metered))
            {
                hardware.Meter = new Bl0942(
                    builder.Uart(Pins.MeterUartUnit, Pins.MeterTransmitPin, Pins.MeterReceivePin, Pins.MeterUartSpeedHz, false), new Bl0942Scale(), 0);
            }

            return builder.Finish(hardware);
        }
    }
}

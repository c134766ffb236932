// Makes ports and drivers of a board's constants, the same way for every board. What is fitted is the fitting's, which pin is which the board's.
using System.Device.Gpio;
using PoleController.Boards;
using PoleController.Drivers;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Ports;
using PoleController.Esp32.Storage;
using PoleController.Hal;

namespace PoleController.Esp32.Boards
{
    /// <summary>Helps a board to build its parts.</summary>
    internal sealed class BoardBuilder
    {
        // Voltage at the pin at which the converter of an ESP32-S3 is at its end, at the attenuation that the runtime sets (ESP-IDF, ADC: 3,100 mV).
        private const int ConverterMillivolts = 3100;

        private const int SupplyMillivolts = 3300;
        private const int BufferLength = 256;

        private IWakeSource? _radioWake;
        private IWakeSource? _impactWake;

        internal BoardBuilder(IBoardClock clock, IRecordFiles files, BoardFitting fitting)
        {
            Clock = clock;
            Files = files;
            Fitting = fitting;
        }

        internal IBoardClock Clock { get; }

        internal IRecordFiles Files { get; }

        internal BoardFitting Fitting { get; }

        internal GpioController Gpio { get; } = new GpioController();

        internal Esp32Input Input(int pin, PinMode mode)
        {
            return new Esp32Input(Gpio, pin, mode, true);
        }

        /// <summary>The accelerometer's interrupt, which wakes the pole.</summary>
        internal Esp32Input Impact(int pin, PinMode mode)
        {
            Esp32Input line = Input(pin, mode);
            _impactWake = new InputWake(line);
            return line;
        }

        /// <summary>The relay's coil opens the contact while the pin is at the level that does not leave the light on.</summary>
        internal Esp32Relay Relay(int pin, bool isLightHigh)
        {
            return new Esp32Relay(new Esp32Output(Gpio, pin, PinMode.Output, !isLightHigh));
        }

        internal Sx1262 Radio(ISpiDevice spi, int resetPin, int busyPin, int eventPin)
        {
            Esp32Input radioEvent = Input(eventPin, PinMode.Input);
            _radioWake = new InputWake(radioEvent);
            return new Sx1262(
                spi, new Esp32Output(Gpio, resetPin, PinMode.OutputOpenDrain, false), Input(busyPin, PinMode.Input), radioEvent, new Sx1262Board());
        }

        internal PoleHardware Hardware(string boardName, IDimmerOutput dimmer, ILoRaRadio radio)
        {
            return new PoleHardware(dimmer, radio, new Esp32Aes(), new FileStore(Files), new Esp32Random()) { BoardName = boardName };
        }

        /// <summary>The chip's unit as the runtime counts: UART1 is COM2.</summary>
        internal Esp32Uart Uart(int unit, int transmitPin, int receivePin, int bitsPerSecond, bool isInverted)
        {
            return new Esp32Uart(Clock, unit + 1, transmitPin, receivePin, bitsPerSecond, isInverted, BufferLength);
        }

        /// <summary>The radar's UART: its reports of nearly two seconds fit into the buffer, so that it wakes the pole half as often.</summary>
        internal Esp32Uart RadarUart(int unit, int transmitPin, int receivePin, int bitsPerSecond)
        {
            return new Esp32Uart(Clock, unit + 1, transmitPin, receivePin, bitsPerSecond, false, 2 * BufferLength);
        }

        /// <summary>The chip's unit as the runtime counts: I2C0 is bus 1.</summary>
        internal Esp32I2cBus I2c(int unit, int dataPin, int clockPin, int clockHz)
        {
            return new Esp32I2cBus(Gpio, unit + 1, dataPin, clockPin, clockHz);
        }

        /// <summary>The chip's unit as the runtime counts: SPI2 is bus 1.</summary>
        internal static Esp32Spi Spi(int unit, int clockPin, int mosiPin, int misoPin, int selectPin, int clockHz)
        {
            return new Esp32Spi(unit - 1, clockPin, mosiPin, misoPin, selectPin, clockHz);
        }

        internal static Esp32AnalogInput Divided(int channel, int ohmsAbove, int ohmsBelow)
        {
            return new Esp32AnalogInput(channel, (int)((long)ConverterMillivolts * (ohmsAbove + ohmsBelow) / ohmsBelow));
        }

        internal static BoardThermometer Thermometer(int channel, int beta)
        {
            return BoardThermometer.Ntc(new Esp32AnalogInput(channel, ConverterMillivolts), SupplyMillivolts, beta);
        }

        /// <summary>Gear on DALI: one that hears everything, or two of which the second is the warm channel.</summary>
        internal void FitGear(DaliBus bus, DaliGear first, PoleHardware hardware)
        {
            hardware.Gear = first;
            if (Fitting.Has(PartWords.Warm))
            {
                DaliGear warm = new DaliGear(bus, 1, 0);
                hardware.WarmDimmer = warm;
                hardware.WarmGear = warm;
            }
        }

        internal DaliGear FirstGear(DaliBus bus)
        {
            return new DaliGear(bus, Fitting.Has(PartWords.Warm) ? 0 : DaliGear.Broadcast, 0);
        }

        /// <summary>The sensors that share an I2C bus on every board that has one for them.</summary>
        internal void FitSensors(
            PoleHardware hardware, Esp32I2cBus bus, int photocellAddress, int climateAddress, int particulatesAddress, int dioxideAddress, int gasAddress)
        {
            if (Fitting.Has(PartWords.Photocell))
            {
                hardware.Photocell = new Veml7700(bus.Device(photocellAddress));
            }

            if (Fitting.Has(PartWords.Climate))
            {
                hardware.Climate = new Bme280(bus.Device(climateAddress));
            }

            if (Fitting.Has(PartWords.Particulates))
            {
                hardware.Particulates = new Sps30(bus.Device(particulatesAddress));
            }

            if (Fitting.Has(PartWords.CarbonDioxide))
            {
                hardware.CarbonDioxide = new Scd41(bus.Device(dioxideAddress));
            }

            if (Fitting.Has(PartWords.Gas))
            {
                hardware.Gas = new Sgp41(bus.Device(gasAddress));
            }
        }

        /// <summary>What needs no decision of the board: the neighbours' radio, and what wakes the loop.</summary>
        internal BoardParts Finish(PoleHardware hardware)
        {
            BoardParts parts = new BoardParts(hardware);
            if (_radioWake != null)
            {
                parts.AddWakeSource(_radioWake);
            }

            if (_impactWake != null)
            {
                parts.AddWakeSource(_impactWake);
            }

            Wake(parts, hardware.Occupancy);
            Wake(parts, hardware.Door);
            if (Fitting.Has(PartWords.Neighbours))
            {
                Esp32NeighbourRadio neighbours = new Esp32NeighbourRadio(Clock);
                hardware.Neighbours = neighbours;
                parts.AddWakeSource(neighbours);
            }

            Esp32Uart? service = hardware.Service as Esp32Uart;
            if (service != null)
            {
                parts.AddWakeSource(service);
            }

            return parts;
        }

        private static void Wake(BoardParts parts, IDigitalInput? input)
        {
            if (input != null)
            {
                parts.AddWakeSource(new InputWake(input));
            }
        }
    }
}

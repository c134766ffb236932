// Makes the controller's ports and drivers of a board file and of what is fitted: the lamp first. Words and drivers are those of the ESP32 boards
// (firmware/PoleController.Esp32/Boards).
using System.Device.Gpio;
using Bench.Boards;
using Bench.Devices;
using PoleController;
using PoleController.Drivers;
using PoleController.Boards;
using PoleController.Esp32.Loop;
using PoleController.Esp32.Storage;

namespace Bench.Pole;

/// <summary>Builds the parts of a pole.</summary>
internal sealed class PoleBuilder
{
    private const int BufferLength = 256;
    private const int SupplyMillivolts = 3300;
    private const int Veml7700Address = 0x10;
    private const int Lis3dhAddress = 0x18;
    private const int Sgp41Address = 0x59;
    private const int Scd41Address = 0x62;
    private const int Sps30Address = 0x69;
    private const int Bme280Address = 0x76;
    private const int ServiceBitsPerSecond = 115_200;

    private readonly LinuxBoard _board;
    private readonly BoardFitting _fitting;
    private readonly IDevices _devices;
    private readonly IBoardClock _clock;
    private readonly GpioController _gpio;

    private PoleBuilder(LinuxBoard board, BoardFitting fitting, IDevices devices, IBoardClock clock)
    {
        _board = board;
        _fitting = fitting;
        _devices = devices;
        _clock = clock;
        _gpio = devices.Gpio(board.GpioChip);
    }

    /// <summary>Builds the parts.</summary>
    /// <param name="board">A board whose file is right.</param>
    /// <param name="fitting">What hangs at it.</param>
    /// <param name="devices">The kernel's devices.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="files">The records.</param>
    /// <exception cref="PoleBoardException">Something is fitted that the board has no signal for.</exception>
    public static BoardParts Build(LinuxBoard board, BoardFitting fitting, IDevices devices, IBoardClock clock, IRecordFiles files) =>
        new PoleBuilder(board, fitting, devices, clock).Build(files);

    private BoardParts Build(IRecordFiles files)
    {
        // The lamp first: the stage at full, the contact closed.
        AnalogDimmer dimmer = new(new LinuxPwm(OpenPwm(Need(SignalNames.DimmerPwm))));
        LinuxRelay relay = new(new LinuxOutput(_gpio, Need(SignalNames.RelayOpen)));
        LinuxInput radioEvent = Input(SignalNames.RadioEvent);
        Sx1262 radio = new(
            Spi(Need(SignalNames.RadioSpi)), new LinuxOutput(_gpio, Need(SignalNames.RadioReset)), Input(SignalNames.RadioBusy), radioEvent, new Sx1262Board());
        PoleHardware hardware = new(dimmer, radio, new LinuxAes(), new FileStore(files), new LinuxRandom()) { BoardName = _board.Name, Relay = relay };
        BoardParts parts = new(hardware);
        parts.AddWakeSource(new InputWake(radioEvent));
        FitBoard(hardware);
        FitInputs(hardware, parts);
        FitSensors(hardware, parts);
        FitSerial(hardware);
        return parts;
    }

    private void FitBoard(PoleHardware hardware)
    {
        if (_fitting.Has(PartWords.Watchdog))
        {
            hardware.Watchdog = new LinuxWatchdog(_gpio, Need(SignalNames.WatchdogPet, PartWords.Watchdog));
        }

        if (_fitting.Has(PartWords.Thermometer))
        {
            BoardSignal signal = Need(SignalNames.BoardTemperature, PartWords.Thermometer);
            hardware.BoardTemperature = BoardThermometer.Ntc(Analog(signal), SupplyMillivolts, signal.NtcBeta);
        }

        // The supply is measured where the board has a converter for it: then a loss is told.
        if (_board.Find(SignalNames.SupplyVoltage) is BoardSignal supply)
        {
            hardware.SupplyVoltage = Analog(supply);
        }
    }

    private void FitInputs(PoleHardware hardware, BoardParts parts)
    {
        if (_fitting.Has(PartWords.Occupancy))
        {
            hardware.Occupancy = Woken(parts, SignalNames.Occupancy, PartWords.Occupancy);
        }

        if (_fitting.Has(PartWords.Door))
        {
            hardware.Door = Woken(parts, SignalNames.Door, PartWords.Door);
        }

        if (_fitting.Has(PartWords.Service))
        {
            LinuxUart service = Uart(Need(SignalNames.ServiceUart, PartWords.Service), ServiceBitsPerSecond, BufferLength);
            hardware.Service = service;
            parts.AddWakeSource(service);
        }
    }

    private void FitSensors(PoleHardware hardware, BoardParts parts)
    {
        hardware.Photocell = _fitting.Has(PartWords.Photocell) ? new Veml7700(I2c(Veml7700Address, PartWords.Photocell)) : null;
        hardware.Climate = _fitting.Has(PartWords.Climate) ? new Bme280(I2c(Bme280Address, PartWords.Climate)) : null;
        hardware.Particulates = _fitting.Has(PartWords.Particulates) ? new Sps30(I2c(Sps30Address, PartWords.Particulates)) : null;
        hardware.CarbonDioxide = _fitting.Has(PartWords.CarbonDioxide) ? new Scd41(I2c(Scd41Address, PartWords.CarbonDioxide)) : null;
        hardware.Gas = _fitting.Has(PartWords.Gas) ? new Sgp41(I2c(Sgp41Address, PartWords.Gas)) : null;
        if (_fitting.Has(PartWords.Accelerometer))
        {
            LinuxInput impact = Woken(parts, SignalNames.AccelerometerEvent, PartWords.Accelerometer);
            hardware.Accelerometer = new Lis3dh(I2c(Lis3dhAddress, PartWords.Accelerometer), impact);
        }
    }

    // One serial line for one of these, as on the pole.
    private void FitSerial(PoleHardware hardware)
    {
        if (_fitting.Has(PartWords.Metered))
        {
            hardware.Meter = new Bl0942(Serial(4_800, BufferLength, PartWords.Metered), new Bl0942Scale(), 0);
        }
        else if (_fitting.Has(PartWords.Counting))
        {
            hardware.Presence = new Ld2410(Serial(256_000, 2 * BufferLength, PartWords.Counting), hardware.Occupancy, new Ld2410Settings());
        }
        else if (_fitting.Has(PartWords.Container))
        {
            hardware.FillLevel = new A02yyuw(Serial(9_600, BufferLength, PartWords.Container));
        }
        else if (_fitting.Has(PartWords.Water))
        {
            hardware.WaterLevel = new A02yyuw(Serial(9_600, BufferLength, PartWords.Water));
        }
    }

    private System.Device.Pwm.PwmChannel OpenPwm(BoardSignal signal) => signal.IsSoftware
        ? _devices.SoftwarePwm(_gpio, signal.Gpio, signal.FrequencyHz)
        : _devices.Pwm(signal.Chip, signal.Channel, signal.FrequencyHz);

    private LinuxInput Input(string name) => new(_gpio, Need(name));

    private LinuxInput Woken(BoardParts parts, string name, string word)
    {
        LinuxInput input = new(_gpio, Need(name, word));
        parts.AddWakeSource(new InputWake(input));
        return input;
    }

    private LinuxSpi Spi(BoardSignal signal) => new(() => _devices.Spi(signal.Bus, signal.Select, signal.SpeedHz));

    private LinuxI2cDevice I2c(int address, string word)
    {
        BoardSignal bus = Need(SignalNames.SensorI2c, word);
        return new LinuxI2cDevice(() => _devices.I2c(bus.Bus, address));
    }

    private LinuxAnalogInput Analog(BoardSignal signal) => new(() => new Ads1115Channel(_devices.I2c(signal.Bus, signal.Address), signal));

    private LinuxUart Serial(int bitsPerSecond, int bufferLength, string word) => Uart(Need(SignalNames.SerialUart, word), bitsPerSecond, bufferLength);

    private LinuxUart Uart(BoardSignal signal, int bitsPerSecond, int bufferLength) => new(() => _devices.Serial(signal.Device, bitsPerSecond), _clock, bufferLength);

    private BoardSignal Need(string name, string? word = null) => _board.Find(name) ?? throw new PoleBoardException(
        word is null
            ? $"{_board.File}: \"{name}\" is missing. Add it."
            : $"'{word}' is fitted, but {_board.File} has no signal \"{name}\". Add it there, or leave '{word}' out of the file \"board\".");
}

/// <summary>What is fitted and the board file do not fit together.</summary>
internal sealed class PoleBoardException(string message) : Exception(message);

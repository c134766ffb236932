// The jig's instruments, opened as its board file says, and kept going while somebody waits. What is done with them is the plan's.
using System.Device.Gpio;
using System.Device.Pwm;
using Bench.Boards;
using Bench.Devices;
using Bench.Pole;

namespace Bench.Jig;

/// <summary>The instruments of a jig.</summary>
internal sealed class JigInstruments : IDisposable
{
    private const long SliceUs = 5_000;
    private const int ServiceBitsPerSecond = 115_200;

    private readonly Dictionary<string, LinuxOutput> _outputs = [];
    private readonly Dictionary<string, PwmChannel> _voltages = [];
    private readonly LinuxBoard _board;
    private readonly GpioController _gpio;
    private readonly ISerialLine _serviceLine;

    /// <summary>Opens everything; contacts are at rest then, and the controller has no supply yet.</summary>
    /// <exception cref="Exception">A device cannot be opened: see <see cref="DeviceFault"/>.</exception>
    public JigInstruments(LinuxBoard board, IDevices devices, IBenchClock clock)
    {
        _board = board;
        Clock = clock;
        _gpio = devices.Gpio(board.GpioChip);
        foreach (BoardSignal signal in board.Signals)
        {
            Open(signal, devices);
        }

        BoardSignal service = board.Find(SignalNames.ServiceUart)!;
        _serviceLine = devices.Serial(service.Device, ServiceBitsPerSecond);
        Service = new ServiceTerminal(_serviceLine);
    }

    /// <summary>The time.</summary>
    public IBenchClock Clock { get; }

    /// <summary>The terminal on the controller's service port.</summary>
    public ServiceTerminal Service { get; }

    /// <summary>The 0-10 V output; null when the jig does not measure it.</summary>
    public Ads1115Channel? Dimmer { get; private set; }

    /// <summary>The controller's PWM; null when the jig does not sample it.</summary>
    public WaveSampler? DimmerPwm { get; private set; }

    /// <summary>The DALI bus; null when the jig does not sample it.</summary>
    public WaveSampler? Dali { get; private set; }

    /// <summary>The relay's coil: active is open; null when the jig does not read it.</summary>
    public LineReader? RelayOpen { get; private set; }

    /// <summary>The watchdog's pulses; null when the jig does not count them.</summary>
    public PulseCounter? Watchdog { get; private set; }

    /// <summary>The sensor on a UART; null when the jig plays none.</summary>
    public SensorEmulator? Sensor { get; private set; }

    /// <summary>The energy meter; null when the jig plays none.</summary>
    public SensorEmulator? Meter { get; private set; }

    /// <summary>Whether the jig has a signal.</summary>
    public bool Has(string signal) => _board.Find(signal) is not null;

    /// <summary>Drives a contact.</summary>
    /// <exception cref="IOException">The line failed.</exception>
    public void Drive(string signal, bool isActive)
    {
        if (!_outputs[signal].TrySet(isActive))
        {
            throw new IOException($"The jig's line \"{signal}\" cannot be driven.");
        }
    }

    /// <summary>Sets a voltage made by a filtered PWM.</summary>
    public void SetVoltage(string signal, int millivolts)
    {
        int full = _board.Find(signal)!.FullMillivolts;
        _voltages[signal].DutyCycle = Math.Clamp((double)millivolts / full, 0, 1);
    }

    /// <summary>Waits; terminal and sensors go on meanwhile.</summary>
    /// <exception cref="IOException">A line failed.</exception>
    /// <exception cref="OperationCanceledException">The plan is broken off.</exception>
    public void Rest(long microseconds)
    {
        long untilUs = Clock.NowUs + microseconds;
        do
        {
            Serve();
            Clock.Rest(Math.Clamp(untilUs - Clock.NowUs, 1, SliceUs));
        }
        while (Clock.NowUs < untilUs);
        Serve();
    }

    /// <summary>Puts every contact at rest: no supply, nobody there, the door shut. Does what it can.</summary>
    public void SetSafe()
    {
        foreach (LinuxOutput output in _outputs.Values)
        {
            output.TrySet(false);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        SetSafe();
        _serviceLine.Dispose();
        Dimmer?.Dispose();
        Sensor?.Dispose();
        Meter?.Dispose();
        foreach (PwmChannel channel in _voltages.Values)
        {
            channel.Dispose();
        }

        _gpio.Dispose();
    }

    private void Serve()
    {
        Sensor?.Serve();
        Meter?.Serve();
        Service.Serve();
    }

    private void Open(BoardSignal signal, IDevices devices)
    {
        switch (signal.Kind)
        {
            case SignalKind.Output:
                _outputs[signal.Name] = new LinuxOutput(_gpio, signal);
                break;
            case SignalKind.Pwm:
                PwmChannel channel = signal.IsSoftware
                    ? devices.SoftwarePwm(_gpio, signal.Gpio, signal.FrequencyHz)
                    : devices.Pwm(signal.Chip, signal.Channel, signal.FrequencyHz);
                channel.DutyCycle = 0;
                channel.Start();
                _voltages[signal.Name] = channel;
                break;
            case SignalKind.Adc:
                Dimmer = new Ads1115Channel(devices.I2c(signal.Bus, signal.Address), signal);
                break;
            case SignalKind.Sampler:
                WaveSampler sampler = new(devices.Spi(signal.Bus, signal.Select, signal.SpeedHz), signal);
                DimmerPwm = signal.Name == SignalNames.DimmerPwm ? sampler : DimmerPwm;
                Dali = signal.Name == SignalNames.Dali ? sampler : Dali;
                break;
            case SignalKind.Input:
                OpenInput(signal);
                break;
            case SignalKind.Uart when signal.Name != SignalNames.ServiceUart:
                SensorEmulator emulator = new(bitsPerSecond => devices.Serial(signal.Device, bitsPerSecond), Clock);
                Sensor = signal.Name == SignalNames.SerialUart ? emulator : Sensor;
                Meter = signal.Name == SignalNames.MeterUart ? emulator : Meter;
                break;
        }
    }

    private void OpenInput(BoardSignal signal)
    {
        if (signal.Name == SignalNames.RelayOpen)
        {
            RelayOpen = new LineReader(_gpio, signal);
        }
        else
        {
            Watchdog = new PulseCounter(_gpio, signal, Clock);
        }
    }
}

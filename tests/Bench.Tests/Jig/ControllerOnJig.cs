// A pole controller, revision 2, on a jig: the real controller over the simulator's parts, wired to the lines of a simulated Raspberry Pi as
// host-tools/Bench/boards/raspberry-pi-jig-r2.yaml says. Supply, reset, start-up and supercapacitor are here; time is moved by whoever waits.
using Bench.Boards;
using Bench.Tests.Simulated;
using PoleController;
using PoleController.Drivers;
using PoleController.Hal;
using PoleController.LoRaWan;
using Simulation.Engine;
using Simulation.Parts;
using Simulation.Parts.RadioChips;
using Simulation.Parts.Sensors;

namespace Bench.Tests.Jig;

/// <summary>A controller and the jig's side of its wires.</summary>
internal sealed class ControllerOnJig : IPwmOutput, IRelay, IWatchdog
{
    /// <summary>From supply or reset to the first step: nanoFramework takes seconds.</summary>
    private const long StartUs = 3_000_000;

    private const long CapacitorUs = 27_000_000;
    private const long LookUs = 10_000;
    private const double SupplyMillivolts = 12_000;
    private const double GearMillivolts = 11_000;

    private readonly ControllerFaults _faults;
    private readonly string[] _words;
    private readonly LinuxBoard _board;
    private readonly MemoryStore _store = new();
    private readonly Sx1262Chip _radio = new(new Antenna(0) { Uplinks = new UplinkBuffer() });
    private readonly Cable _service;
    private readonly Cable _serial;
    private readonly Cable _meter;
    private readonly AnalogStage _stage;
    private readonly RecordedDali _dali;
    private Controller? _controller;
    private PoleHardware? _hardware;
    private long _startUs = long.MaxValue;
    private long _starts;
    private long _startedUs;
    private long _wakeUs;
    private long _darkUs = long.MaxValue;
    private bool _isSupplied;
    private bool _wasHeld;
    private bool _isRelayOpen;
    private int _dutyPartsPerMillion = 1_000_000;
    private int _inputs;

    public ControllerOnJig(LinuxBoard board, ControllerFaults faults, string words, byte[] serviceKey)
    {
        _faults = faults;
        _board = board;
        _words = words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        _stage = new AnalogStage(_ => { }) { GainErrorPermille = faults.StageGainErrorPermille };
        _dali = new RecordedDali(Clock, faults.DaliIsCut);
        _service = Connect(SignalNames.ServiceUart);
        _serial = Connect(SignalNames.SerialUart);
        _meter = Connect(SignalNames.MeterUart);
        _service.IsCut = faults.ServiceIsCut;
        Pi.I2cParts[(1, 0x48)] = new I2cSocket(new Ads1115Chip(Clock, channel => channel == 0 ? DimmerMillivolts / 1000 * 10 / 43 : 0));
        Pi.SpiBuses[board.Find(SignalNames.DimmerPwm)!.Bus] = bytes => Sample(bytes, board.Find(SignalNames.DimmerPwm)!, PwmLevel);
        Pi.SpiBuses[board.Find(SignalNames.Dali)!.Bus] = bytes => Sample(bytes, board.Find(SignalNames.Dali)!, timeUs => !_dali.IsHighAt(timeUs));
        Line(SignalNames.RelayOpen).Source = () => !IsContactOpen;
        Provision(serviceKey);
    }

    public PartClock Clock { get; } = new();

    public SimulatedLinux Pi { get; } = new();

    /// <summary>How often the controller has started.</summary>
    public long Starts => _starts;

    /// <summary>What the jig does with the lines goes on here.</summary>
    public void AdvanceTo(long untilUs)
    {
        while (Clock.NowUs < untilUs)
        {
            Clock.NowUs = Math.Min(untilUs, ((Clock.NowUs / LookUs) + 1) * LookUs);
            Power();
            Run();
        }
    }

    public bool TrySetDuty(int dutyPartsPerMillion)
    {
        _dutyPartsPerMillion = dutyPartsPerMillion;
        return _stage.TrySetDuty(dutyPartsPerMillion);
    }

    public bool TrySwitch(bool isClosed)
    {
        _isRelayOpen = !isClosed;
        return true;
    }

    public void Pet()
    {
        if (!_faults.WatchdogIsOpen)
        {
            int gpio = _board.Find(SignalNames.WatchdogPet)!.Gpio;
            Pi.Lines.At(gpio).Edge(gpio, System.Device.Gpio.PinEventTypes.Rising);
        }
    }

    private bool IsRunning => _controller is not null;

    private double DimmerMillivolts =>
        !_isSupplied || !IsRunning ? (_faults.RestsDark ? 0 : _isSupplied ? 10_000 : GearMillivolts) : Math.Min(_stage.Volts * 1000, GearMillivolts);

    private bool IsContactOpen => _faults.RelayNeverCloses || (!_faults.RelayIsWelded && _isSupplied && IsRunning && _isRelayOpen);

    private bool IsHeld => Line(SignalNames.Reset) is { IsDriven: true, Driven: false };

    private SimulatedLine Line(string signal) => Pi.Lines.At(_board.Find(signal)!.Gpio);

    private Cable Connect(string signal)
    {
        Cable cable = new(Clock);
        Pi.SerialLines[_board.Find(signal)!.Device] = cable.OpenLinux;
        return cable;
    }

    private void Provision(byte[] serviceKey)
    {
        LoRaWanIdentity identity = new() { IsProvisioned = true, Region = RegionId.Eu868 };
        Convert.FromHexString("70B3D57ED0001234").CopyTo(identity.DevEui, 0);
        identity.AppKey[0] = 1;
        serviceKey.CopyTo(identity.ServiceKey, 0);
        byte[] record = new byte[IdentityStore.RecordLength];
        _store.TryWrite(IdentityStore.RecordName, record, IdentityStore.Encode(identity, record));
    }

    private bool PwmLevel(double timeUs) => !IsRunning || (timeUs * _faults.PwmHertz / 1e6 % 1) < _dutyPartsPerMillion / 1e6;

    // The samples are taken while time passes.
    private void Sample(byte[] bytes, BoardSignal signal, Func<double, bool> level)
    {
        long beginUs = Clock.NowUs;
        AdvanceTo(beginUs + (bytes.Length * 8_000_000L / signal.SpeedHz));
        Array.Clear(bytes);
        for (int i = 0; i < bytes.Length * 8; i++)
        {
            bytes[i / 8] |= (byte)((level(beginUs + (i * 1e6 / signal.SpeedHz)) ? 0x80 : 0) >> (i % 8));
        }
    }

    // Supply, supercapacitor, reset.
    private void Power()
    {
        bool isOn = Line(SignalNames.Supply) is { IsDriven: true, Driven: true };
        if (isOn != _isSupplied)
        {
            _isSupplied = isOn;
            _darkUs = isOn ? long.MaxValue : Clock.NowUs + (_faults.HasNoCapacitor ? 0 : CapacitorUs);
            _startUs = isOn && !IsRunning ? Clock.NowUs + StartUs : _startUs;
        }

        if (Clock.NowUs >= _darkUs || IsHeld)
        {
            Stop();
        }

        if (_wasHeld && !IsHeld && _isSupplied)
        {
            _startUs = Clock.NowUs + StartUs;
        }

        _wasHeld = IsHeld;
    }

    private void Stop()
    {
        _controller = null;
        _startUs = long.MaxValue;
        _dutyPartsPerMillion = 1_000_000;
        _isRelayOpen = false;
        _stage.Rest();
    }

    private void Run()
    {
        if (_controller is null && Clock.NowUs >= _startUs)
        {
            Start();
        }

        if (_controller is null || (_faults.HangsAfterStart && NowMs > 60_000))
        {
            return;
        }

        _radio.Advance(Clock.NowUs);
        if (NowMs >= _wakeUs || HasNews())
        {
            _wakeUs = Math.Min(_controller.Step(NowMs), NowMs + 30_000);
            if (_controller.IsRestartDue)
            {
                Stop();
                _startUs = Clock.NowUs + StartUs;
            }
        }
    }

    private long NowMs => (Clock.NowUs - _startedUs) / 1000;

    private bool HasNews()
    {
        int inputs = (_hardware!.Occupancy?.IsActive == true ? 1 : 0) | (_hardware.Door?.IsActive == true ? 2 : 0) | (_radio.HasInterrupt ? 4 : 0);
        bool hasChanged = inputs != _inputs;
        _inputs = inputs;
        return hasChanged || _service.HasNews;
    }

    private void Start()
    {
        _startUs = long.MaxValue;
        _startedUs = Clock.NowUs;
        _starts++;
        _wakeUs = 0;
        _hardware = Build();
        _controller = new Controller(_hardware);
        _controller.Start(0, false);
    }

    private PoleHardware Build()
    {
        DaliGear? gear = _words.Contains("dali") ? new DaliGear(new DaliBus(_dali), DaliGear.Broadcast, 0) : null;
        IDimmerOutput dimmer = gear is null ? new AnalogDimmer(this) : gear;
        Sx1262 radio = new(new Timed(_radio, Clock, _faults.RadioIsDead), _radio.ResetLine, new TimedLine(_radio, Clock, _radio.Busy), new TimedLine(_radio, Clock, _radio.Dio1), new Sx1262Board());
        PoleHardware hardware = new(dimmer, radio, new AesBlock(), _store, new PoleRandom(new RandomStream(_starts, "jig", 0)))
        {
            BoardName = _faults.BoardName,
            Relay = this,
            Watchdog = this,
            Gear = gear,
            Service = _service.OpenController(115_200),
            SupplyVoltage = new Reading(() => _isSupplied ? (int)(SupplyMillivolts * _faults.SupplyDivider) : 0),
            BoardTemperature = BoardThermometer.Ntc(new Reading(() => _faults.NtcPullUpIsMissing ? 0 : (int)Math.Round(Pi.PwmChannels[0].Share * 3300)), 3300, 3435),
            Accelerometer = new Lis3dh(new I2cSocket(_faults.AccelerometerIsMissing ? null : new Lis3dhPart(Clock, _ => new Acceleration(0, 0, 1000))), new Contact(() => false)),
        };
        hardware.Occupancy = _words.Contains("occupancy") ? new Contact(() => !_faults.OccupancyIsOpen && Line(SignalNames.Occupancy) is { IsDriven: true, Driven: true }) : null;
        hardware.Door = _words.Contains("door") ? new Contact(() => _faults.DoorIsOpen || Line(SignalNames.Door) is not { IsDriven: true, Driven: false }) : null;
        _meter.IsCut = _faults.MeterIsCut;
        _serial.IsCut = _faults.SensorIsCut;
        hardware.Meter = _words.Contains("metered") ? new Bl0942(_meter.OpenController(4_800), new Bl0942Scale(), 0) : null;
        hardware.Presence = _words.Contains("counting") ? new Ld2410(_serial.OpenController(256_000), hardware.Occupancy, new Ld2410Settings()) : null;
        hardware.FillLevel = _words.Contains("container") ? new A02yyuw(_serial.OpenController(_faults.SensorIsCut ? 4_800 : 9_600)) : null;
        return hardware;
    }

    private sealed class Contact(Func<bool> isActive) : IDigitalInput
    {
        public bool IsActive => isActive();
    }

    private sealed class Reading(Func<int> read) : IAnalogInput
    {
        public bool TryRead(out int millivolts)
        {
            millivolts = read();
            return true;
        }
    }

    private sealed class Timed(Sx1262Chip chip, PartClock clock, bool isDead) : ISpiDevice
    {
        public bool TryTransfer(byte[] data, int length)
        {
            if (isDead)
            {
                Array.Clear(data, 0, length);
                return true;
            }

            chip.SetTime(clock.NowUs);
            return chip.TryTransfer(data, length);
        }
    }

    private sealed class TimedLine(Sx1262Chip chip, PartClock clock, IDigitalInput line) : IDigitalInput
    {
        public bool IsActive
        {
            get
            {
                chip.SetTime(clock.NowUs);
                return line.IsActive;
            }
        }
    }
}

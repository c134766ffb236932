// GPIO lines of a simulated kernel, behind the real GpioController.
using System.Device.Gpio;

namespace Bench.Tests.Simulated;

/// <summary>A line: what is driven on it, what it sees, who is told of its edges.</summary>
internal sealed class SimulatedLine
{
    private readonly List<(PinEventTypes Types, PinChangeEventHandler Handler)> _handlers = [];

    public PinMode? Mode { get; private set; }

    public bool Driven { get; private set; }

    /// <summary>What somebody outside makes of the line while it is an input; null for nobody.</summary>
    public Func<bool>? Source { get; set; }

    /// <summary>Told after every change of mode or level.</summary>
    public Action? Changed { get; set; }

    /// <summary>Every level that was ever driven.</summary>
    public List<bool> History { get; } = [];

    public bool IsDriven => Mode == PinMode.Output;

    public bool Level => IsDriven ? Driven : Source?.Invoke() ?? Mode == PinMode.InputPullUp;

    public void Set(PinMode? mode, bool level)
    {
        Mode = mode;
        if (mode == PinMode.Output)
        {
            Driven = level;
            History.Add(level);
        }

        Changed?.Invoke();
    }

    public void Subscribe(PinEventTypes types, PinChangeEventHandler handler) => _handlers.Add((types, handler));

    public void Unsubscribe(PinChangeEventHandler handler) => _handlers.RemoveAll(entry => entry.Handler == handler);

    /// <summary>Somebody outside makes an edge.</summary>
    public void Edge(int number, PinEventTypes edge)
    {
        foreach ((PinEventTypes types, PinChangeEventHandler handler) in _handlers.Where(entry => (entry.Types & edge) != 0))
        {
            handler(this, new PinValueChangedEventArgs(edge, number));
        }
    }
}

/// <summary>The lines.</summary>
internal sealed class SimulatedLines : GpioDriver
{
    private readonly Dictionary<int, SimulatedLine> _lines = [];

    protected override int PinCount => 54;

    public SimulatedLine At(int number)
    {
        if (!_lines.TryGetValue(number, out SimulatedLine? line))
        {
            _lines[number] = line = new SimulatedLine();
        }

        return line;
    }

    protected override void OpenPin(int pinNumber)
    {
    }

    protected override void ClosePin(int pinNumber) => At(pinNumber).Set(null, false);

    protected override void SetPinMode(int pinNumber, PinMode mode) => At(pinNumber).Set(mode, false);

    // As the drivers for real chips do: the level is there before the line drives it.
    protected override void SetPinMode(int pinNumber, PinMode mode, PinValue initialValue) => At(pinNumber).Set(mode, (bool)initialValue);

    protected override PinMode GetPinMode(int pinNumber) => At(pinNumber).Mode ?? PinMode.Input;

    protected override bool IsPinModeSupported(int pinNumber, PinMode mode) => true;

    protected override PinValue Read(int pinNumber) => At(pinNumber).Level;

    protected override void Write(int pinNumber, PinValue value) => At(pinNumber).Set(PinMode.Output, (bool)value);

    protected override WaitForEventResult WaitForEvent(int pinNumber, PinEventTypes eventTypes, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected override void AddCallbackForPinValueChangedEvent(int pinNumber, PinEventTypes eventTypes, PinChangeEventHandler callback) => At(pinNumber).Subscribe(eventTypes, callback);

    protected override void RemoveCallbackForPinValueChangedEvent(int pinNumber, PinChangeEventHandler callback) => At(pinNumber).Unsubscribe(callback);
}

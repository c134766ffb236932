// What a board consists of, as data: kinds, signals, buses, connectors, devices outside. The board that holds them is Board.
namespace BoardFiles;

/// <summary>Kinds of buses.</summary>
public enum BusKind
{
    /// <summary>Serial port.</summary>
    Uart,

    /// <summary>I2C.</summary>
    I2c,

    /// <summary>SPI.</summary>
    Spi,

    /// <summary>The chip's own USB.</summary>
    Usb,
}

/// <summary>Which way a signal goes, seen from the chip.</summary>
public enum SignalDirection
{
    /// <summary>The chip reads it.</summary>
    Input,

    /// <summary>The chip drives it.</summary>
    Output,

    /// <summary>Both in turn, such as I2C data.</summary>
    Bidirectional,
}

/// <summary>How the chip drives a signal.</summary>
public enum SignalDrive
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>To both levels.</summary>
    PushPull,

    /// <summary>To low only.</summary>
    OpenDrain,

    /// <summary>It measures a voltage.</summary>
    Analog,
}

/// <summary>A resistor to a level.</summary>
public enum PullResistor
{
    /// <summary>None.</summary>
    None,

    /// <summary>To the supply.</summary>
    Up,

    /// <summary>To 0 V.</summary>
    Down,
}

/// <summary>Where a board stands.</summary>
public enum BoardStatus
{
    /// <summary>Drawn, not built.</summary>
    Design,

    /// <summary>Built by this project.</summary>
    Built,

    /// <summary>Made and sold by somebody else.</summary>
    Bought,
}

/// <summary>PWM on a signal.</summary>
/// <param name="Channel">Channel from 1, as nanoFramework counts (PWM1 is 1).</param>
/// <param name="FrequencyHz">Frequency in hertz.</param>
public sealed record PwmUse(int Channel, int FrequencyHz);

/// <summary>An analogue input on a signal.</summary>
/// <param name="Channel">Channel from 0, as nanoFramework counts.</param>
/// <param name="OhmsAbove">Resistor from the measured voltage to the pin; with <paramref name="NtcBeta"/> the resistor that feeds the NTC.</param>
/// <param name="OhmsBelow">Resistor, or NTC at 25 degrees, from the pin to ground.</param>
/// <param name="NtcBeta">Constant B25/85 of the NTC in kelvin; 0 when a voltage is measured.</param>
public sealed record AdcUse(int Channel, int OhmsAbove, int OhmsBelow, int NtcBeta);

/// <summary>A signal on a pin.</summary>
public sealed record BoardSignal
{
    /// <summary>Its name, unique on the board.</summary>
    public required string Name { get; init; }

    /// <summary>Line of the file.</summary>
    public required long Line { get; init; }

    /// <summary>GPIO number.</summary>
    public required int Pin { get; init; }

    /// <summary>The ports of the controller that it belongs to: none for the board's own; several where parts share the line.</summary>
    public required IReadOnlyList<string> Ports { get; init; }

    /// <summary>Direction.</summary>
    public required SignalDirection Direction { get; init; }

    /// <summary>Drive.</summary>
    public required SignalDrive Drive { get; init; }

    /// <summary>The chip's own resistor, which the firmware switches on; it does nothing during reset.</summary>
    public required PullResistor Pull { get; init; }

    /// <summary>A resistor on the board, which works at any time.</summary>
    public required PullResistor BoardPull { get; init; }

    /// <summary>The level during reset and as long as no firmware runs.</summary>
    public required LineLevel AtReset { get; init; }

    /// <summary>The level that leaves the light on: relay closed, dimmer at full. Floating when the signal has nothing to do with it.</summary>
    public required LineLevel LightLevel { get; init; }

    /// <summary>The bus it is a line of; empty for none.</summary>
    public required string Bus { get; init; }

    /// <summary>Which line of the bus; empty for none.</summary>
    public required string BusLine { get; init; }

    /// <summary>PWM; null for none.</summary>
    public required PwmUse? Pwm { get; init; }

    /// <summary>Analogue input; null for none.</summary>
    public required AdcUse? Adc { get; init; }

    /// <summary>Whether the pin is low when the line outside is high: optocouplers turn the level round.</summary>
    public required bool IsInverted { get; init; }

    /// <summary>Channel of the pulse peripheral (RMT); null for none.</summary>
    public required int? RmtChannel { get; init; }

    /// <summary>Why a strapping pin may be used like this; empty when nothing needs saying.</summary>
    public required string StrappingNote { get; init; }

    /// <summary>The connector it comes out at; empty when it stays on the board.</summary>
    public required string Connector { get; init; }

    /// <summary>What a technician connects, or what it is on the board.</summary>
    public required string Connect { get; init; }

    /// <summary>Whether it belongs to a port of the controller.</summary>
    public bool Serves(string port) => Ports.Contains(port);
}

/// <summary>A part on a bus: on I2C one of several, on a UART one of those that may be connected.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Address">7-bit address on I2C; 0 on a UART.</param>
/// <param name="Speed">Bit rate on a UART; 0 on I2C.</param>
/// <param name="Line">Line of the file.</param>
public sealed record BusDevice(string Part, int Address, int Speed, long Line);

/// <summary>A bus.</summary>
/// <param name="Name">Its name, unique on the board.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Unit">Number of the chip's unit.</param>
/// <param name="IsRuntime">Whether the runtime uses it for flashing and debugging.</param>
/// <param name="Speed">Bit rate or clock in hertz; 0 for USB.</param>
/// <param name="What">What it is for.</param>
/// <param name="Devices">Parts with addresses.</param>
/// <param name="Line">Line of the file.</param>
public sealed record BoardBus(string Name, BusKind Kind, int Unit, bool IsRuntime, int Speed, string What, IReadOnlyList<BusDevice> Devices, long Line);

/// <summary>Something named with a sentence about it: a connector, a part, a port not fitted.</summary>
/// <param name="Name">Its name.</param>
/// <param name="What">The sentence.</param>
/// <param name="Line">Line of the file.</param>
public sealed record Named(string Name, string What, long Line);

/// <summary>A pin that no signal may use.</summary>
/// <param name="Pin">GPIO number.</param>
/// <param name="Why">The reason.</param>
/// <param name="Line">Line of the file.</param>
public sealed record FreePin(int Pin, string Why, long Line);

/// <summary>What a connector carries, by what may touch it.</summary>
public enum Insulation
{
    /// <summary>Safety extra-low voltage, shared by everything of this kind on the board.</summary>
    Selv,

    /// <summary>Mains, or not insulated from it.</summary>
    Mains,

    /// <summary>DALI: insulated from the mains by the control gear, but not to the degree that SELV asks for (IEC 62386-101).</summary>
    Dali,
}

/// <summary>A connector.</summary>
/// <param name="Name">Its name on the board.</param>
/// <param name="What">What it is.</param>
/// <param name="Insulation">What it carries.</param>
/// <param name="Pins">Nets at its pins, the first at pin 1; empty where the wires go by signals (pin headers).</param>
/// <param name="Line">Line of the file.</param>
public sealed record BoardConnector(string Name, string What, Insulation Insulation, IReadOnlyList<string> Pins, long Line);

/// <summary>A wire from the board to a device.</summary>
/// <param name="From">A connector's pin (J4.1), a signal, a rail or GND.</param>
/// <param name="To">The device's terminal.</param>
/// <param name="Colour">Usual colour of the wire; empty for any.</param>
/// <param name="Line">Line of the file.</param>
public sealed record DeviceWire(string From, string To, string Colour, long Line);

/// <summary>Something outside the board.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Where">Where and how it is mounted.</param>
/// <param name="HeightMetres">Usual height on the pole; 0 when it is not on the pole.</param>
/// <param name="Ports">The controller's ports it serves; empty for none.</param>
/// <param name="Wires">Its wires.</param>
/// <param name="Line">Line of the file.</param>
public sealed record OutsideDevice(string Name, string Where, double HeightMetres, IReadOnlyList<string> Ports, IReadOnlyList<DeviceWire> Wires, long Line);

/// <summary>One way to use the board, where its parts cannot all be used at once.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Ports">Ports that only this variant, and others that name them, has.</param>
/// <param name="What">What it is for.</param>
/// <param name="Line">Line of the file.</param>
public sealed record BoardVariant(string Name, IReadOnlyList<string> Ports, string What, long Line);

/// <summary>A supply.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Millivolts">Voltage.</param>
/// <param name="From">The rail, or "mains" or "USB", it is made from.</param>
/// <param name="What">Part and purpose.</param>
/// <param name="Line">Line of the file.</param>
public sealed record PowerRail(string Name, int Millivolts, string From, string What, long Line);

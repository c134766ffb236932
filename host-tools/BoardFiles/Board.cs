// A board as data: signals and pins, buses, connectors, rails, parts. Data only; the rules are in Rules/.
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

/// <summary>A signal on a pin.</summary>
public sealed record BoardSignal
{
    /// <summary>Its name, unique on the board.</summary>
    public required string Name { get; init; }

    /// <summary>Line of the file.</summary>
    public required long Line { get; init; }

    /// <summary>GPIO number.</summary>
    public required int Pin { get; init; }

    /// <summary>The port of the controller that it belongs to; empty for the board's own.</summary>
    public required string Port { get; init; }

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

    /// <summary>Why a strapping pin may be used like this; empty when nothing needs saying.</summary>
    public required string StrappingNote { get; init; }

    /// <summary>The connector it comes out at; empty when it stays on the board.</summary>
    public required string Connector { get; init; }

    /// <summary>What a technician connects, or what it is on the board.</summary>
    public required string Connect { get; init; }
}

/// <summary>A part on an I2C bus.</summary>
/// <param name="Part">Its name.</param>
/// <param name="Address">7-bit address.</param>
/// <param name="Line">Line of the file.</param>
public sealed record BusDevice(string Part, int Address, long Line);

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

/// <summary>A supply.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Millivolts">Voltage.</param>
/// <param name="From">The rail, or "mains" or "USB", it is made from.</param>
/// <param name="What">Part and purpose.</param>
/// <param name="Line">Line of the file.</param>
public sealed record PowerRail(string Name, int Millivolts, string From, string What, long Line);

/// <summary>A revision of a board.</summary>
public sealed record Board
{
    /// <summary>Name and revision: the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>One line about it.</summary>
    public required string Title { get; init; }

    /// <summary>Where it stands.</summary>
    public required BoardStatus Status { get; init; }

    /// <summary>Name of the chip.</summary>
    public required string Chip { get; init; }

    /// <summary>Package or module of the chip.</summary>
    public required string Module { get; init; }

    /// <summary>Line of the file at which the module stands.</summary>
    public required long ModuleLine { get; init; }

    /// <summary>Where facts about it come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Supplies.</summary>
    public required IReadOnlyList<PowerRail> Rails { get; init; }

    /// <summary>Connectors.</summary>
    public required IReadOnlyList<Named> Connectors { get; init; }

    /// <summary>Expected parts by their reference on the board.</summary>
    public required IReadOnlyList<Named> Parts { get; init; }

    /// <summary>Buses.</summary>
    public required IReadOnlyList<BoardBus> Buses { get; init; }

    /// <summary>Signals in the order of the file.</summary>
    public required IReadOnlyList<BoardSignal> Signals { get; init; }

    /// <summary>Ports that the chip itself serves, without pins.</summary>
    public required IReadOnlyList<Named> ChipPorts { get; init; }

    /// <summary>Ports that this board has not.</summary>
    public required IReadOnlyList<Named> NotFitted { get; init; }

    /// <summary>Pins that stay free.</summary>
    public required IReadOnlyList<FreePin> KeepFree { get; init; }

    /// <summary>What a technician has to know before the first wire.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}

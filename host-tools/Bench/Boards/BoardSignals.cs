// The signals of a Linux board as its file says them: what is connected, over which device of the kernel. What they are for is the pole's or the jig's.
namespace Bench.Boards;

/// <summary>What a board is.</summary>
internal enum BoardRole
{
    /// <summary>The controller itself.</summary>
    Pole,

    /// <summary>A jig that tests a controller.</summary>
    Jig,
}

/// <summary>What a signal is.</summary>
internal enum SignalKind
{
    /// <summary>A GPIO line that is driven.</summary>
    Output,

    /// <summary>A GPIO line that is read.</summary>
    Input,

    /// <summary>A PWM output.</summary>
    Pwm,

    /// <summary>An analogue input of an ADS1115 converter on I2C.</summary>
    Adc,

    /// <summary>A part on SPI.</summary>
    Spi,

    /// <summary>An I2C bus.</summary>
    I2c,

    /// <summary>A serial line.</summary>
    Uart,

    /// <summary>MISO of an SPI bus, used as a logic analyser of one channel: the bus's clock takes the samples.</summary>
    Sampler,
}

/// <summary>The internal resistor of a GPIO line.</summary>
internal enum LinePull
{
    /// <summary>None.</summary>
    None,

    /// <summary>To the supply.</summary>
    Up,

    /// <summary>To ground.</summary>
    Down,
}

/// <summary>A level of a line.</summary>
internal enum LineLevel
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>High.</summary>
    High,
}

/// <summary>How an output is driven.</summary>
internal enum LineDrive
{
    /// <summary>Both levels.</summary>
    PushPull,

    /// <summary>Low, or let go.</summary>
    OpenDrain,
}

/// <summary>A signal of a board. What its kind does not have is 0, empty or the default.</summary>
internal sealed record BoardSignal
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>What it is.</summary>
    public required SignalKind Kind { get; init; }

    /// <summary>The line of the file.</summary>
    public required long FileLine { get; init; }

    /// <summary>What it is connected to, for whoever wires it.</summary>
    public required string Connect { get; init; }

    /// <summary>The connector or place at the other end, such as J4.</summary>
    public string At { get; init; } = "";

    /// <summary>GPIO numbers of its wires, by the names of the lines: line, sck, mosi, miso, select, sda, scl, tx, rx.</summary>
    public required IReadOnlyDictionary<string, int> Pins { get; init; }

    /// <summary>The level at which a GPIO line is active.</summary>
    public LineLevel Active { get; init; } = LineLevel.High;

    /// <summary>The resistor of an input.</summary>
    public LinePull Pull { get; init; }

    /// <summary>How an output is driven.</summary>
    public LineDrive Drive { get; init; }

    /// <summary>PWM chip of the kernel.</summary>
    public int Chip { get; init; }

    /// <summary>PWM channel of the chip, or channel of the converter.</summary>
    public int Channel { get; init; }

    /// <summary>Whether a PWM is made by software on its line.</summary>
    public bool IsSoftware { get; init; }

    /// <summary>PWM frequency in hertz.</summary>
    public int FrequencyHz { get; init; }

    /// <summary>SPI or I2C bus.</summary>
    public int Bus { get; init; }

    /// <summary>SPI chip select.</summary>
    public int Select { get; init; }

    /// <summary>SPI clock or samples a second; bits a second of a serial line, 0 where the part at its end decides.</summary>
    public int SpeedHz { get; init; }

    /// <summary>7-bit address of the converter.</summary>
    public int Address { get; init; }

    /// <summary>Divider at an analogue input, or at a filtered PWM: resistor towards the voltage that the name says.</summary>
    public int OhmsAbove { get; init; }

    /// <summary>Resistor towards ground; 0 for no divider.</summary>
    public int OhmsBelow { get; init; }

    /// <summary>B25/85 of an NTC to ground with a resistor of its resistance at 25 degrees to the supply; 0 for none.</summary>
    public int NtcBeta { get; init; }

    /// <summary>Voltage of a filtered PWM at full duty, in millivolts.</summary>
    public int FullMillivolts { get; init; }

    /// <summary>The device file of a serial line.</summary>
    public string Device { get; init; } = "";

    /// <summary>Whether a sampled line is low while the line outside is high.</summary>
    public bool IsInverted { get; init; }

    /// <summary>GPIO number of a signal with one line.</summary>
    public int Gpio => Pins["line"];
}

/// <summary>A Linux board.</summary>
internal sealed record LinuxBoard
{
    /// <summary>The file, as it was named.</summary>
    public required string File { get; init; }

    /// <summary>Its name: a-z, 0-9 and '-'.</summary>
    public required string Name { get; init; }

    /// <summary>One line for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it is.</summary>
    public required BoardRole Role { get; init; }

    /// <summary>Its pin header: raspberryPi, or none where the file's GPIO numbers are all that is known.</summary>
    public required HeaderKind Header { get; init; }

    /// <summary>Number of the kernel's GPIO chip; null for the one that the library picks.</summary>
    public int? GpioChip { get; init; }

    /// <summary>Name of the board that a jig tests, as in hardware/boards; empty on a pole.</summary>
    public string Controller { get; init; } = "";

    /// <summary>What to know before the first wire.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Where facts come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Its signals.</summary>
    public required IReadOnlyList<BoardSignal> Signals { get; init; }

    /// <summary>A signal by its name; null when the board has none.</summary>
    public BoardSignal? Find(string name) => Signals.FirstOrDefault(signal => signal.Name == name);
}

// The pin header of a Raspberry Pi: which physical pin is which GPIO line, and which lines a bus can be on.
namespace Bench.Boards;

/// <summary>A board's pin header.</summary>
internal enum HeaderKind
{
    /// <summary>Not known: lines go by GPIO number, and where a bus is cannot be checked.</summary>
    None,

    /// <summary>The 40 pins of a Raspberry Pi 2 or later and of boards made like it.</summary>
    RaspberryPi,
}

/// <summary>
/// The 40-pin header (Raspberry Pi documentation, "GPIO and the 40-pin header"; BCM2711 ARM peripherals, section 5.3, alternative functions). What a bus needs in
/// config.txt is in README.md.
/// </summary>
internal static class PinHeader
{
    // Physical pins 1 to 40; -1 for a supply or ground.
    private static readonly int[] Lines =
    [
        -1, -1, 2, -1, 3, -1, 4, 14, -1, 15, 17, 18, 27, -1, 22, 23, -1, 24, 10, -1, 9, 25, 11, 8, -1, 7, 0, 1, 5, -1, 6, 12, 13, -1, 19, 16, 26, 20, -1, 21,
    ];

    private static readonly Dictionary<string, int> SpiLines = new()
    {
        ["0.sck"] = 11, ["0.mosi"] = 10, ["0.miso"] = 9, ["0.0.select"] = 8, ["0.1.select"] = 7,
        ["1.sck"] = 21, ["1.mosi"] = 20, ["1.miso"] = 19, ["1.0.select"] = 18, ["1.1.select"] = 17, ["1.2.select"] = 16,
    };

    /// <summary>The physical pin of a GPIO line; 0 when the header does not bring it out.</summary>
    public static int PinOf(int gpio) => Array.IndexOf(Lines, gpio) + 1;

    /// <summary>The line on which a bus has to be, for what is fixed; null for what may be elsewhere.</summary>
    /// <param name="signal">The bus.</param>
    /// <param name="line">Name of the line: sck, mosi, miso, select, sda, scl.</param>
    public static int? FixedLine(BoardSignal signal, string line) => signal.Kind switch
    {
        SignalKind.Spi or SignalKind.Sampler => SpiLines.TryGetValue(
            line == "select" ? FormattableString.Invariant($"{signal.Bus}.{signal.Select}.{line}") : FormattableString.Invariant($"{signal.Bus}.{line}"), out int gpio) ? gpio : null,
        SignalKind.I2c or SignalKind.Adc when signal.Bus == 1 => line == "sda" ? 2 : 3,
        _ => null,
    };

    /// <summary>Whether a line can be the output of a PWM channel of the kernel's chip 0: GPIO12 and 18 are channel 0, GPIO13 and 19 channel 1 (overlay pwm-2chan).</summary>
    public static bool IsPwmLine(int channel, int gpio) => channel switch
    {
        0 => gpio is 12 or 18,
        1 => gpio is 13 or 19,
        _ => false,
    };
}

// A chip as data: which pins there are, what they are tied to, how many units of a kind. Data only.
namespace BoardFiles;

/// <summary>Levels of a line.</summary>
public enum LineLevel
{
    /// <summary>Nobody drives or pulls it.</summary>
    Floating,

    /// <summary>0 V.</summary>
    Low,

    /// <summary>The supply.</summary>
    High,
}

/// <summary>A pin that the chip reads as it leaves reset.</summary>
/// <param name="Pin">GPIO number.</param>
/// <param name="BootLevel">Level it needs for a normal start; floating means that either will do.</param>
/// <param name="OwnPull">What the chip's own weak resistor pulls it to during reset.</param>
/// <param name="Decides">What it decides.</param>
public sealed record StrappingPin(int Pin, LineLevel BootLevel, LineLevel OwnPull, string Decides);

/// <summary>A package or module of the chip.</summary>
/// <param name="Name">Its order name.</param>
/// <param name="MemoryPins">Pins that carry its flash or PSRAM.</param>
/// <param name="HiddenPins">Pins that it does not bring out.</param>
/// <param name="Pads">What is at its solder pads, pad 1 first: GPIO numbers as GPIO0, or names; empty when it is not drawn by this project.</param>
public sealed record ChipModule(string Name, IReadOnlyList<int> MemoryPins, IReadOnlyList<int> HiddenPins, IReadOnlyList<string> Pads);

/// <summary>A chip.</summary>
public sealed record Chip
{
    /// <summary>Its name, which is the name of its file.</summary>
    public required string Name { get; init; }

    /// <summary>GPIO numbers that exist.</summary>
    public required IReadOnlyList<int> Pins { get; init; }

    /// <summary>GPIO numbers that can only be read.</summary>
    public required IReadOnlyList<int> InputOnlyPins { get; init; }

    /// <summary>Pins read at reset.</summary>
    public required IReadOnlyList<StrappingPin> StrappingPins { get; init; }

    /// <summary>Packages and modules.</summary>
    public required IReadOnlyList<ChipModule> Modules { get; init; }

    /// <summary>The USB pins: D-, D+. Empty when there are none.</summary>
    public required IReadOnlyList<int> UsbPins { get; init; }

    /// <summary>Units of a kind of bus. Their numbers begin at <see cref="FirstUnit"/>.</summary>
    public required IReadOnlyDictionary<BusKind, int> BusUnits { get; init; }

    /// <summary>The number of the first unit that a board may use, by kind of bus.</summary>
    public required IReadOnlyDictionary<BusKind, int> FirstUnit { get; init; }

    /// <summary>The UART over which the runtime is flashed and debugged.</summary>
    public required int RuntimeUart { get; init; }

    /// <summary>GPIO numbers of the ADC's channels, channel 0 first, that the radio (Wi-Fi) leaves alone.</summary>
    public required IReadOnlyList<int> AdcPins { get; init; }

    /// <summary>Numbers of the RMT channels that can send.</summary>
    public required IReadOnlyList<int> RmtTransmitChannels { get; init; }

    /// <summary>Numbers of the RMT channels that can receive.</summary>
    public required IReadOnlyList<int> RmtReceiveChannels { get; init; }

    /// <summary>PWM channels, counted from 1.</summary>
    public required int PwmChannels { get; init; }

    /// <summary>How many neighbouring PWM channels share one timer, and so one frequency.</summary>
    public required int PwmChannelsATimer { get; init; }

    /// <summary>Largest number of bits that PWM resolves.</summary>
    public required int PwmBits { get; init; }

    /// <summary>Clock of the PWM timers in hertz.</summary>
    public required int PwmClockHz { get; init; }

    /// <summary>
    /// Bits that PWM resolves at a frequency. The runtime takes the most for which the timer's divider, in 1/256, is more than 256
    /// (nf-interpreter, System.Device.Pwm, GetOptimumResolution).
    /// </summary>
    public int PwmBitsAt(int frequencyHz)
    {
        int bits = PwmBits;
        long clock = ((long)PwmClockHz << 8) / Math.Max(1, frequencyHz);
        while (bits > 1 && clock >> bits <= 256)
        {
            bits--;
        }

        return bits;
    }
}

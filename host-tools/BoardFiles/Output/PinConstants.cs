// A board as constants for the firmware: pins, channels, units, speeds, addresses. C# 9 and nothing but constants, so that it compiles for nanoFramework and costs
// no memory there. Which port object is made of which constant is the application's.
using System.Globalization;
using System.Text;

namespace BoardFiles.Output;

/// <summary>Writes the constants of a board.</summary>
public static class PinConstants
{
    /// <summary>Where they are, below the repository.</summary>
    public const string Folder = "firmware/PoleController.Esp32/Boards";

    /// <summary>The name of a board's class: its own name in Pascal case, and Pins.</summary>
    public static string ClassName(Board board)
    {
        ArgumentNullException.ThrowIfNull(board);
        return Pascal(board.Name) + "Pins";
    }

    /// <summary>Makes the file.</summary>
    public static string Make(Board board, Chip chip)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(chip);
        StringBuilder text = new();
        text.Append($"// Pins, channels and buses of {board.Name}. Made from {board.File} by host-tools/BoardFiles; do not edit.\n");
        text.Append("namespace PoleController.Esp32.Boards\n{\n");
        text.Append($"    /// <summary>{Xml(board.Title)}. Pins are GPIO numbers.</summary>\n");
        text.Append($"    public static class {ClassName(board)}\n    {{\n");
        text.Append($"        /// <summary>Name of the board.</summary>\n        public const string BoardName = \"{board.Name}\";\n");
        foreach (BoardSignal signal in board.Signals)
        {
            AddSignal(text, signal, chip);
        }

        foreach (BoardBus bus in board.Buses.Where(bus => bus.Kind != BusKind.Usb && !bus.IsRuntime))
        {
            AddBus(text, bus);
        }

        text.Append("    }\n}\n");
        return text.ToString();
    }

    private static void AddSignal(StringBuilder text, BoardSignal signal, Chip chip)
    {
        string name = Pascal(signal.Name);
        Add(text, signal.Connect, name + "Pin", signal.Pin);
        if (signal.LightLevel != LineLevel.Floating)
        {
            AddFlag(text, "Whether the level that leaves the light on is the high one", name + "LightIsHigh", signal.LightLevel == LineLevel.High);
        }

        if (signal.Drive == SignalDrive.OpenDrain && signal.Bus.Length == 0)
        {
            AddFlag(text, "Driven to low only; something else pulls it up", name + "IsOpenDrain", true);
        }

        if (signal.Pull != PullResistor.None)
        {
            AddFlag(text, "The chip's own resistor has to be switched on, and pulls up (else down)", name + "PullIsUp", signal.Pull == PullResistor.Up);
        }

        if (signal.IsInverted)
        {
            AddFlag(text, "The pin is low while the line outside is high", name + "IsInverted", true);
        }

        if (signal.Pwm is PwmUse pwm)
        {
            Add(text, "PWM channel as nanoFramework counts, from 1", name + "Channel", pwm.Channel);
            Add(text, "Frequency in hertz", name + "FrequencyHz", pwm.FrequencyHz);
            Add(text, "Steps of the duty cycle at this frequency", name + "Steps", 1 << chip.PwmBitsAt(pwm.FrequencyHz));
        }

        if (signal.Adc is AdcUse adc)
        {
            Add(text, "ADC channel as nanoFramework counts, from 0", name + "AdcChannel", adc.Channel);
            Add(text, "Resistor above the pin, in ohms", name + "OhmsAbove", adc.OhmsAbove);
            Add(text, adc.NtcBeta > 0 ? "NTC to ground at 25 degrees, in ohms" : "Resistor from the pin to ground, in ohms", name + "OhmsBelow", adc.OhmsBelow);
            if (adc.NtcBeta > 0)
            {
                Add(text, "Constant B25/85 of the NTC, in kelvin", name + "NtcBeta", adc.NtcBeta);
            }
        }

        if (signal.RmtChannel is int channel)
        {
            Add(text, "RMT channel", name + "RmtChannel", channel);
        }
    }

    private static void AddBus(StringBuilder text, BoardBus bus)
    {
        string name = Pascal(bus.Name);
        Add(text, bus.What + ": number of the chip's unit, from 0", name + "Unit", bus.Unit);
        if (bus.Speed > 0)
        {
            Add(text, bus.Kind == BusKind.Uart ? "Bit rate" : "Clock in hertz", name + "SpeedHz", bus.Speed);
        }

        foreach (BusDevice device in bus.Devices)
        {
            if (device.Speed > 0)
            {
                Add(text, $"Bit rate of the {device.Part}", name + Pascal(device.Part) + "SpeedHz", device.Speed);
            }
            else
            {
                AddLine(text, $"7-bit address of the {device.Part}", "int", name + Pascal(device.Part) + "Address", FormattableString.Invariant($"0x{device.Address:X2}"));
            }
        }
    }

    private static void Add(StringBuilder text, string what, string name, int value) => AddLine(text, what, "int", name, value.ToString(CultureInfo.InvariantCulture));

    private static void AddFlag(StringBuilder text, string what, string name, bool value) => AddLine(text, what, "bool", name, value ? "true" : "false");

    private static void AddLine(StringBuilder text, string what, string type, string name, string value) =>
        text.Append($"\n        /// <summary>{Xml(what)}.</summary>\n        public const {type} {name} = {value};\n");

    private static string Xml(string text) =>
        text.TrimEnd('.').Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static string Pascal(string name)
    {
        StringBuilder result = new();
        bool isStart = true;
        foreach (char letter in name)
        {
            if (!char.IsAsciiLetterOrDigit(letter))
            {
                isStart = true;
                continue;
            }

            result.Append(isStart ? char.ToUpperInvariant(letter) : letter);
            isStart = false;
        }

        return result.ToString();
    }
}

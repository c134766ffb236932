// From YAML to a board: the form and nothing else. The reader of mappings is BoardFiles', so that faults read alike.
using BoardFiles;
using BoardFiles.Reading;

namespace Bench.Boards;

/// <summary>Reads board files.</summary>
internal static class LinuxBoardReader
{
    private static readonly Dictionary<SignalKind, string[]> LinesOf = new()
    {
        [SignalKind.Output] = ["line"], [SignalKind.Input] = ["line"], [SignalKind.Pwm] = ["line"], [SignalKind.Spi] = ["sck", "mosi", "miso", "select"],
        [SignalKind.I2c] = ["sda", "scl"], [SignalKind.Adc] = ["sda", "scl"], [SignalKind.Uart] = ["tx", "rx"], [SignalKind.Sampler] = ["miso", "sck"],
    };

    /// <summary>Reads a file.</summary>
    /// <exception cref="BoardFileException">It is not of the form; the message says where and what to do.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static LinuxBoard Read(string path) => Parse(File.ReadAllText(path), path);

    /// <summary>Reads a text.</summary>
    public static LinuxBoard Parse(string text, string file)
    {
        YamlMap map = YamlMap.Parse(text, file);
        LinuxBoard board = new()
        {
            File = file,
            Name = map.Text("board"),
            Title = map.Text("title"),
            Role = map.Choice<BoardRole>("role"),
            Header = map.Choice<HeaderKind>("header"),
            GpioChip = map.Has("gpioChip") ? map.Integer("gpioChip") : null,
            Controller = map.TextOr("controller", ""),
            Warnings = map.Texts("warnings"),
            Sources = map.Texts("sources"),
            Signals = [.. map.Maps("signals").Select(ReadSignal)],
        };
        map.RefuseOtherKeys();
        return board;
    }

    private static BoardSignal ReadSignal(YamlMap map)
    {
        SignalKind kind = map.Choice<SignalKind>("kind");
        BoardSignal signal = new()
        {
            Name = map.Text("name"),
            Kind = kind,
            FileLine = map.Line,
            Connect = map.Text("connect"),
            At = map.TextOr("at", ""),
            Pins = ReadPins(map, kind),
        };
        signal = kind switch
        {
            SignalKind.Output => signal with { Active = map.ChoiceOr("active", LineLevel.High), Drive = map.ChoiceOr("drive", LineDrive.PushPull) },
            SignalKind.Input => signal with { Active = map.ChoiceOr("active", LineLevel.High), Pull = map.ChoiceOr("pull", LinePull.None) },
            SignalKind.Pwm => ReadPwm(map, signal),
            SignalKind.Adc => ReadAdc(map, signal),
            SignalKind.Spi => signal with { Bus = map.Integer("bus"), Select = map.Integer("chipSelect"), SpeedHz = map.Integer("speedHz") },
            SignalKind.I2c => signal with { Bus = map.Integer("bus") },
            SignalKind.Uart => signal with { Device = map.Text("device"), SpeedHz = map.IntegerOr("speedHz", 0) },
            _ => signal with { Bus = map.Integer("bus"), Select = map.Integer("chipSelect"), SpeedHz = map.Integer("speedHz"), IsInverted = map.FlagOr("inverted", false) },
        };
        map.RefuseOtherKeys();
        return signal;
    }

    private static BoardSignal ReadPwm(YamlMap map, BoardSignal signal)
    {
        bool isSoftware = map.FlagOr("software", false);
        return signal with
        {
            IsSoftware = isSoftware,
            Chip = isSoftware ? 0 : map.Integer("chip"),
            Channel = isSoftware ? 0 : map.Integer("channel"),
            FrequencyHz = map.Integer("frequencyHz"),
            FullMillivolts = map.IntegerOr("fullMillivolts", 0),
        };
    }

    private static BoardSignal ReadAdc(YamlMap map, BoardSignal signal) => signal with
    {
        Bus = map.Integer("bus"),
        Address = map.Integer("address"),
        Channel = map.Integer("channel"),
        OhmsAbove = map.IntegerOr("ohmsAbove", 0),
        OhmsBelow = map.IntegerOr("ohmsBelow", 0),
        NtcBeta = map.IntegerOr("ntcBeta", 0),
    };

    // A signal of one line says "gpio: 17"; one of several says "pins: { sck: 11, ... }" as far as they are wired.
    private static Dictionary<string, int> ReadPins(YamlMap map, SignalKind kind)
    {
        if (LinesOf[kind] is ["line"])
        {
            return new Dictionary<string, int> { ["line"] = map.Integer("gpio") };
        }

        Dictionary<string, int> pins = [];
        if (map.Has("pins"))
        {
            YamlMap lines = map.Map("pins");
            foreach (string line in LinesOf[kind].Where(lines.Has))
            {
                pins[line] = lines.Integer(line);
            }

            lines.RefuseOtherKeys();
        }

        return pins;
    }
}

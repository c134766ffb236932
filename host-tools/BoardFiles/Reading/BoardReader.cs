// Reads a board file. Only the form is checked here: keys, numbers, choices.
namespace BoardFiles.Reading;

/// <summary>Reads board files.</summary>
public static class BoardReader
{
    /// <summary>Reads a board.</summary>
    /// <param name="text">The file's text.</param>
    /// <param name="file">How the file is named in messages.</param>
    /// <exception cref="BoardFileException">The file is not of the form.</exception>
    public static Board Read(string text, string file)
    {
        YamlMap map = YamlMap.Parse(text, file);
        Board board = new()
        {
            File = file,
            Name = map.Text("board"),
            Title = map.Text("title"),
            Status = map.Choice<BoardStatus>("status"),
            Chip = map.Text("chip"),
            Module = map.Text("module"),
            ModuleLine = map.LineOf("module"),
            Sources = map.Texts("sources"),
            Warnings = map.Texts("warnings"),
            Rails = [.. map.Maps("rails").Select(ReadRail)],
            Connectors = [.. map.Maps("connectors").Select(ReadConnector)],
            HeightMetres = map.NumberOr("heightMetres", 0),
            Devices = [.. map.Maps("devices").Select(ReadDevice)],
            Variants = [.. map.Maps("variants").Select(ReadVariant)],
            Parts = ReadNamed(map, "parts", "reference", "what"),
            ExternalParts = ReadNamed(map, "externalParts", "reference", "what"),
            Schematic = map.TextOr("schematic", ""),
            Buses = [.. map.Maps("buses").Select(ReadBus)],
            Signals = [.. map.Maps("signals").Select(ReadSignal)],
            ChipPorts = ReadNamed(map, "chipPorts", "port", "what"),
            NotFitted = ReadNamed(map, "notFitted", "port", "why"),
            KeepFree = [.. map.Maps("keepFree").Select(ReadFreePin)],
        };
        map.RefuseOtherKeys();
        return board;
    }

    private static List<Named> ReadNamed(YamlMap map, string list, string name, string what)
    {
        List<Named> result = [];
        foreach (YamlMap entry in map.Maps(list))
        {
            result.Add(new Named(entry.Text(name), entry.Text(what), entry.Line));
            entry.RefuseOtherKeys();
        }

        return result;
    }

    private static BoardConnector ReadConnector(YamlMap map)
    {
        BoardConnector connector = new(map.Text("name"), map.Text("what"), map.ChoiceOr("insulation", Insulation.Selv), map.Texts("pins"), map.Line);
        map.RefuseOtherKeys();
        return connector;
    }

    private static OutsideDevice ReadDevice(YamlMap map)
    {
        List<DeviceWire> wires = [];
        foreach (YamlMap wire in map.Maps("wires"))
        {
            wires.Add(new DeviceWire(wire.Text("from"), wire.Text("to"), wire.TextOr("colour", ""), wire.Line));
            wire.RefuseOtherKeys();
        }

        OutsideDevice device = new(map.Text("name"), map.Text("where"), map.NumberOr("heightMetres", 0), map.Texts("ports"), wires, map.Line);
        map.RefuseOtherKeys();
        return device;
    }

    private static BoardVariant ReadVariant(YamlMap map)
    {
        BoardVariant variant = new(map.Text("name"), map.Texts("ports"), map.Text("what"), map.Line);
        map.RefuseOtherKeys();
        return variant;
    }

    private static AdcUse ReadAdc(YamlMap map)
    {
        AdcUse adc = new(map.Integer("channel"), map.IntegerOr("ohmsAbove", 0), map.IntegerOr("ohmsBelow", 0), map.IntegerOr("ntcBeta", 0));
        map.RefuseOtherKeys();
        return adc;
    }

    private static FreePin ReadFreePin(YamlMap map)
    {
        FreePin pin = new(map.Integer("pin"), map.Text("why"), map.Line);
        map.RefuseOtherKeys();
        return pin;
    }

    private static PowerRail ReadRail(YamlMap map)
    {
        PowerRail rail = new(map.Text("name"), map.Integer("millivolts"), map.Text("from"), map.Text("what"), map.Line);
        map.RefuseOtherKeys();
        return rail;
    }

    private static BoardBus ReadBus(YamlMap map)
    {
        List<BusDevice> devices = [];
        foreach (YamlMap device in map.Maps("devices"))
        {
            devices.Add(new BusDevice(device.Text("part"), device.IntegerOr("address", 0), device.IntegerOr("speedHz", 0), device.Line));
            device.RefuseOtherKeys();
        }

        BoardBus bus = new(
            map.Text("name"),
            map.Choice<BusKind>("kind"),
            map.Integer("unit"),
            map.FlagOr("runtime", false),
            map.IntegerOr("speedHz", 0),
            map.Text("what"),
            devices,
            map.Line);
        map.RefuseOtherKeys();
        return bus;
    }

    private static BoardSignal ReadSignal(YamlMap map)
    {
        BoardSignal signal = new()
        {
            Name = map.Text("name"),
            Line = map.Line,
            Pin = map.Integer("pin"),
            Ports = map.Has("port") ? [map.Text("port")] : map.Texts("ports"),
            Direction = map.Choice<SignalDirection>("direction"),
            Drive = map.ChoiceOr("drive", SignalDrive.None),
            Pull = map.ChoiceOr("pull", PullResistor.None),
            BoardPull = map.ChoiceOr("boardPull", PullResistor.None),
            AtReset = map.Choice<LineLevel>("atReset"),
            LightLevel = map.ChoiceOr("lightLevel", LineLevel.Floating),
            Bus = map.TextOr("bus", ""),
            BusLine = map.TextOr("line", ""),
            Pwm = map.Has("pwm") ? ReadPwm(map.Map("pwm")) : null,
            Adc = map.Has("adc") ? ReadAdc(map.Map("adc")) : null,
            RmtChannel = map.Has("rmtChannel") ? map.Integer("rmtChannel") : null,
            IsInverted = map.FlagOr("inverted", false),
            StrappingNote = map.TextOr("strappingNote", ""),
            Connector = map.TextOr("connector", ""),
            Connect = map.Text("connect"),
        };
        map.RefuseOtherKeys();
        return signal;
    }

    private static PwmUse ReadPwm(YamlMap map)
    {
        PwmUse pwm = new(map.Integer("channel"), map.Integer("frequencyHz"));
        map.RefuseOtherKeys();
        return pwm;
    }
}

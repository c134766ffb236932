// The page a technician wires from, made from a board file.
using System.Text;

namespace BoardFiles.Output;

/// <summary>Writes a board as a page.</summary>
public static class WiringTable
{
    /// <summary>Makes the page.</summary>
    public static string Make(Board board, Chip chip)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(chip);
        StringBuilder page = new();
        page.Append($"# {board.Title}\n\n<!-- Made from {Path.GetFileName(board.File)} by host-tools/BoardFiles; do not edit. -->\n\n");
        page.Append($"Chip {board.Chip}, module {board.Module}. {Status(board.Status)}\n\n");
        AddList(page, "## Before the first wire", board.Warnings);
        AddSignals(page, "## The controller's ports", board, [.. board.Signals.Where(signal => signal.Ports.Count > 0)]);
        AddSignals(page, "## The board's own signals", board, [.. board.Signals.Where(signal => signal.Ports.Count == 0)]);
        page.Append("\"At reset\" is the level while no firmware runs. \"Resistor\" is on the board; \"(chip)\" is the chip's own, which the firmware switches on.\n\n");
        AddNotes(page, board);
        AddBuses(page, board);
        AddPwm(page, board, chip);
        AddChannels(page, board);
        AddConnectors(page, board);
        AddDevices(page, board);
        AddVariants(page, board);
        AddRails(page, board);
        AddNamed(page, "## Parts", ["reference", "what"], board.Parts);
        AddNamed(page, "## Parts beside the board", ["reference", "what"], board.ExternalParts);
        AddNamed(page, "## Ports without pins", ["port", "served by"], board.ChipPorts);
        AddNamed(page, "## Not fitted", ["port", "why"], board.NotFitted);
        AddNamed(page, "## Pins that stay free", ["GPIO", "why"], [.. board.KeepFree.Select(pin => new Named(FormattableString.Invariant($"{pin.Pin}"), pin.Why, pin.Line))]);
        AddList(page, "## Sources", board.Sources);
        return page.ToString().TrimEnd('\n') + "\n";
    }

    private static string Status(BoardStatus status) => status switch
    {
        BoardStatus.Design => "A design: not built yet.",
        BoardStatus.Built => "Built.",
        _ => "Bought as it is.",
    };

    private static void AddSignals(StringBuilder page, string heading, Board board, List<BoardSignal> signals)
    {
        if (signals.Count == 0)
        {
            return;
        }

        MarkdownTable table = new("signal", "GPIO", "port", "direction", "resistor", "at reset", "connector", "connect");
        foreach (BoardSignal signal in signals)
        {
            table.Add(
                $"`{signal.Name}`",
                FormattableString.Invariant($"{signal.Pin}"),
                string.Join(", ", signal.Ports),
                Word(signal.Direction) + (signal.Drive == SignalDrive.OpenDrain ? ", open drain" : signal.Drive == SignalDrive.Analog ? ", analog" : ""),
                Resistor(signal),
                Word(signal.AtReset) + (signal.LightLevel == LineLevel.Floating ? "" : " = light on"),
                signal.Connector,
                signal.Connect);
        }

        page.Append(heading).Append("\n\n").Append(table).Append('\n');
    }

    private static string Resistor(BoardSignal signal)
    {
        string fitted = signal.BoardPull == PullResistor.None ? "" : Word(signal.BoardPull);
        string own = signal.Pull == PullResistor.None ? "" : Word(signal.Pull) + " (chip)";
        return fitted.Length > 0 && own.Length > 0 ? fitted + ", " + own : fitted + own;
    }

    private static void AddNotes(StringBuilder page, Board board)
    {
        foreach (BoardSignal signal in board.Signals.Where(signal => signal.StrappingNote.Length > 0))
        {
            page.Append($"GPIO{signal.Pin} (`{signal.Name}`) is read at reset: {signal.StrappingNote}\n\n");
        }
    }

    private static void AddBuses(StringBuilder page, Board board)
    {
        MarkdownTable table = new("bus", "unit", "speed", "for", "parts");
        foreach (BoardBus bus in board.Buses)
        {
            string devices = string.Join(", ", bus.Devices.Select(device => device.Speed > 0
                ? FormattableString.Invariant($"{device.Part} at {device.Speed:N0} bit/s")
                : FormattableString.Invariant($"0x{device.Address:X2} {device.Part}")));
            string unit = FormattableString.Invariant($"{bus.Kind.ToString().ToUpperInvariant()}{bus.Unit}") + (bus.IsRuntime ? " (runtime)" : "");
            string speed = bus.Speed == 0 ? "" : FormattableString.Invariant($"{bus.Speed:N0} {(bus.Kind == BusKind.Uart ? "bit/s" : "Hz")}");
            table.Add($"`{bus.Name}`", unit, speed, bus.What, devices);
        }

        page.Append("## Buses\n\n").Append(table).Append('\n');
    }

    private static void AddPwm(StringBuilder page, Board board, Chip chip)
    {
        MarkdownTable table = new("signal", "channel", "frequency", "steps");
        foreach (BoardSignal signal in board.Signals.Where(signal => signal.Pwm is not null))
        {
            int bits = chip.PwmBitsAt(signal.Pwm!.FrequencyHz);
            table.Add($"`{signal.Name}`", FormattableString.Invariant($"PWM{signal.Pwm.Channel}"), FormattableString.Invariant($"{signal.Pwm.FrequencyHz:N0} Hz"), FormattableString.Invariant($"{1 << bits:N0}"));
        }

        if (!table.IsEmpty)
        {
            page.Append("## PWM\n\n").Append(table).Append('\n');
        }
    }

    private static void AddChannels(StringBuilder page, Board board)
    {
        MarkdownTable table = new("signal", "channel", "what");
        foreach (BoardSignal signal in board.Signals)
        {
            if (signal.Adc is AdcUse adc)
            {
                string divider = adc.NtcBeta > 0
                    ? FormattableString.Invariant($"NTC {adc.OhmsBelow:N0} Ohm, B25/85 {adc.NtcBeta} K, fed over {adc.OhmsAbove:N0} Ohm")
                    : FormattableString.Invariant($"over {adc.OhmsAbove:N0} Ohm and {adc.OhmsBelow:N0} Ohm");
                table.Add($"`{signal.Name}`", FormattableString.Invariant($"ADC{adc.Channel}"), divider);
            }
            else if (signal.RmtChannel is int channel)
            {
                table.Add($"`{signal.Name}`", FormattableString.Invariant($"RMT{channel}"), signal.Direction == SignalDirection.Input ? "receives" : "sends");
            }
        }

        if (!table.IsEmpty)
        {
            page.Append("## Analogue and pulse channels\n\n").Append(table).Append('\n');
        }
    }

    private static void AddConnectors(StringBuilder page, Board board)
    {
        MarkdownTable table = new("connector", "what", "touch", "pins from 1");
        foreach (BoardConnector connector in board.Connectors)
        {
            table.Add(connector.Name, connector.What, connector.Insulation == Insulation.Selv ? "SELV" : Word(connector.Insulation), string.Join(", ", connector.Pins));
        }

        page.Append("## Connectors\n\n").Append(table).Append('\n');
    }

    private static void AddDevices(StringBuilder page, Board board)
    {
        MarkdownTable table = new("device", "wires", "where");
        foreach (OutsideDevice device in board.Devices)
        {
            IEnumerable<string> wires = device.Wires.Select(wire => $"{wire.From} to {wire.To}" + (wire.Colour.Length > 0 ? $" ({wire.Colour})" : ""));
            table.Add(device.Name, string.Join("; ", wires), device.Where);
        }

        if (!table.IsEmpty)
        {
            page.Append("## Outside the board\n\n").Append(table).Append('\n');
        }
    }

    private static void AddVariants(StringBuilder page, Board board)
    {
        MarkdownTable table = new("variant", "ports that others have not", "what");
        board.Variants.ToList().ForEach(variant => table.Add(variant.Name, string.Join(", ", variant.Ports), variant.What));
        if (!table.IsEmpty)
        {
            page.Append("## Variants\n\nThe chip has fewer units than there are parts: one of these at a time.\n\n").Append(table).Append('\n');
        }
    }

    private static void AddRails(StringBuilder page, Board board)
    {
        MarkdownTable table = new("rail", "voltage", "from", "what");
        foreach (PowerRail rail in board.Rails)
        {
            table.Add(rail.Name, FormattableString.Invariant($"{rail.Millivolts / 1000.0:0.0##} V"), rail.From, rail.What);
        }

        page.Append("## Rails\n\n").Append(table).Append('\n');
    }

    private static void AddNamed(StringBuilder page, string heading, string[] columns, IReadOnlyList<Named> entries)
    {
        if (entries.Count == 0)
        {
            return;
        }

        MarkdownTable table = new(columns);
        entries.ToList().ForEach(entry => table.Add(entry.Name, entry.What));
        page.Append(heading).Append("\n\n").Append(table).Append('\n');
    }

    private static void AddList(StringBuilder page, string heading, IReadOnlyList<string> entries)
    {
        if (entries.Count > 0)
        {
            page.Append(heading).Append("\n\n").Append(string.Concat(entries.Select(entry => $"- {entry}\n"))).Append('\n');
        }
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}

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
        AddSignals(page, "## The controller's ports", board, [.. board.Signals.Where(signal => signal.Port.Length > 0)]);
        AddSignals(page, "## The board's own signals", board, [.. board.Signals.Where(signal => signal.Port.Length == 0)]);
        page.Append("\"At reset\" is the level while no firmware runs. \"Resistor\" is on the board; \"(chip)\" is the chip's own, which the firmware switches on.\n\n");
        AddNotes(page, board);
        AddBuses(page, board);
        AddPwm(page, board, chip);
        AddNamed(page, "## Connectors", ["connector", "what"], board.Connectors);
        AddRails(page, board);
        AddNamed(page, "## Parts", ["reference", "what"], board.Parts);
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
                signal.Port,
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
        MarkdownTable table = new("bus", "unit", "speed", "for", "addresses");
        foreach (BoardBus bus in board.Buses)
        {
            string addresses = string.Join(", ", bus.Devices.Select(device => FormattableString.Invariant($"0x{device.Address:X2} {device.Part}")));
            string unit = FormattableString.Invariant($"{bus.Kind.ToString().ToUpperInvariant()}{bus.Unit}") + (bus.IsRuntime ? " (runtime)" : "");
            string speed = bus.Speed == 0 ? "" : FormattableString.Invariant($"{bus.Speed:N0} {(bus.Kind == BusKind.Uart ? "bit/s" : "Hz")}");
            table.Add($"`{bus.Name}`", unit, speed, bus.What, addresses);
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

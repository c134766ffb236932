// A board's file and its schematic say the same: the chip's pads, the connectors' pins, the resistors that decide levels at reset, the dividers, the parts. And the
// schematic by itself leaves no pin open by mistake and joins no two named nets.
using System.Globalization;
using BoardFiles.Schematics;

namespace BoardFiles.Rules;

/// <summary>Compares boards with their schematics.</summary>
public static class SchematicRules
{
    private const string NotConnected = "NC";
    private const string ChipReference = "U1";

    /// <summary>Compares.</summary>
    /// <param name="board">The board.</param>
    /// <param name="chip">Its chip.</param>
    /// <param name="netlist">Its schematic.</param>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IReadOnlyList<BoardProblem> Check(Board board, Chip chip, Netlist netlist)
    {
        ArgumentNullException.ThrowIfNull(board);
        ArgumentNullException.ThrowIfNull(chip);
        ArgumentNullException.ThrowIfNull(netlist);
        ProblemList problems = new(board.File);
        CheckPads(board, chip, netlist, problems);
        CheckConnectors(board, netlist, problems);
        CheckParts(board, netlist, problems);
        foreach (BoardSignal signal in board.Signals)
        {
            CheckPull(signal, netlist, problems);
            CheckDivider(signal, netlist, problems);
        }

        CheckNets(netlist, problems);
        return [.. problems.All.OrderBy(problem => problem.Line)];
    }

    private static void CheckPads(Board board, Chip chip, Netlist netlist, ProblemList problems)
    {
        IReadOnlyList<string> pads = chip.Modules.FirstOrDefault(module => module.Name == board.Module)?.Pads ?? [];
        if (pads.Count == 0)
        {
            problems.Add(BoardRule.Schematic, board.ModuleLine, "module", $"the pads of {board.Module} are not known", "Give the module its pads in the chip's file");
        }

        for (int i = 0; i < pads.Count; i++)
        {
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            Net? net = netlist.At(ChipReference, number);
            BoardSignal? signal = board.Signals.FirstOrDefault(candidate => pads[i] == FormattableString.Invariant($"GPIO{candidate.Pin}"));
            if (net is null)
            {
                problems.Add(BoardRule.Schematic, board.ModuleLine, "module", $"{ChipReference} has no pad {number} in the schematic", "Draw every pad of the module");
            }
            else if (signal is not null && !net.Names.Contains(signal.Name))
            {
                problems.Add(BoardRule.Schematic, signal.Line, "pin", $"{signal.Name}: the schematic has {net.Name} at pad {number} ({pads[i]})", "Name the net like the signal, or correct the pin");
            }
            else if (signal is null && pads[i].StartsWith("GPIO", StringComparison.Ordinal) && net.Pins.Any(pin => pin.Reference != ChipReference && !pin.Reference.StartsWith("TP", StringComparison.Ordinal)))
            {
                problems.Add(BoardRule.Schematic, board.ModuleLine, "signals", $"{pads[i]} is connected to {net.Name} in the schematic and is no signal here", "Add the signal, or leave the pad open");
            }
            else if (pads[i] is "GND" or "3V3" && !net.Names.Contains(pads[i]))
            {
                problems.Add(BoardRule.Schematic, board.ModuleLine, "module", $"pad {number} of {ChipReference} is {pads[i]} and is at {net.Name} in the schematic", "Correct the schematic");
            }
        }
    }

    private static void CheckConnectors(Board board, Netlist netlist, ProblemList problems)
    {
        foreach (BoardConnector connector in board.Connectors)
        {
            for (int i = 0; i < connector.Pins.Count; i++)
            {
                string number = (i + 1).ToString(CultureInfo.InvariantCulture);
                Net? net = netlist.At(connector.Name, number);
                bool isRight = connector.Pins[i] == NotConnected ? net is { IsMarkedOpen: true, Pins.Count: 1 } : net?.Names.Contains(connector.Pins[i]) == true;
                if (!isRight)
                {
                    problems.Add(BoardRule.Schematic, connector.Line, "pins", $"{connector.Name}.{number} is {connector.Pins[i]} here and {net?.Name ?? "missing"} in the schematic", "Make the two agree");
                }
            }
        }
    }

    private static void CheckParts(Board board, Netlist netlist, ProblemList problems)
    {
        HashSet<string> drawn = [.. netlist.Components.Select(component => component.Reference)];
        foreach (Named part in board.Parts.Where(part => !drawn.Contains(part.Name)))
        {
            problems.Add(BoardRule.Schematic, part.Line, "reference", $"{part.Name} is not in the schematic", "Draw it, or name it under externalParts");
        }

        foreach (BoardConnector connector in board.Connectors.Where(connector => !drawn.Contains(connector.Name)))
        {
            problems.Add(BoardRule.Schematic, connector.Line, "name", $"{connector.Name} is not in the schematic", "Draw it");
        }
    }

    private static void CheckPull(BoardSignal signal, Netlist netlist, ProblemList problems)
    {
        if (signal.BoardPull == PullResistor.None)
        {
            return;
        }

        string rail = signal.BoardPull == PullResistor.Up ? "3V3" : "GND";
        if (!ResistorsBetween(netlist, signal.Name, rail).Any())
        {
            problems.Add(BoardRule.Schematic, signal.Line, "boardPull", $"{signal.Name}: no resistor goes to {rail} in the schematic", "Draw it, or correct boardPull");
        }
    }

    private static void CheckDivider(BoardSignal signal, Netlist netlist, ProblemList problems)
    {
        if (signal.Adc is not { OhmsAbove: > 0 } adc)
        {
            return;
        }

        bool hasAbove = netlist.Nets.Any(net => net.Names.Count > 0 && net.Name != "GND" && ResistorsBetween(netlist, signal.Name, net.Name).Any(resistor => Ohms(resistor.Value) == adc.OhmsAbove));
        bool hasBelow = ResistorsBetween(netlist, signal.Name, "GND").Any(resistor => Ohms(resistor.Value) == adc.OhmsBelow);
        if (!hasAbove || !hasBelow)
        {
            problems.Add(BoardRule.Schematic, signal.Line, "adc", $"{signal.Name}: the schematic's divider is not {adc.OhmsAbove} over {adc.OhmsBelow} ohms", "Make the two agree");
        }
    }

    private static void CheckNets(Netlist netlist, ProblemList problems)
    {
        foreach (Net net in netlist.Nets)
        {
            if (net.Names.Count > 1)
            {
                problems.Add(BoardRule.Schematic, 1, "schematic", $"the schematic joins {string.Join(" and ", net.Names)}", "Separate the wires");
            }

            string pin = $"{net.Pins[0].Reference}.{net.Pins[0].Number}";
            if (net.Pins.Count == 1 && !net.IsMarkedOpen && net.Pins[0].Type != "no_connect")
            {
                problems.Add(BoardRule.Schematic, 1, "schematic", $"{pin} is connected to nothing else ({net.Name})", "Connect it, or put a no-connect mark on it");
            }
            else if (net.Pins.Count > 1 && net.IsMarkedOpen)
            {
                problems.Add(BoardRule.Schematic, 1, "schematic", $"{pin} has a no-connect mark and is connected ({net.Name})", "Remove the mark or the wire");
            }
        }

        foreach (IGrouping<string, Component> same in netlist.Components.GroupBy(component => component.Reference).Where(same => same.Key.EndsWith('?')))
        {
            problems.Add(BoardRule.Schematic, 1, "schematic", $"{same.Count()} components are still called {same.Key}", "Annotate the schematic");
        }
    }

    private static IEnumerable<Component> ResistorsBetween(Netlist netlist, string first, string second) =>
        netlist.Components.Where(component =>
            component.Reference.StartsWith('R')
            && netlist.At(component.Reference, "1") is Net one && netlist.At(component.Reference, "2") is Net two
            && ((one.Names.Contains(first) && two.Names.Contains(second)) || (one.Names.Contains(second) && two.Names.Contains(first))));

    // "4.7k", "330R", "10k B3435": a number, its multiplier, and whatever else is said of the part.
    private static double Ohms(string value)
    {
        string word = value.Split(' ')[0];
        double factor = word.Length == 0 ? 0 : word[^1] switch { 'k' => 1000, 'M' => 1_000_000, 'm' => 0.001, _ => 1 };
        return double.TryParse(word.TrimEnd('R', 'k', 'M', 'm'), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Math.Round(number * factor, 6) : 0;
    }
}

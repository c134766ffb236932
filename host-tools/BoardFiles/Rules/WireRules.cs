// Wires outside the board: each begins at a connector's pin, a signal, a rail or ground that the file knows, a pin takes one device in a variant, and each device
// serves ports that the board has.
namespace BoardFiles.Rules;

internal static class WireRules
{
    /// <summary>The common ground.</summary>
    public const string Ground = "GND";

    public static void Check(Board board, ProblemList problems)
    {
        HashSet<string> pins = [.. board.Connectors.SelectMany(connector => connector.Pins.Select((_, index) => FormattableString.Invariant($"{connector.Name}.{index + 1}")))];
        HashSet<string> ends = [.. pins, .. board.Signals.Select(signal => signal.Name), .. board.Rails.Select(rail => rail.Name), Ground];
        Dictionary<string, List<OutsideDevice>> taken = [];
        foreach (OutsideDevice device in board.Devices)
        {
            foreach (DeviceWire wire in device.Wires)
            {
                if (!ends.Contains(wire.From))
                {
                    problems.Add(BoardRule.Wire, wire.Line, "from", $"{device.Name}: there is no {wire.From} on this board", "Name a connector's pin (J4.1), a signal, a rail or GND");
                }
                else if (pins.Contains(wire.From) && IsOneToOne(board, wire.From))
                {
                    CheckTaken(board, device, wire, taken, problems);
                }
            }

            foreach (string port in device.Ports.Where(port => !board.Signals.Any(signal => signal.Serves(port))))
            {
                problems.Add(BoardRule.Wire, device.Line, "ports", $"{device.Name}: the port {port} is on no pin of this board", "Correct the port, or give it signals");
            }
        }
    }

    // Supplies, ground and buses with addresses take several devices; so do lines that are no signal of the chip (mains, DALI).
    private static bool IsOneToOne(Board board, string pin)
    {
        string[] parts = pin.Split('.');
        BoardConnector connector = board.Connectors.First(candidate => candidate.Name == parts[0]);
        string net = connector.Pins[int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) - 1];
        BoardSignal? signal = board.Signals.FirstOrDefault(candidate => candidate.Name == net);
        return signal is not null && !board.Buses.Any(bus => bus.Name == signal.Bus && bus.Kind == BusKind.I2c);
    }

    // Several devices may share a pin as alternatives: in different variants.
    private static void CheckTaken(Board board, OutsideDevice device, DeviceWire wire, Dictionary<string, List<OutsideDevice>> taken, ProblemList problems)
    {
        if (!taken.TryGetValue(wire.From, out List<OutsideDevice>? others))
        {
            taken[wire.From] = others = [];
        }

        OutsideDevice? other = others.Find(candidate => candidate != device && !AreAlternatives(board, candidate, device));
        if (other is not null)
        {
            problems.Add(BoardRule.Wire, wire.Line, "from", $"{device.Name}: {wire.From} is taken by {other.Name}", "Use another pin, or connect them in different variants of the board");
        }

        others.Add(device);
    }

    private static bool AreAlternatives(Board board, OutsideDevice first, OutsideDevice second)
    {
        bool Has(OutsideDevice device, BoardVariant variant) => device.Ports.Any(variant.Ports.Contains);
        return board.Variants.Any(variant => Has(first, variant)) && board.Variants.Any(variant => Has(second, variant))
            && !board.Variants.Any(variant => Has(first, variant) && Has(second, variant));
    }
}

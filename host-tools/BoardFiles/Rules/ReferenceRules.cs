// Names inside a file: unique, and there where they are referred to.
namespace BoardFiles.Rules;

internal static class ReferenceRules
{
    private static readonly string[] Supplies = ["mains", "USB"];

    public static void Check(Board board, ProblemList problems)
    {
        problems.AddRepeated("name", board.Signals, signal => signal.Name, signal => signal.Line, signal => $"the signal name {signal.Name}", "Rename one");
        problems.AddRepeated("reference", board.Parts, part => part.Name, part => part.Line, part => $"the reference {part.Name}", "Rename one");
        problems.AddRepeated("name", board.Connectors, connector => connector.Name, connector => connector.Line, connector => $"the connector {connector.Name}", "Rename one");
        problems.AddRepeated("name", board.Rails, rail => rail.Name, rail => rail.Line, rail => $"the rail {rail.Name}", "Rename one");
        foreach (BoardSignal signal in board.Signals)
        {
            if (signal.Bus.Length > 0 && !board.Buses.Any(bus => bus.Name == signal.Bus))
            {
                problems.Add(BoardRule.Reference, signal.Line, "bus", $"{signal.Name}: there is no bus {signal.Bus}", "Add it under buses or correct the name");
            }

            if ((signal.Bus.Length > 0) != (signal.BusLine.Length > 0))
            {
                problems.Add(BoardRule.BusLine, signal.Line, "line", $"{signal.Name}: bus and line belong together", "Write both or neither");
            }

            if (signal.Connector.Length > 0 && !board.Connectors.Any(connector => connector.Name == signal.Connector))
            {
                problems.Add(BoardRule.Reference, signal.Line, "connector", $"{signal.Name}: there is no connector {signal.Connector}", "Add it under connectors or correct the name");
            }
        }

        for (int i = 0; i < board.Rails.Count; i++)
        {
            PowerRail rail = board.Rails[i];
            if (!Supplies.Contains(rail.From) && !board.Rails.Take(i).Any(other => other.Name == rail.From))
            {
                problems.Add(BoardRule.Reference, rail.Line, "from", $"{rail.Name}: made from {rail.From}, which is no rail before it", "Write mains, USB, or a rail that stands above");
            }
        }
    }
}

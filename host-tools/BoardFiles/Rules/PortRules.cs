// Every port of the controller is on pins, served by the chip itself, or said not to be fitted: exactly one of the three.
namespace BoardFiles.Rules;

internal static class PortRules
{
    public static void Check(Board board, IReadOnlyList<string> ports, ProblemList problems)
    {
        foreach ((string port, long line) in board.Signals.SelectMany(signal => signal.Ports.Select(port => (port, signal.Line))).Where(use => !ports.Contains(use.port)))
        {
            AddUnknown(port, line, ports, problems);
        }

        foreach (Named entry in board.ChipPorts.Concat(board.NotFitted).Where(entry => !ports.Contains(entry.Name)))
        {
            AddUnknown(entry.Name, entry.Line, ports, problems);
        }

        foreach (string port in ports)
        {
            List<long> places = [];
            places.AddRange(board.Signals.Where(signal => signal.Serves(port)).Select(signal => signal.Line).Take(1));
            places.AddRange(board.ChipPorts.Where(entry => entry.Name == port).Select(entry => entry.Line));
            places.AddRange(board.NotFitted.Where(entry => entry.Name == port).Select(entry => entry.Line));
            if (places.Count == 0)
            {
                problems.Add(BoardRule.Port, 1, "signals", $"the controller's port {port} is nowhere on this board", "Give it signals, or name it under chipPorts or notFitted");
            }
            else if (places.Count > 1)
            {
                problems.Add(BoardRule.Port, places[1], "port", $"the port {port} is declared already at line {places[0]}", "It is on pins, in the chip, or not fitted: keep one");
            }
        }
    }

    private static void AddUnknown(string port, long line, IReadOnlyList<string> ports, ProblemList problems) =>
        problems.Add(BoardRule.Port, line, "port", $"the controller has no port {port}", "Choose one of " + string.Join(", ", ports));
}

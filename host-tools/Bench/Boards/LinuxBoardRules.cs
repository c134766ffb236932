// What a board file may not say. All broken rules are told at once.
using BoardFiles;

namespace Bench.Boards;

/// <summary>Checks a board.</summary>
internal static class LinuxBoardRules
{
    private const int Ads1115Channels = 4;
    private const int HighestAddress = 0x77;
    private const int LowestAddress = 0x08;

    /// <summary>What is wrong with a board; nothing when it is right.</summary>
    public static IReadOnlyList<BoardProblem> Check(LinuxBoard board)
    {
        List<BoardProblem> problems = [];
        CheckNames(board, problems);
        CheckLines(board, problems);
        CheckDevices(board, problems);
        if (board.Header == HeaderKind.RaspberryPi)
        {
            CheckHeader(board, problems);
        }

        return [.. problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.What, StringComparer.Ordinal)];
    }

    private static void CheckNames(LinuxBoard board, List<BoardProblem> problems)
    {
        IReadOnlyDictionary<string, SignalKind> known = SignalNames.Of(board.Role);
        foreach (BoardSignal signal in board.Signals)
        {
            if (!known.TryGetValue(signal.Name, out SignalKind kind))
            {
                Add(problems, board, BoardRule.Reference, signal, "name", $"a {Role(board)} has no signal \"{signal.Name}\"", "Known: " + string.Join(", ", known.Keys.Order(StringComparer.Ordinal)));
            }
            else if (kind != signal.Kind)
            {
                Add(problems, board, BoardRule.Form, signal, "kind", $"\"{signal.Name}\" has to be of the kind {Camel(kind)}", "See \"Board files\" in README.md");
            }
        }

        foreach (IGrouping<string, BoardSignal> twice in board.Signals.GroupBy(signal => signal.Name).Where(group => group.Count() > 1))
        {
            Add(problems, board, BoardRule.DoubleUse, twice.Last(), "name", $"\"{twice.Key}\" is there twice", "Leave one of them out");
        }

        foreach (string name in SignalNames.Needed(board.Role).Where(name => board.Find(name) is null))
        {
            problems.Add(new BoardProblem(BoardRule.Port, board.File, 1, "signals", $"\"{name}\" is missing: no {Role(board)} can do without", "Add it"));
        }

        if (board.Role == BoardRole.Jig && board.Controller.Length == 0)
        {
            problems.Add(new BoardProblem(BoardRule.Form, board.File, 1, "controller", "a jig has to name the board that it tests", "Write controller: and a name of hardware/boards"));
        }
    }

    // The bus lines of parts on one bus are the same wires; every other line has one use.
    private static void CheckLines(LinuxBoard board, List<BoardProblem> problems)
    {
        Dictionary<int, (string Signal, string Use)> uses = [];
        foreach (BoardSignal signal in board.Signals)
        {
            foreach ((string line, int gpio) in signal.Pins)
            {
                string use = signal.Kind is SignalKind.I2c or SignalKind.Adc ? FormattableString.Invariant($"i2c {signal.Bus} {line}") : $"{signal.Name} {line}";
                if (uses.TryGetValue(gpio, out (string Signal, string Use) other) && other.Use != use)
                {
                    Add(problems, board, BoardRule.DoubleUse, signal, line, $"GPIO{gpio} is used by \"{other.Signal}\" too", "Give one of them another line");
                }

                uses[gpio] = (signal.Name, use);
            }
        }
    }

    private static void CheckDevices(LinuxBoard board, List<BoardProblem> problems)
    {
        Unique(board, problems, signal => signal.Kind == SignalKind.Uart, signal => signal.Device, "device");
        Unique(board, problems, signal => signal.Kind == SignalKind.Adc, signal => FormattableString.Invariant($"channel {signal.Channel} of the converter at 0x{signal.Address:x2} on bus {signal.Bus}"), "channel");
        Unique(board, problems, signal => signal.Kind == SignalKind.Pwm && !signal.IsSoftware, signal => FormattableString.Invariant($"channel {signal.Channel} of PWM chip {signal.Chip}"), "channel");

        // A sampler takes a whole bus: whatever else is on it would drive MISO.
        Unique(board, problems, signal => signal.Kind is SignalKind.Spi or SignalKind.Sampler, signal => FormattableString.Invariant($"SPI bus {signal.Bus}"), "bus");
        foreach (BoardSignal signal in board.Signals)
        {
            CheckNumbers(board, problems, signal);
        }
    }

    private static void CheckNumbers(LinuxBoard board, List<BoardProblem> problems, BoardSignal signal)
    {
        if (signal.Kind == SignalKind.Adc && (signal.Channel >= Ads1115Channels || signal.Address is < LowestAddress or > HighestAddress))
        {
            Add(problems, board, BoardRule.Address, signal, "channel", "an ADS1115 has channels 0 to 3 and an address of 0x48 to 0x4b", "Correct it");
        }

        if (signal.Kind == SignalKind.Pwm && signal.FrequencyHz is < 1 or > 100_000)
        {
            Add(problems, board, BoardRule.Pwm, signal, "frequencyHz", FormattableString.Invariant($"{signal.FrequencyHz} Hz cannot be"), "Write 1 to 100000");
        }

        if (signal.Kind == SignalKind.Pwm && board.Role == BoardRole.Jig && signal.FullMillivolts == 0)
        {
            Add(problems, board, BoardRule.Form, signal, "fullMillivolts", "a voltage has to say what full duty gives", "Write fullMillivolts:, as measured behind the filter");
        }

        if (signal.Kind is SignalKind.Spi or SignalKind.Sampler && signal.SpeedHz is < 4_000 or > 32_000_000)
        {
            Add(problems, board, BoardRule.BusUnit, signal, "speedHz", FormattableString.Invariant($"{signal.SpeedHz} Hz cannot be"), "Write 4000 to 32000000");
        }

        if (signal.Kind == SignalKind.Adc && signal.OhmsAbove > 0 && signal.OhmsBelow == 0)
        {
            Add(problems, board, BoardRule.Adc, signal, "ohmsBelow", "a divider has two resistors", "Write ohmsBelow: too");
        }
    }

    private static void CheckHeader(LinuxBoard board, List<BoardProblem> problems)
    {
        foreach (BoardSignal signal in board.Signals)
        {
            foreach ((string line, int gpio) in signal.Pins)
            {
                if (PinHeader.PinOf(gpio) == 0)
                {
                    Add(problems, board, BoardRule.NoSuchPin, signal, line, $"the header has no GPIO{gpio}", "Choose another line");
                }
                else if (PinHeader.FixedLine(signal, line) is int fixedLine && fixedLine != gpio)
                {
                    Add(problems, board, BoardRule.BusLine, signal, line, $"{line} of this bus is GPIO{fixedLine}", "Write that, or name another bus");
                }
            }

            if (signal.Kind == SignalKind.Pwm && !signal.IsSoftware && !PinHeader.IsPwmLine(signal.Channel, signal.Gpio))
            {
                Add(problems, board, BoardRule.Pwm, signal, "gpio", FormattableString.Invariant($"PWM channel {signal.Channel} cannot be on GPIO{signal.Gpio}"), "Channel 0 is on GPIO12 or 18, channel 1 on 13 or 19");
            }
        }
    }

    private static void Unique(LinuxBoard board, List<BoardProblem> problems, Func<BoardSignal, bool> which, Func<BoardSignal, string> key, string field)
    {
        foreach (IGrouping<string, BoardSignal> twice in board.Signals.Where(which).GroupBy(key).Where(group => group.Count() > 1))
        {
            Add(problems, board, BoardRule.DoubleUse, twice.Last(), field, $"\"{twice.First().Name}\" and \"{twice.Last().Name}\" have the same: {twice.Key}", "Give one of them another");
        }
    }

    private static void Add(List<BoardProblem> problems, LinuxBoard board, BoardRule rule, BoardSignal signal, string field, string what, string remedy) =>
        problems.Add(new BoardProblem(rule, board.File, signal.FileLine, $"{signal.Name}.{field}", what, remedy));

    private static string Role(LinuxBoard board) => board.Role == BoardRole.Pole ? "pole" : "jig";

    private static string Camel(SignalKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];
}

// What the lines do while no firmware runs: the levels said must be the ones that the resistors make, the chip must start, and the
// light must be on.
namespace BoardFiles.Rules;

internal static class ResetRules
{
    public static void Check(Board board, Chip chip, ProblemList problems)
    {
        foreach (BoardSignal signal in board.Signals)
        {
            StrappingPin? strapping = chip.StrappingPins.FirstOrDefault(pin => pin.Pin == signal.Pin);
            CheckLevel(signal, strapping, problems);
            if (strapping is not null)
            {
                CheckStrapping(signal, strapping, problems);
            }

            CheckLight(signal, problems);
        }
    }

    private static void CheckLevel(BoardSignal signal, StrappingPin? strapping, ProblemList problems)
    {
        LineLevel made = signal.BoardPull switch
        {
            PullResistor.Up => LineLevel.High,
            PullResistor.Down => LineLevel.Low,
            _ => strapping?.OwnPull ?? LineLevel.Floating,
        };

        // An input may be driven by the part that it listens to; only a resistor contradicts that.
        bool isDrivenFromOutside = signal.Direction == SignalDirection.Input && signal.BoardPull == PullResistor.None;
        if (signal.AtReset != made && !isDrivenFromOutside)
        {
            problems.Add(
                BoardRule.ResetLevel,
                signal.Line,
                "atReset",
                $"{signal.Name}: atReset says {Word(signal.AtReset)}, but the resistors make it {Word(made)}",
                "Correct atReset, or fit a resistor (boardPull); the chip's own pull only works once the firmware runs");
        }
    }

    private static void CheckStrapping(BoardSignal signal, StrappingPin strapping, ProblemList problems)
    {
        if (strapping.BootLevel == LineLevel.Floating || signal.StrappingNote.Length > 0)
        {
            return;
        }

        PullResistor against = strapping.BootLevel == LineLevel.High ? PullResistor.Down : PullResistor.Up;
        if (signal.BoardPull == against)
        {
            problems.Add(BoardRule.Strapping, signal.Line, "boardPull", $"{signal.Name}: GPIO{signal.Pin} has to be {Word(strapping.BootLevel)} at reset ({strapping.Decides}), but boardPull is the other way", "Choose another pin, turn the resistor round, or say in strappingNote why it may be so");
        }
        else if (signal.Direction != SignalDirection.Output)
        {
            problems.Add(BoardRule.Strapping, signal.Line, "pin", $"{signal.Name}: what is connected may drive GPIO{signal.Pin} at reset, which has to be {Word(strapping.BootLevel)} then ({strapping.Decides})", "Choose another pin, or say in strappingNote why it may be so");
        }
    }

    private static void CheckLight(BoardSignal signal, ProblemList problems)
    {
        bool isLight = (signal.Serves(ControllerPorts.Relay) || signal.Serves(ControllerPorts.Dimmer)) && signal.Direction == SignalDirection.Output;
        if (!isLight)
        {
            return;
        }

        string light = signal.Serves(ControllerPorts.Relay) ? "the relay closed" : "the lamp at full light";
        if (signal.LightLevel == LineLevel.Floating)
        {
            problems.Add(BoardRule.LightAtReset, signal.Line, "lightLevel", $"{signal.Name}: lightLevel is missing", $"Say which level (low or high) leaves {light}");
        }
        else if (signal.AtReset != signal.LightLevel)
        {
            problems.Add(BoardRule.LightAtReset, signal.Line, "boardPull", $"{signal.Name}: at reset the line is {Word(signal.AtReset)}, but {light} needs {Word(signal.LightLevel)}", "Fit a resistor to that level: a dead controller has to leave the light on");
        }
    }

    private static string Word(LineLevel level) => level switch
    {
        LineLevel.High => "high",
        LineLevel.Low => "low",
        _ => "floating",
    };
}

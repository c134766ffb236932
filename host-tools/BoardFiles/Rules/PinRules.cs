// Each pin once, and only pins that the module really has to give.
namespace BoardFiles.Rules;

internal static class PinRules
{
    public static void Check(Board board, Chip chip, ProblemList problems)
    {
        ChipModule? module = chip.Modules.FirstOrDefault(candidate => candidate.Name == board.Module);
        if (module is null)
        {
            problems.Add(BoardRule.Reference, board.ModuleLine, "module", $"{chip.Name} has no module \"{board.Module}\"", "Choose one of " + string.Join(", ", chip.Modules.Select(known => known.Name)));
        }

        foreach (BoardSignal signal in board.Signals)
        {
            CheckPin(signal, chip, module, problems);
        }

        problems.AddRepeated(
            "pin",
            board.Signals.Select(signal => (signal.Pin, signal.Line)).Concat(board.KeepFree.Select(pin => (pin.Pin, pin.Line))),
            use => use.Pin,
            use => use.Line,
            use => FormattableString.Invariant($"GPIO{use.Pin}"),
            "Give one of the two another pin");
    }

    private static void CheckPin(BoardSignal signal, Chip chip, ChipModule? module, ProblemList problems)
    {
        if (!chip.Pins.Contains(signal.Pin))
        {
            problems.Add(BoardRule.NoSuchPin, signal.Line, "pin", $"{signal.Name}: {chip.Name} has no GPIO{signal.Pin}", "Choose a pin of the chip file");
            return;
        }

        if (module is not null && module.MemoryPins.Contains(signal.Pin))
        {
            problems.Add(BoardRule.MemoryPin, signal.Line, "pin", $"{signal.Name}: GPIO{signal.Pin} carries the flash or PSRAM of {module.Name}", "Choose another pin; the chip cannot run without its flash");
        }
        else if (module is not null && module.HiddenPins.Contains(signal.Pin))
        {
            problems.Add(BoardRule.NoSuchPin, signal.Line, "pin", $"{signal.Name}: {module.Name} does not bring out GPIO{signal.Pin}", "Choose a pin that the module brings out");
        }

        if (signal.Direction != SignalDirection.Input && chip.InputOnlyPins.Contains(signal.Pin))
        {
            problems.Add(BoardRule.InputOnly, signal.Line, "pin", $"{signal.Name}: GPIO{signal.Pin} can only be read, but is driven", "Choose a pin that can drive");
        }

        bool isDriven = signal.Direction != SignalDirection.Input;
        bool hasDrive = signal.Drive is SignalDrive.PushPull or SignalDrive.OpenDrain;
        if (isDriven != hasDrive)
        {
            problems.Add(BoardRule.Form, signal.Line, "drive", $"{signal.Name}: direction and drive contradict each other", "An output or bidirectional signal is pushPull or openDrain; an input is none or analog");
        }
    }
}

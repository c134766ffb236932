// PWM: channels that exist, one signal each, one frequency for those that share a timer.
namespace BoardFiles.Rules;

internal static class PwmRules
{
    public static void Check(Board board, Chip chip, ProblemList problems)
    {
        List<BoardSignal> signals = [.. board.Signals.Where(signal => signal.Pwm is not null)];
        problems.AddRepeated("channel", signals, signal => signal.Pwm!.Channel, signal => signal.Line, signal => $"PWM channel {signal.Pwm!.Channel}", "Give one of the two another channel");
        Dictionary<int, BoardSignal> timers = [];
        foreach (BoardSignal signal in signals)
        {
            PwmUse pwm = signal.Pwm!;
            if (pwm.Channel < 1 || pwm.Channel > chip.PwmChannels)
            {
                problems.Add(BoardRule.Pwm, signal.Line, "channel", $"{signal.Name}: there is no PWM channel {pwm.Channel}", $"Use 1 to {chip.PwmChannels}");
                continue;
            }

            if (signal.Direction != SignalDirection.Output)
            {
                problems.Add(BoardRule.Pwm, signal.Line, "direction", $"{signal.Name}: PWM on a signal that is no output", "Make it an output or remove pwm");
            }

            if (pwm.FrequencyHz < 1 || pwm.FrequencyHz > chip.PwmClockHz / 2)
            {
                problems.Add(BoardRule.Pwm, signal.Line, "frequencyHz", $"{signal.Name}: {pwm.FrequencyHz} Hz cannot be made", $"Use 1 to {chip.PwmClockHz / 2} Hz");
            }

            int timer = (pwm.Channel - 1) / chip.PwmChannelsATimer;
            if (!timers.TryAdd(timer, signal) && timers[timer].Pwm!.FrequencyHz != pwm.FrequencyHz)
            {
                BoardSignal other = timers[timer];
                problems.Add(
                    BoardRule.Pwm,
                    signal.Line,
                    "frequencyHz",
                    $"{signal.Name}: PWM channel {pwm.Channel} shares its timer with channel {other.Pwm!.Channel} ({other.Name}), which has {other.Pwm.FrequencyHz} Hz and not {pwm.FrequencyHz} Hz",
                    $"Use one frequency for both, or a channel that is not among {(timer * chip.PwmChannelsATimer) + 1} to {(timer + 1) * chip.PwmChannelsATimer}");
            }
        }
    }
}

// Analogue inputs and pulse channels: the channel is the one at that pin, can do what the signal needs, and is used once.
namespace BoardFiles.Rules;

internal static class ChannelRules
{
    public static void Check(Board board, Chip chip, ProblemList problems)
    {
        foreach (BoardSignal signal in board.Signals.Where(signal => signal.Adc is not null))
        {
            CheckAdc(signal, signal.Adc!, chip, problems);
        }

        List<BoardSignal> pulses = [.. board.Signals.Where(signal => signal.RmtChannel is not null)];
        problems.AddRepeated(
            "rmtChannel", pulses, signal => signal.RmtChannel!.Value, signal => signal.Line, signal => $"RMT channel {signal.RmtChannel}", "Give one of the two another channel");
        foreach (BoardSignal signal in pulses)
        {
            CheckRmt(signal, chip, problems);
        }
    }

    private static void CheckAdc(BoardSignal signal, AdcUse adc, Chip chip, ProblemList problems)
    {
        if (adc.Channel >= chip.AdcPins.Count)
        {
            problems.Add(BoardRule.Adc, signal.Line, "channel", $"{signal.Name}: there is no ADC channel {adc.Channel} that the radio leaves alone", $"Use 0 to {chip.AdcPins.Count - 1}");
        }
        else if (chip.AdcPins[adc.Channel] != signal.Pin)
        {
            problems.Add(BoardRule.Adc, signal.Line, "channel", $"{signal.Name}: ADC channel {adc.Channel} is at GPIO{chip.AdcPins[adc.Channel]} and not at GPIO{signal.Pin}", "Correct the pin or the channel");
        }

        if (signal.Drive != SignalDrive.Analog)
        {
            problems.Add(BoardRule.Adc, signal.Line, "drive", $"{signal.Name}: an ADC channel on a signal that is not analogue", "Write direction: input, drive: analog");
        }

        if ((adc.OhmsAbove > 0) != (adc.OhmsBelow > 0) || (adc.NtcBeta > 0 && adc.OhmsAbove != adc.OhmsBelow))
        {
            problems.Add(BoardRule.Adc, signal.Line, "ohmsAbove", $"{signal.Name}: the divider is not whole", "Give ohmsAbove and ohmsBelow, or neither; an NTC is fed by a resistor of its own value at 25 degrees");
        }
    }

    private static void CheckRmt(BoardSignal signal, Chip chip, ProblemList problems)
    {
        IReadOnlyList<int> able = signal.Direction == SignalDirection.Input ? chip.RmtReceiveChannels : chip.RmtTransmitChannels;
        if (!able.Contains(signal.RmtChannel!.Value))
        {
            string does = signal.Direction == SignalDirection.Input ? "receives" : "sends";
            problems.Add(BoardRule.Rmt, signal.Line, "rmtChannel", $"{signal.Name}: RMT channel {signal.RmtChannel} is none that {does}", "Use one of " + string.Join(", ", able));
        }
    }
}

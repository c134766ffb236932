// What a step expects of one reading: a word, or a number within bounds.
using System.Globalization;
using Bench.Boards;

namespace Bench.Plans;

/// <summary>What can be read.</summary>
internal enum ReadingKind
{
    /// <summary>Voltage of the 0-10 V output.</summary>
    DimmerMillivolts,

    /// <summary>Duty of the dimmer's PWM, in thousandths.</summary>
    PwmDutyPermille,

    /// <summary>Frequency of the dimmer's PWM; 0 while it does not change.</summary>
    PwmHertz,

    /// <summary>The relay: open or closed.</summary>
    Relay,

    /// <summary>Pulses to the watchdog since the step began.</summary>
    WatchdogPulses,

    /// <summary>The longest time without a pulse since the step began.</summary>
    WatchdogLongestGapMs,

    /// <summary>Forward frames seen on the DALI bus since the step began.</summary>
    DaliFrames,

    /// <summary>The last arc power level seen on the DALI bus since the step began.</summary>
    DaliLevel,

    /// <summary>A field of the service port's answer.</summary>
    Answer,

    /// <summary>How the service port answered: ok, error's code, or none.</summary>
    Answered,
}

/// <summary>An expectation.</summary>
internal sealed record Expectation
{
    /// <summary>The line of the file.</summary>
    public required long FileLine { get; init; }

    /// <summary>What is read.</summary>
    public required ReadingKind Read { get; init; }

    /// <summary>Words that the line of the answer has to hold.</summary>
    public IReadOnlyList<string> Where { get; init; } = [];

    /// <summary>The key in that line; empty when the line's being there is all.</summary>
    public string Field { get; init; } = "";

    /// <summary>Whether no such line may be there.</summary>
    public bool IsAbsent { get; init; }

    /// <summary>The word that is expected; empty for a number.</summary>
    public string Is { get; init; } = "";

    /// <summary>The least number.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>The greatest number.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>The jig's signal that it needs; null for none but the service port.</summary>
    public string? Signal => Read switch
    {
        ReadingKind.DimmerMillivolts => SignalNames.Dimmer,
        ReadingKind.PwmDutyPermille or ReadingKind.PwmHertz => SignalNames.DimmerPwm,
        ReadingKind.Relay => SignalNames.RelayOpen,
        ReadingKind.WatchdogPulses or ReadingKind.WatchdogLongestGapMs => SignalNames.WatchdogPet,
        ReadingKind.DaliFrames or ReadingKind.DaliLevel => SignalNames.Dali,
        _ => null,
    };

    /// <summary>What it is about, for people and result files.</summary>
    public string What => Read == ReadingKind.Answer ? string.Join(' ', ["answer", .. Where, Field]).TrimEnd() : Name(Read);

    /// <summary>What is wanted, for people and result files.</summary>
    public string Wanted =>
        IsAbsent ? "no such line"
        : Is.Length > 0 ? Is
        : double.IsInfinity(Minimum) && double.IsInfinity(Maximum) ? "such a line"
        : double.IsInfinity(Maximum) ? "at least " + Text(Minimum)
        : double.IsInfinity(Minimum) ? "at most " + Text(Maximum)
        : $"{Text(Minimum)} to {Text(Maximum)}";

    /// <summary>The name of a reading in plans.</summary>
    public static string Name(ReadingKind kind) => char.ToLowerInvariant(kind.ToString()[0]) + kind.ToString()[1..];

    /// <summary>Whether a reading is what is wanted.</summary>
    /// <param name="was">What was read; null when nothing could be read or no line is there.</param>
    public bool Holds(string? was)
    {
        if (was is null || IsAbsent)
        {
            return IsAbsent && was is null;
        }

        if (Is.Length > 0)
        {
            return was == Is;
        }

        return (double.IsInfinity(Minimum) && double.IsInfinity(Maximum))
            || (double.TryParse(was, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= Minimum && number <= Maximum);
    }

    private static string Text(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}

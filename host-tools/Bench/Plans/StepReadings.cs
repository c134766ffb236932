// Reads what a step expects, from the jig's instruments and from the service port's last answer.
using System.Globalization;
using Bench.Jig;
using Simulation.Servicing;

namespace Bench.Plans;

/// <summary>The readings of one step.</summary>
internal sealed class StepReadings(JigInstruments jig)
{
    private readonly List<DaliFrame> _frames = [];
    private PwmWave? _pwm;
    private bool _hasDali;

    /// <summary>The last answer of the service port; null when nothing was asked.</summary>
    public IReadOnlyList<string>? Answer { get; set; }

    /// <summary>Reads everything anew.</summary>
    public IReadOnlyList<Reading> Take(IReadOnlyList<Expectation> expectations)
    {
        _pwm = null;
        _hasDali = false;
        return [.. expectations.Select(expectation =>
        {
            string? was = Read(expectation);
            return new Reading(expectation.What, expectation.Wanted, was ?? "nothing", expectation.Holds(was));
        })];
    }

    private string? Read(Expectation expectation) => expectation.Read switch
    {
        ReadingKind.DimmerMillivolts => Text(jig.Dimmer!.ReadMillivolts()),
        ReadingKind.PwmDutyPermille => Text(Pwm().DutyPermille),
        ReadingKind.PwmHertz => Text(Pwm().Hertz),
        ReadingKind.Relay => jig.RelayOpen!.IsActive ? "open" : "closed",
        ReadingKind.WatchdogPulses => Text(jig.Watchdog!.Count),
        ReadingKind.WatchdogLongestGapMs => Text(jig.Watchdog!.LongestGapMs),
        ReadingKind.DaliFrames => Text(Dali().Count),
        ReadingKind.DaliLevel => LastLevel(),
        ReadingKind.Answered => Answered(),
        _ => FromAnswer(expectation),
    };

    private PwmWave Pwm() => _pwm ??= PwmWave.Measure(jig.DimmerPwm!.Take(), jig.DimmerPwm.SamplesPerSecond);

    private List<DaliFrame> Dali()
    {
        if (!_hasDali)
        {
            _frames.AddRange(DaliWave.Find(jig.Dali!.Take(), jig.Dali.SamplesPerSecond));
            _hasDali = true;
        }

        return _frames;
    }

    private string? LastLevel()
    {
        int last = Dali().FindLastIndex(frame => frame.ArcPower >= 0);
        return last < 0 ? null : Text(_frames[last].ArcPower);
    }

    private string Answered()
    {
        string last = Answer is { Count: > 0 } ? Answer[^1] : "";
        return last.StartsWith("error ", StringComparison.Ordinal) ? ServiceAnswer.Field(last, "code") ?? "error" : ServiceAnswer.IsLast(last) ? "ok" : "none";
    }

    // The first line that holds all the words. Without a field the line itself is the reading.
    private string? FromAnswer(Expectation expectation)
    {
        string? line = Answer?.FirstOrDefault(text => expectation.Where.All(word => text.Split(' ').Contains(word)));
        return line is null ? null : expectation.Field.Length == 0 ? line : ServiceAnswer.Field(line, expectation.Field);
    }

    private static string Text(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}

// The lamp at full, half and no light: what the controller drives, what the meter says, what the technician sees. Every command ends by itself after five minutes, so an
// interrupted visit leaves the lamp to its program.
using System.Globalization;
using Provisioning.ServicePort;

namespace Provisioning.Commissioning.Steps;

/// <summary>Tests the lamp.</summary>
internal static class LampSteps
{
    private const int CommandSeconds = 300;
    private const int Looks = 6;
    private const int LookMs = 1_000;
    private const int FullPermille = 1_000;

    private static readonly (string Part, int LevelPermille, string Question)[] s_levels =
    [
        ("full", FullPermille, Questions.LampFull), ("half", 500, Questions.LampHalf), ("off", 0, Questions.LampOff),
    ];

    public static IEnumerable<CommissioningStep> Run(CommissioningVisit visit)
    {
        string? meter = FindMeter(visit);
        foreach ((string part, int level, string question) in s_levels)
        {
            yield return Test(visit, meter, part, level, question);
        }

        visit.Session.Ask("light program");
    }

    private static string? FindMeter(CommissioningVisit visit)
    {
        string[] sensors = [.. visit.Session.Require("health").Lines.Select(record => record.Find("sensor") ?? "")];
        return sensors.FirstOrDefault(name => name == "meter") ?? sensors.FirstOrDefault(name => name == "gear");
    }

    private static CommissioningStep Test(CommissioningVisit visit, string? meter, string part, int level, string question)
    {
        visit.Session.Require(string.Create(CultureInfo.InvariantCulture, $"light {level} {CommandSeconds}"));
        CommissioningVisit.Pause(visit.Request.LampSettleMs);
        List<MeasuredValue> measured = [new("commandedPermille", Text(level))];
        if (!Reaches(visit, level, measured))
        {
            return CommissioningStep.Failed(StepNames.Lamp, part, StepReasons.LevelNotReached, measured);
        }

        string? reason = JudgePower(visit, meter, measured);
        bool? isSeen = visit.Technician.Ask(question, "");
        measured.Add(new("asked", isSeen is { } answer ? (answer ? "yes" : "no") : "nobody"));
        reason ??= isSeen == false ? StepReasons.SeenOtherwise : null;
        bool isJudged = isSeen is not null || measured.Any(value => value.Name == "expectedMilliwatts");
        return reason is not null ? CommissioningStep.Failed(StepNames.Lamp, part, reason, measured)
            : isJudged ? CommissioningStep.Passed(StepNames.Lamp, part, measured)
            : CommissioningStep.Skipped(StepNames.Lamp, part, StepReasons.Unattended, measured);
    }

    private static bool Reaches(CommissioningVisit visit, int level, List<MeasuredValue> measured)
    {
        for (int look = 0; look < Looks; look++)
        {
            ServiceRecord? lamp = visit.Value("lamp");
            if (look == Looks - 1 || lamp?.Number("levelPermille") == level)
            {
                measured.Add(new("levelPermille", lamp?.Find("levelPermille") ?? "unknown"));
                measured.Add(new("cause", lamp?.Find("cause") ?? "unknown"));
                return lamp?.Number("levelPermille") == level && lamp.Find("quality") == "ok";
            }

            CommissioningVisit.Pause(LookMs);
        }

        return false;
    }

    // Null: nothing is wrong, or nothing is known.
    private static string? JudgePower(CommissioningVisit visit, string? meter, List<MeasuredValue> measured)
    {
        if (meter is null)
        {
            return null;
        }

        long outputPermille = visit.Value("luminaire")?.Number("outputPermille") ?? 0;
        measured.Add(new("outputPermille", Text(outputPermille)));
        string? reason = null;
        for (int look = 0; look < Looks; look++)
        {
            ServiceAnswer answer = visit.Session.Ask("sensor " + meter, ServiceClient.SensorSilenceMs);
            ServiceRecord record = answer.Lines.Count > 0 ? answer.Lines[0] : answer.Last;
            long? power = record.Number("powerMilliwatts") is { } read and >= 0 ? read : null;
            reason = power is null ? answer.ErrorCode : Compare(visit, outputPermille, power.Value);
            if (reason is null || look == Looks - 1)
            {
                AddPower(visit, outputPermille, record, power, measured);
                return reason;
            }

            // Control gear needs its time for a level.
            CommissioningVisit.Pause(LookMs);
        }

        return reason;
    }

    private static string? Compare(CommissioningVisit visit, long outputPermille, long powerMilliwatts)
    {
        if (visit.Pole.FullPowerWatts is not { } watts)
        {
            return null;
        }

        double expected = watts * outputPermille;
        double tolerance = watts * visit.Request.TolerancePercent * 10;
        return powerMilliwatts > expected + tolerance ? StepReasons.PowerTooHigh
            : powerMilliwatts < expected - tolerance ? StepReasons.PowerTooLow
            : null;
    }

    private static void AddPower(CommissioningVisit visit, long outputPermille, ServiceRecord record, long? power, List<MeasuredValue> measured)
    {
        if (power is { } milliwatts)
        {
            measured.Add(new("powerMilliwatts", Text(milliwatts)));
            measured.AddRange(((string[])["voltageMillivolts", "currentMilliamperes", "powerFactorPermille"]).Where(record.Fields.ContainsKey).Select(name => new MeasuredValue(name, record.Find(name)!)));
            if (visit.Pole.FullPowerWatts is { } watts)
            {
                measured.Add(new("expectedMilliwatts", Text((long)Math.Round(watts * outputPermille))));
                measured.Add(new("toleranceMilliwatts", Text((long)Math.Round(watts * visit.Request.TolerancePercent * 10))));
            }
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}

// Values carry the right flag: what a pole calls good is near the truth, whatever is wrong with its parts or the weather.
using PoleController.Sensing;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise of honest values.</summary>
internal static class FlagsCheck
{
    private const long HourUs = 3_600_000_000;

    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, FlagsRightCheck check)
    {
        FailureList failures = new(result);
        long good = 0;
        long flagged = 0;
        long wrong = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            if (pole.Parts.Surroundings is not { } around)
            {
                continue;
            }

            around.Bin?.AdvanceTo(result.TimeUs);
            foreach (ToldValue told in result.Told.Values(pole.Index))
            {
                if (told.Quality != Quality.Ok)
                {
                    flagged++;
                    continue;
                }

                good++;
                (string name, string unit, PartName part, double floor) = Truth.Describe(told.Quantity);
                if (Truth.Range(around, told.Quantity, told.MeasuredUs, result.Scenario.StartUtcMs) is not { } truth || IsDrifting(result, pole.Index, part, told.MeasuredUs))
                {
                    continue;
                }

                if (!told.IsKnown || truth.OffPercent(told.Value, floor) > check.TolerancePercent)
                {
                    wrong++;
                    failures.Add(pole.Index, told.MeasuredUs, FormattableString.Invariant($"{name} {told.Value:0.#} {unit} called good; true {truth.Low:0.#} to {truth.High:0.#}"));
                }
            }
        }

        double percent = Text.Share(good - wrong, good);
        return CheckOutcome.From(
            "flagsRight",
            "Values that are called good are near the truth",
            percent >= check.MinimumPercent && (good > 0 || !result.ScenarioReport.IsComplete),
            $"at least {Text.Percent(check.MinimumPercent)} of them within {Text.Percent(check.TolerancePercent)} (drift, which no part can know of, apart)",
            $"{Text.Percent(percent)} of {Text.Count(good, "good value")}; {Text.Count(flagged, "value")} with another flag",
            failures,
            result);
    }

    /// <summary>Whether a part gives values that are off without being able to know it.</summary>
    private static bool IsDrifting(FleetResult result, int poleIndex, PartName part, long measuredUs) => result.Faults.Any(fault =>
        fault.PoleIndex == poleIndex && fault.Kind == FaultKind.PartTrouble && fault.Part == part && fault.Trouble == PartTrouble.Drifting
        && fault.StartUs <= measuredUs && (fault.EndUs == long.MaxValue || fault.EndUs + (2 * HourUs) >= measuredUs));
}

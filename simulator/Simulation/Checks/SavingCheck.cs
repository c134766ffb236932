// The energy saved against the same lamps at full light all night, the controllers' own consumption counted.
using Simulation.Engine;
using Simulation.Scenarios;

namespace Simulation.Checks;

/// <summary>The promise of saving.</summary>
internal static class SavingCheck
{
    /// <summary>Judges.</summary>
    public static CheckOutcome Run(FleetResult result, EnergySavingCheck check)
    {
        FailureList failures = new(result);
        double used = 0;
        double undimmed = 0;
        foreach (SimulatedPole pole in result.Poles)
        {
            double poleUsed = PoleEnergy.LampWattHours(pole) + PoleEnergy.ControllerWattHours(pole, result.Scenario);
            double poleUndimmed = PoleEnergy.UndimmedWattHours(result, pole.Index);
            used += poleUsed;
            undimmed += poleUndimmed;
            if (SavingPercent(poleUsed, poleUndimmed) < check.MinimumPercent)
            {
                failures.Add(pole.Index, null, "saved " + Text.Percent(SavingPercent(poleUsed, poleUndimmed)));
            }
        }

        // A run that was stopped before the first night has no light to save on: nothing is judged then.
        bool isBeforeNight = undimmed <= 0 && !result.ScenarioReport.IsComplete;
        double percent = SavingPercent(used, undimmed);
        return CheckOutcome.From(
            "energySaving",
            "Energy is saved against LED at full light all night",
            isBeforeNight || percent >= check.MinimumPercent,
            "at least " + Text.Percent(check.MinimumPercent) + ", the controllers' own consumption counted",
            isBeforeNight ? "nothing yet, the run was stopped before the first night" : Text.Percent(percent),
            failures,
            result);
    }

    private static double SavingPercent(double used, double undimmed) => undimmed > 0 ? 100 * (1 - (used / undimmed)) : 0;
}

/// <summary>The energy of one pole, for checks and report.</summary>
internal static class PoleEnergy
{
    private const double MicrosecondsPerHour = 3_600_000_000.0;

    /// <summary>What the luminaire used.</summary>
    public static double LampWattHours(SimulatedPole pole) => pole.Parts.Recorder.EnergyMilliwattHours / 1000.0;

    /// <summary>What the controller used itself, its radar included where it has one: its power while it had mains.</summary>
    public static double ControllerWattHours(SimulatedPole pole, Scenario scenario)
    {
        int milliwatts = scenario.Controller.PowerMilliwatts + (pole.Parts.Surroundings?.Radar is null ? 0 : ControllerModel.RadarMilliwatts);
        return milliwatts / 1000.0 * pole.Parts.Recorder.FedUs / MicrosecondsPerHour;
    }

    /// <summary>What the luminaire would have used at full light all night.</summary>
    public static double UndimmedWattHours(FleetResult result, int poleIndex) => EnergyBaselines.UndimmedWattHours(
        result.Nights[poleIndex], result.Outages[poleIndex], result.Scenario.Luminaire.FullPowerWattsOf(result.Lamps[poleIndex]), result.TimeUs);

    /// <summary>What the luminaire would have used on a plain timer.</summary>
    public static double TimerWattHours(FleetResult result, int poleIndex) => EnergyBaselines.TimerWattHours(
        result.Nights[poleIndex],
        result.Outages[poleIndex],
        result.Scenario,
        result.Scenario.Luminaire.FullPowerWattsOf(result.Lamps[poleIndex]),
        result.Scenario.Luminaire.StandbyPowerWatts,
        result.TimeUs);
}

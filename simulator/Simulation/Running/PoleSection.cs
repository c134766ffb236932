// The report's section about the poles.
using PoleController.Lighting;
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Network;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.World;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class PoleSection
{
    private const double MicrosecondsPerSecond = 1_000_000.0;

    /// <summary>A pole from which nothing was heard for this many status intervals counts as silent.</summary>
    private const int SilentAfterIntervals = 12;

    /// <summary>Makes the section, in the order of the poles.</summary>
    public static PoleReport[] Build(Fleet fleet, FleetResult result, IReadOnlyList<CheckOutcome> checks)
    {
        PoleReport[] poles = new PoleReport[fleet.Poles.Length];
        for (int i = 0; i < poles.Length; i++)
        {
            poles[i] = Build(fleet.Poles[i], result, checks, fleet.Network.DeviceRequests.StatusOf(i));
        }

        return poles;
    }

    private static PoleReport Build(SimulatedPole pole, FleetResult result, IReadOnlyList<CheckOutcome> checks, DeviceStatus? status)
    {
        Lamp lamp = result.Lamps[pole.Index];
        PoleRecord record = result.Operator.Poles[pole.Index];
        PoleRecorder recorder = pole.Parts.Recorder;
        ResponseMeter responses = pole.Parts.Responses;
        return new PoleReport
        {
            Id = lamp.Id,
            Latitude = lamp.Latitude,
            Longitude = lamp.Longitude,
            Street = lamp.Street ?? "",
            Group = lamp.Group ?? "",
            FullPowerWatts = result.Scenario.Luminaire.FullPowerWattsOf(lamp),
            Outcome = Outcome(pole, record, result, checks),
            JoinedAfterSeconds = record.JoinedUs < 0 ? null : record.JoinedUs / MicrosecondsPerSecond,
            StatusSent = pole.Counters.StatusSentCount,
            StatusDelivered = record.StatusCount,
            LampEnergyWattHours = PoleEnergy.LampWattHours(pole),
            ControllerEnergyWattHours = PoleEnergy.ControllerWattHours(pole, result.Scenario),
            UndimmedEnergyWattHours = PoleEnergy.UndimmedWattHours(result, pole.Index),
            TimerEnergyWattHours = PoleEnergy.TimerWattHours(result, pole.Index),
            LampOnSeconds = recorder.LitSeconds,
            SecondsByCause = Causes(recorder),
            Arrivals = pole.Parts.Pir?.ArrivalCount ?? 0,
            Counted = pole.Counters.ArrivalCount,
            Responses = responses.Count,
            WorstResponseMs = responses.Count == 0 ? null : responses.WorstUs / 1000.0,
            SpreadingFactor = record.SpreadingFactor,
            DeviceBattery = status?.Battery,
            DownlinkMarginDecibel = status?.MarginDecibel,
            Alarms = record.AlarmCount,
            DarkSeconds = recorder.DarkUs / MicrosecondsPerSecond,
            UnexplainedDarkSeconds = recorder.UnexplainedDarkUs / MicrosecondsPerSecond,
            LevelSeries = [.. recorder.LevelBins],
            OccupancySeries = [.. recorder.OccupancyBins],
            CauseSeries = [.. recorder.CauseBins],
        };
    }

    private static PoleOutcome Outcome(SimulatedPole pole, PoleRecord record, FleetResult result, IReadOnlyList<CheckOutcome> checks)
    {
        long silentUs = result.Scenario.Settings.StatusIntervalSeconds * 1_000_000L * SilentAfterIntervals;
        long lastSilenceUs = Math.Max(record.LongestSilenceUs, result.TimeUs - record.LastHeardUs);
        if (pole.Parts.Recorder.UnexplainedDarkUs > 0)
        {
            return PoleOutcome.Dark;
        }

        if (checks.Any(check => check.FailedPoles.Contains(pole.Index)))
        {
            return PoleOutcome.CheckFailed;
        }

        if (!result.IsAttached && (record.LastHeardUs < 0 || lastSilenceUs > silentUs))
        {
            return PoleOutcome.Silent;
        }

        return record.AlarmCount > 0 ? PoleOutcome.Alarm : PoleOutcome.Ok;
    }

    private static CauseSeconds Causes(PoleRecorder recorder)
    {
        CauseSeconds causes = new();
        for (int i = 0; i < recorder.CauseUs.Count; i++)
        {
            if (recorder.CauseUs[i] > 0)
            {
                causes.Add((LevelCause)i, recorder.CauseUs[i] / MicrosecondsPerSecond);
            }
        }

        return causes;
    }
}

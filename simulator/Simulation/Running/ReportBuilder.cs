// Puts the report together from what a run left behind. Every number is in the order of the poles or of time, so that the report is a
// function of scenario and seed alone.
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Running;

/// <summary>Makes reports.</summary>
internal static class ReportBuilder
{
    private const double MicrosecondsPerSecond = 1_000_000.0;

    /// <summary>Makes the report of a run.</summary>
    public static RunReport Build(Fleet fleet, FleetResult result, IReadOnlyList<CheckOutcome> checks)
    {
        PoleReport[] poles = PoleSection.Build(fleet, result, checks);
        return new RunReport
        {
            Scenario = result.ScenarioReport,
            Totals = new TotalsReport
            {
                Poles = poles.Length,
                Arrivals = poles.Sum(pole => pole.Arrivals),
                Frames = result.Radio.SentCount + result.Radio.DownlinkSentCount,
            },
            Energy = new EnergyReport
            {
                UndimmedWattHours = poles.Sum(pole => pole.UndimmedEnergyWattHours),
                TimerWattHours = poles.Sum(pole => pole.TimerEnergyWattHours),
                LampWattHours = poles.Sum(pole => pole.LampEnergyWattHours),
                ControllersWattHours = poles.Sum(pole => pole.ControllerEnergyWattHours),
            },
            Radio = RadioSection.Build(fleet, result),
            Sensors = SensorSection.Build(result),
            Neighbours = NeighbourSection.Build(fleet),
            Journal = JournalSection.Build(result.Operator),
            Nights = Nights(fleet),
            SeriesBinSeconds = fleet.BinSeconds,
            Poles = poles,
            Commands = [.. result.Operator.Orders.Select((order, index) => (order, index)).Where(item => item.order.TimeUs < result.TimeUs).Select(item => Command(item.order, item.index, result))],
            Alarms = [.. result.Operator.Alarms.OrderBy(alarm => alarm.HappenedUs).ThenBy(alarm => alarm.PoleIndex).Select(alarm => Alarm(alarm, result))],
            Faults = [.. result.Faults.Where(fault => fault.StartUs < result.TimeUs).Select(fault => Fault(fault, result))],
            Checks = [.. checks.Select(check => check.Report)],
            RejectedRows = [.. fleet.Import.Rejected.Select(remark => Rejected(remark, fleet))],
            Warnings = [.. fleet.Warnings, .. fleet.Import.Warnings.Select(remark => $"{LampFile(fleet)}:{remark.Line}: {remark.Reason} ({remark.Value})")],
        };
    }

    // The nights at the middle of the district, for shading the charts; each pole is judged by its own.
    private static List<NightReport> Nights(Fleet fleet)
    {
        const long DayMs = 86_400_000;
        long startMs = fleet.Scenario.StartUtcMs;
        long fromMs = startMs - DayMs;
        long toMs = startMs + fleet.Scenario.DurationMs + DayMs;
        double latitude = fleet.Lamps.Average(lamp => lamp.Latitude);
        double longitude = fleet.Lamps.Average(lamp => lamp.Longitude);
        IReadOnlyList<Night> civil = SunModel.NightsBetween(fromMs, toMs, latitude, longitude);
        IReadOnlyList<Night> sun = SunModel.NightsBetween(fromMs, toMs, latitude, longitude, SunModel.HorizonDegrees);
        List<NightReport> nights = [];
        foreach (Night night in civil)
        {
            if (night.ToUtcMs <= startMs || night.FromUtcMs >= startMs + fleet.Scenario.DurationMs)
            {
                continue;
            }

            Night around = sun.FirstOrDefault(candidate => candidate.FromUtcMs <= night.FromUtcMs && candidate.ToUtcMs >= night.ToUtcMs);
            nights.Add(new NightReport
            {
                SunsetSeconds = Seconds(around.FromUtcMs, fromMs, startMs),
                DuskSeconds = Seconds(night.FromUtcMs, fromMs, startMs),
                DawnSeconds = Seconds(night.ToUtcMs, toMs, startMs),
                SunriseSeconds = Seconds(around.ToUtcMs, toMs, startMs),
            });
        }

        return nights;
    }

    // A night that reaches the edge of what was searched has no such moment there (polar night).
    private static double? Seconds(long utcMs, long edgeMs, long startMs) => utcMs == edgeMs || utcMs == 0 ? null : (utcMs - startMs) / 1000.0;

    private static CommandReport Command(CommandOrder order, int index, FleetResult result)
    {
        IReadOnlyList<long> lamps = LampObedience.SortedAfterUs(result, index);
        double atSeconds = order.TimeUs / MicrosecondsPerSecond;
        return new CommandReport
        {
            AtSeconds = atSeconds,
            LocalTime = result.ScenarioReport.LocalTimeAt(atSeconds),
            Kind = CommandText.Kind(order.Command.Action),
            Via = CommandText.CamelCase(order.Command.Path.ToString()),
            Target = CommandText.Describe(order.Command, result.Scenario.Programs),
            PolesAddressed = order.PoleIndices.Count,
            Obeyed = order.ObeyedAfterUs.Count,
            Refused = order.RefusedCount,
            Unanswered = order.PoleIndices.Count - order.ObeyedAfterUs.Count - order.RefusedCount,
            SecondsUntil50Percent = order.TimeUntilUs(50) / MicrosecondsPerSecond,
            SecondsUntil95Percent = order.TimeUntilUs(95) / MicrosecondsPerSecond,
            SecondsUntil99Percent = order.TimeUntilUs(99) / MicrosecondsPerSecond,
            SecondsUntil100Percent = order.TimeUntilUs(100) / MicrosecondsPerSecond,
            LampsObeyed = lamps.Count,
            LampSecondsByPercent = ByPercent(lamps, order.PoleIndices.Count),
            FramesSent = order.Tally.FrameCount,
            AirtimeMs = order.Tally.AirTimeUs / 1000.0,
            Collisions = order.Tally.CollisionCount,
            RepairedByUnicast = order.RepairedCount,
        };
    }

    private static double[] ByPercent(IReadOnlyList<long> sortedUs, int count) =>
    [
        .. Enumerable.Range(1, 100).Select(percent => CommandOrder.Part(sortedUs, count, percent)).OfType<long>()
            .Select(static afterUs => afterUs / MicrosecondsPerSecond),
    ];

    private static AlarmReport Alarm(ReceivedAlarm alarm, FleetResult result)
    {
        double atSeconds = alarm.HappenedUs / MicrosecondsPerSecond;
        return new AlarmReport
        {
            AtSeconds = atSeconds,
            LocalTime = result.ScenarioReport.LocalTimeAt(atSeconds),
            PoleId = result.Lamps[alarm.PoleIndex].Id,
            Kind = CommandText.CamelCase(alarm.Kind.ToString()),
            IsRaised = alarm.IsRaised,
            IsLate = alarm.IsLate,
            LevelPermille = alarm.LevelPermille,
            PowerWatts = alarm.PowerMilliwatts < 0 ? null : alarm.PowerMilliwatts / 1000.0,
            ReceivedAfterSeconds = (alarm.ReceivedUs - alarm.HappenedUs) / MicrosecondsPerSecond,
        };
    }

    private static FaultReport Fault(InjectedFault fault, FleetResult result)
    {
        double atSeconds = fault.StartUs / MicrosecondsPerSecond;
        return new FaultReport
        {
            AtSeconds = atSeconds,
            LocalTime = result.ScenarioReport.LocalTimeAt(atSeconds),
            PoleId = result.Lamps[fault.PoleIndex].Id,
            Kind = fault.Kind == FaultKind.PartTrouble
                ? $"{CommandText.CamelCase(fault.Part.ToString())} {CommandText.CamelCase(fault.Trouble.ToString())}"
                : CommandText.CamelCase(fault.Kind.ToString()),
            DetectedAfterSeconds = (AlarmCheck.DetectedUs(result, fault) - fault.StartUs) / MicrosecondsPerSecond,
        };
    }

    private static RejectedRowReport Rejected(LampRemark remark, Fleet fleet) => new()
    {
        File = LampFile(fleet),
        Line = remark.Line,
        Value = remark.Value,
        Reason = remark.Reason,
    };

    // The name alone: where the file lies on this machine is no part of the result.
    private static string LampFile(Fleet fleet) => Path.GetFileName(fleet.Scenario.Lamps.FilePath);
}

// The report's section about what poles sensed.
using PoleController.Alarms;
using PoleController.Sensing;
using Simulation.Checks;
using Simulation.Engine;
using Simulation.Operation;
using Simulation.Reports;
using Simulation.Scenarios;
using Simulation.World;

namespace Simulation.Running;

/// <summary>Makes the section.</summary>
internal static class SensorSection
{
    private const double MicrosecondsPerSecond = 1_000_000.0;
    private const long HourUs = 3_600_000_000;

    /// <summary>Points of a true course; more are not seen.</summary>
    private const int TruthPoints = 290;

    /// <summary>Poles whose courses are in the report; the others' are in the checks.</summary>
    private const int MaximumQuantities = 400;

    /// <summary>Makes the section.</summary>
    public static SensorsReport Build(FleetResult result)
    {
        List<QuantityReport> quantities = [];
        List<TrafficReport> traffic = [];
        foreach (SimulatedPole pole in result.Poles)
        {
            pole.Parts.Surroundings?.Bin?.AdvanceTo(result.TimeUs);
            if (quantities.Count < MaximumQuantities)
            {
                quantities.AddRange(result.Told.Values(pole.Index).GroupBy(static told => told.Quantity).Where(group => IsShown(result, pole.Index, group.Key)).OrderBy(static group => group.Key).Select(group => Course(result, pole, group.Key, [.. group])));
            }

            traffic.AddRange(result.Told.Traffic(pole.Index).Select(told => Traffic(result.Lamps[pole.Index].Id, told)));
        }

        return new SensorsReport
        {
            Quantities = quantities,
            Containers = [.. BinsCheck.Bins(result).Select(bin => Container(result, bin))],
            Traffic = traffic,
            Troubles = [.. Troubles(result).OrderBy(static trouble => trouble.AtSeconds).ThenBy(static trouble => trouble.PoleId, StringComparer.Ordinal)],
        };
    }

    private static bool IsShown(FleetResult result, int poleIndex, Quantity quantity) => !Truth.IsSupervision(quantity)
        || result.Faults.Any(fault => fault.PoleIndex == poleIndex && fault.Kind == FaultKind.PartTrouble && fault.Part == Truth.Describe(quantity).Part && fault.StartUs < result.TimeUs);

    private static QuantityReport Course(FleetResult result, SimulatedPole pole, Quantity quantity, IReadOnlyList<ToldValue> told)
    {
        (string name, string unit, PartName part, _) = Truth.Describe(quantity);
        PoleSurroundings? around = pole.Parts.Surroundings;
        long stepUs = Math.Max(1, result.TimeUs / TruthPoints);
        List<PointReport> truth = [];
        for (long timeUs = 0; timeUs <= result.TimeUs && around is not null; timeUs += stepUs)
        {
            if (Truth.At(around, quantity, timeUs) is double value)
            {
                truth.Add(new PointReport { AtSeconds = timeUs / MicrosecondsPerSecond, Value = value });
            }
        }

        return new QuantityReport
        {
            PoleId = result.Lamps[pole.Index].Id,
            Sensor = CommandText.CamelCase(part.ToString()),
            Name = name,
            Unit = unit,
            Thresholds = Thresholds(around, quantity),
            Truth = truth,
            Told =
            [
                .. told.OrderBy(static value => value.MeasuredUs).Select(static value => new ToldReport
                {
                    AtSeconds = value.MeasuredUs / MicrosecondsPerSecond,
                    Value = value.IsKnown ? value.Value : null,
                    Quality = CommandText.CamelCase(value.Quality.ToString()),
                }),
            ],
            Troubles =
            [
                .. result.Faults.Where(fault => fault.PoleIndex == pole.Index && fault.Kind == FaultKind.PartTrouble && fault.Part == part && fault.StartUs < result.TimeUs).Select(fault => new SpanReport
                {
                    FromSeconds = fault.StartUs / MicrosecondsPerSecond,
                    ToSeconds = Math.Min(fault.EndUs, result.TimeUs) / MicrosecondsPerSecond,
                    Text = CommandText.CamelCase(fault.Trouble.ToString()),
                }),
            ],
        };
    }

    private static IReadOnlyList<ThresholdReport> Thresholds(PoleSurroundings? around, Quantity quantity) => quantity switch
    {
        Quantity.Fill when around?.Bin is { } bin =>
            [new ThresholdReport { Name = "yellow", Value = bin.Plan.WarningPercent }, new ThresholdReport { Name = "red", Value = bin.Plan.AlarmPercent }],
        Quantity.Water when around?.Water is { } water =>
            [new ThresholdReport { Name = "warning", Value = water.Plan.WarningCentimetres }, new ThresholdReport { Name = "alarm", Value = water.Plan.AlarmCentimetres }],
        _ => [],
    };

    private static ContainerReport Container(FleetResult result, BinModel bin)
    {
        bool IsUp(AlarmKind kind) => result.Operator.Alarms.LastOrDefault(alarm => alarm.PoleIndex == bin.PoleIndex && alarm.Kind == kind)?.IsRaised ?? false;
        int Count(AlarmKind kind) => result.Operator.Alarms.Count(alarm => alarm.PoleIndex == bin.PoleIndex && alarm.Kind == kind && alarm.IsRaised);
        bool isTold = result.Told.Values(bin.PoleIndex).Any(static value => value.Quantity == Quantity.Fill);
        return new ContainerReport
        {
            PoleId = result.Lamps[bin.PoleIndex].Id,
            FillPercent = bin.FillPercentAt(result.TimeUs),
            State = IsUp(AlarmKind.FillLevelFault) || !isTold ? "unknown" : IsUp(AlarmKind.FillLevelAlarm) ? "red" : IsUp(AlarmKind.FillLevelWarning) ? "yellow" : "green",
            RedCount = Count(AlarmKind.FillLevelAlarm),
            EmptiedCount = bin.Emptied.Count,
            EmptiedToldCount = Count(AlarmKind.ContainerEmptied),
            FullAtSeconds = result.Told.FullAtUs(bin.PoleIndex) / MicrosecondsPerSecond,
        };
    }

    private static TrafficReport Traffic(string poleId, ToldTraffic told)
    {
        CountReport Count(string name, int count) => new() { Name = name, Count = count < 0 ? null : count };
        return new TrafficReport
        {
            PoleId = poleId,
            AtSeconds = told.MeasuredUs / MicrosecondsPerSecond,
            LengthSeconds = told.LengthUs / MicrosecondsPerSecond,
            Quality = CommandText.CamelCase(told.Quality.ToString()),
            Counts = [Count("all", told.Sum), .. told.Counts.Select((count, i) => Count(ToldTraffic.Names[i], count))],
        };
    }

    private static IEnumerable<TroubleReport> Troubles(FleetResult result)
    {
        foreach (InjectedFault fault in result.Faults.Where(fault => fault.Kind == FaultKind.PartTrouble && fault.StartUs < result.TimeUs))
        {
            AlarmKind? alarm = ExpectedEvents.Alarm(fault);

            // Values are hourly means: those of the hour in which the trouble was belong to it.
            ToldValue[] told = [.. result.Told.Values(fault.PoleIndex).Where(value => Truth.Describe(value.Quantity).Part == fault.Part
                && value.MeasuredUs > fault.StartUs && (fault.EndUs == long.MaxValue || value.MeasuredUs <= fault.EndUs + (HourUs / 2)))];
            yield return Trouble(
                result, fault.PoleIndex, alarm, fault.StartUs, fault.EndUs, CommandText.CamelCase(fault.Part.ToString()), CommandText.CamelCase(fault.Trouble.ToString()),
                told.Count(static value => value.Quality == Quality.Ok), told.Count(static value => value.Quality != Quality.Ok));
        }

        foreach (ExpectedEvent incident in ExpectedEvents.OfIncidents(result).Where(incident => incident.FromUs < result.TimeUs))
        {
            yield return Trouble(result, incident.PoleIndex, incident.Kind, incident.FromUs, incident.ToUs, CommandText.CamelCase(incident.What), "", 0, 0);
        }
    }

    private static TroubleReport Trouble(
        FleetResult result, int poleIndex, AlarmKind? kind, long fromUs, long toUs, string what, string how, int good, int flagged)
    {
        long? Told(bool isRaised, long notBeforeUs) => kind is null || notBeforeUs == long.MaxValue
            ? null
            : result.Operator.Alarms.Where(alarm => alarm.PoleIndex == poleIndex && alarm.Kind == kind && alarm.IsRaised == isRaised && alarm.ReceivedUs >= notBeforeUs)
                .Select(static alarm => (long?)alarm.ReceivedUs).Min() - notBeforeUs;
        return new TroubleReport
        {
            AtSeconds = fromUs / MicrosecondsPerSecond,
            UntilSeconds = toUs == long.MaxValue ? null : toUs / MicrosecondsPerSecond,
            PoleId = result.Lamps[poleIndex].Id,
            What = what,
            How = how,
            Alarm = kind is AlarmKind alarm ? CommandText.CamelCase(alarm.ToString()) : "",
            ToldAfterSeconds = Told(true, fromUs) / MicrosecondsPerSecond,
            EndToldAfterSeconds = toUs == fromUs ? null : Told(false, toUs) / MicrosecondsPerSecond,
            GoodValues = good,
            FlaggedValues = flagged,
        };
    }
}

// Lines of neighbouring poles and the radio between them, of a scenario file.
namespace Simulation.Scenarios;

/// <summary>Binds what a scenario says of neighbours.</summary>
internal static class NeighbourBinder
{
    public static IReadOnlyList<NeighbourLinePlan> BindLines(SectionReader top)
    {
        NeighbourLinePlan fallback = new();
        List<NeighbourLinePlan> lines = [];
        foreach (SectionReader line in top.List("neighbours"))
        {
            NeighbourLinePlan plan = new()
            {
                Poles = EventBinder.Poles(line),
                Order = line.Word("order", fallback.Order),
                Reach = line.WholeNumber("reach", fallback.Reach),
                HoldSeconds = line.DurationSeconds("hold", fallback.HoldSeconds),
            };
            if (plan.Order == LineOrder.Given && plan.Poles.Ids is null)
            {
                line.Complain("order", "only ids have an order", "Name the poles by ids in their order along the line, or leave order out.");
            }

            lines.Add(plan);
        }

        return lines;
    }

    public static ShortRangeModel BindRadio(SectionReader radio)
    {
        ShortRangeModel fallback = new();
        ShortRangeModel bound = new()
        {
            TransmitDbm = radio.WholeNumber("transmitDbm", fallback.TransmitDbm),
            SensitivityDbm = radio.WholeNumber("sensitivityDbm", fallback.SensitivityDbm),
            PathLossExponent = radio.Number("pathLossExponent", fallback.PathLossExponent),
            LossAtOneMetreDecibel = radio.Number("lossAtOneMetreDecibel", fallback.LossAtOneMetreDecibel),
            ShadowingDecibel = radio.Number("shadowingDecibel", fallback.ShadowingDecibel),
            FadingDecibel = radio.Number("fadingDecibel", fallback.FadingDecibel),
            InstallationLossDecibel = radio.Number("installationLossDecibel", fallback.InstallationLossDecibel),
            OtherTrafficPercent = radio.Number("otherTrafficPercent", fallback.OtherTrafficPercent),
            AdvertisingIntervalMs = radio.DurationIntMs("advertisingInterval", fallback.AdvertisingIntervalMs),
            ScanIntervalMs = radio.DurationIntMs("scanInterval", fallback.ScanIntervalMs),
            ScanWindowMs = radio.DurationIntMs("scanWindow", fallback.ScanWindowMs),
            HostDelayMaximumMs = radio.DurationIntMs("hostDelayMaximum", fallback.HostDelayMaximumMs),
        };
        if (bound.ScanWindowMs > bound.ScanIntervalMs)
        {
            radio.Complain(
                radio.Has("scanWindow") ? "scanWindow" : "scanInterval",
                $"scanWindow ({bound.ScanWindowMs} ms) is longer than scanInterval ({bound.ScanIntervalMs} ms)",
                "A scanner listens for a part of the interval, or for all of it.");
        }

        return bound;
    }

    /// <summary>Complains of a check for neighbours where there are none.</summary>
    public static void Check(SectionReader top, Scenario scenario)
    {
        if (scenario.Checks.LightAhead is not null && (scenario.NeighbourLines.Count == 0 || !scenario.Controller.HasOccupancySensor))
        {
            top.Section("checks").Complain("lightAhead", "no poles tell each other of arrivals", "Name a line in neighbours and give the poles occupancy sensors, or leave the check out.");
        }
    }
}

// A small fleet with everything fitted, for a day and a night: what the budgets are measured on. Runs in the ordinary world and over the counting
// controller alike.
using PoleController.Lighting;
using Simulation.Engine;
using Simulation.Running;
using Simulation.Scenarios;
using Simulation.World;

namespace Budget.Tests;

/// <summary>The run that is measured.</summary>
public static class FittedRun
{
    /// <summary>Runs it; the counter is meaningful over the counting controller only.</summary>
    /// <returns>Steps, calls in the dearest step, where; a line each.</returns>
    public static string CountCalls()
    {
        CallCounter.Reset();
        using FleetRunner runner = Start(24);
        runner.Run(null, CancellationToken.None);
        return $"{CallCounter.Steps}\n{CallCounter.MostInAStep}\n{CallCounter.WhereMost}\n{CallCounter.MostByComponent}";
    }

    /// <summary>A fleet that has not run yet.</summary>
    internal static FleetRunner Start(int hours)
    {
        DateTime start = new(2026, 6, 20, 12, 0, 0, DateTimeKind.Unspecified);
        Scenario scenario = new()
        {
            Name = "budget",
            StartLocal = start,
            StartUtcMs = new TimeZoneRule().ToUtcMs(start),
            DurationMs = hours * 3_600_000L,
            Controller = new ControllerModel { RadioForm = RadioForm.Chip, HasPhotocell = true },
            Traffic = new TrafficSource { Synthetic = new SyntheticTraffic { Kind = SyntheticTrafficKind.Arterial, TravellersPerDay = 3700 } },
            Lamps = new LampSource { FilePath = "" },
            Programs = [Night("adaptive"), Night("weekend")],
            Sensors = [new SensorPlan { HasRadar = true, HasAccelerometer = true, HasDoorContact = true, HasBoardSensors = true }],
            Bins = [new BinPlan()],
            Waters = [new WaterPlan()],
            AirStations = [new AirStationPlan()],
        };
        return new FleetRunner(FleetBuilder.Build(scenario, 1, Lamps(3)), new RunOptions());
    }

    private static DimmingProgram Night(string name) => new()
    {
        Name = name,
        FadeSeconds = 10,
        Points =
        [
            new ProgramPoint { Reference = SwitchingReference.CivilDusk, OffsetMinutes = -5, LevelPermille = 500, OccupancyLevelPermille = 1000 },
            new ProgramPoint { Reference = SwitchingReference.Clock, OffsetMinutes = 23 * 60, LevelPermille = 200, OccupancyLevelPermille = 700 },
            new ProgramPoint { Reference = SwitchingReference.CivilDawn, OffsetMinutes = 5, LevelPermille = 0 },
        ],
    };

    private static LampImportResult Lamps(int count) => new()
    {
        Lamps = [.. Enumerable.Range(0, count).Select(i => new Lamp { Id = $"lamp-{i}", Latitude = 51 + (i * 0.0003), Longitude = 9, Street = "street" })],
        Rejected = [],
        Warnings = [],
        RowCount = count,
        OutsideCount = 0,
        OverLimitCount = 0,
        RowNoun = "row",
    };
}
